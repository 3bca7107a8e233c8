import { minutes, seconds, ZERO } from '../../units.ts';
import type { DrainKind } from '../DrainKind.ts';

/**
 * An upgrade of an Azure Kubernetes Service node pool: 30 minutes under budgets (drainTimeoutInMinutes, 5 to 1440), then the upgrade fails and
 * the pool stays as it is. With undrainableNodeBehavior the node is left and the upgrade goes on: `onTimeout: failNode`.
 * @see Azure Kubernetes Service documentation, "Upgrade options"; the pause between attempts is not published
 */
export const aks: DrainKind = {
  name: 'aks',
  describes: 'Azure Kubernetes Service: 30 minutes under budgets, then the upgrade fails',
  plan: {
    kind: 'aks',
    mode: 'evict',
    timeout: minutes(30),
    retry: seconds(5),
    onTimeout: 'failRoll',
    givesUp: 'atDeadline',
    pods: { unmanaged: 'evict', emptyDir: 'evict', daemonSets: 'ignore' },
    podSelector: undefined,
    gracePeriodSeconds: undefined,
    poll: ZERO,
    conflictPause: ZERO,
    client: undefined,
  },
};
