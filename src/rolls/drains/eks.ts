import { minutes } from '../../units.ts';
import type { DrainKind } from '../DrainKind.ts';
import { managedDrain } from '../managedDrain.ts';

/**
 * An update of an Amazon EKS managed node group: 15 minutes under budgets, then the whole update fails with PodEvictionFailure.
 *
 * With force the rest is deleted instead: `onTimeout: force`.
 * @see Amazon EKS user guide, "Understand each phase of node updates"; the pause between attempts is not published
 */
export const eks: DrainKind = {
  name: 'eks',
  describes: 'Amazon EKS: 15 minutes under budgets, then the update fails',
  plan: managedDrain({ kind: 'eks', timeout: minutes(15), onTimeout: 'failRoll' }),
};
