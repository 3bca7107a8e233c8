import { minutes } from '../../units.ts';
import type { DrainKind } from '../DrainKind.ts';
import { managedDrain } from '../managedDrain.ts';

/**
 * An upgrade of an Azure Kubernetes Service node pool: 30 minutes under budgets (drainTimeoutInMinutes, 5 to 1440), then the upgrade fails and
 * the pool stays as it is. With undrainableNodeBehavior the node is left and the upgrade goes on: `onTimeout: failNode`.
 * @see Azure Kubernetes Service documentation, "Upgrade options"; the pause between attempts is not published
 */
export const aks: DrainKind = {
  name: 'aks',
  describes: 'Azure Kubernetes Service: 30 minutes under budgets, then the upgrade fails',
  plan: managedDrain({ kind: 'aks', timeout: minutes(30), onTimeout: 'failRoll' }),
};
