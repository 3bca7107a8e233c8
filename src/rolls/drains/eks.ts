import { minutes } from '../../units.ts';
import type { DrainKind } from '../DrainKind.ts';
import { managedDrain } from '../managedDrain.ts';

/**
 * An update of an Amazon EKS managed node group: 15 minutes under budgets, then the whole update fails with PodEvictionFailure.
 *
 * A Deployment that tolerates every taint fails it too: its pods come back to the node as often as they are evicted. With force the
 * remaining pods are deleted instead: `onTimeout: force`.
 * @see Amazon EKS user guide, "Understand each phase of node updates" (PodEvictionFailure); the pause between attempts is not published
 */
export const eks: DrainKind = {
  name: 'eks',
  describes: 'Amazon EKS: 15 minutes under budgets, then the update fails',
  plan: managedDrain({ kind: 'eks', timeout: minutes(15), onTimeout: 'failRoll' }),
};
