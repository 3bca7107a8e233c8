import { minutes, seconds, ZERO } from '../../units.ts';
import type { DrainKind } from '../DrainKind.ts';

/**
 * The drain before a node reset of Huawei CCE: under budgets for an unpublished time (15 minutes is an assumption), then by force.
 * @see Open Telekom Cloud CCE user guide, "Resetting a Node"
 */
export const cce: DrainKind = {
  name: 'cce',
  describes: 'Huawei CCE / Open Telekom Cloud: under budgets for some time, then by force',
  plan: {
    kind: 'cce',
    mode: 'evict',
    timeout: minutes(15),
    retry: seconds(5),
    onTimeout: 'force',
    givesUp: 'atDeadline',
    pods: { unmanaged: 'evict', emptyDir: 'evict', daemonSets: 'ignore' },
    podSelector: undefined,
    gracePeriodSeconds: undefined,
    poll: ZERO,
    conflictPause: ZERO,
    client: undefined,
  },
};
