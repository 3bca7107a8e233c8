import { NEVER, seconds, ZERO } from '../../units.ts';
import type { DrainKind } from '../DrainKind.ts';

/**
 * The drain of a Machine by Cluster API: one pass over all pods in order of namespace and name, and another 20 s later, until none is left.
 *
 * A refused eviction waits for the next pass, and so does the check whether evicted pods are gone. Bare pods and scratch data are no
 * obstacle. Without a time-out the drain goes on for ever; with one the remaining pods die with the machine. The order of
 * MachineDrainRules, the label `cluster.x-k8s.io/drain` and the short grace period on unreachable nodes are not modelled: every pod has
 * order 0.
 * @see kubernetes-sigs/cluster-api internal/controllers/machine/drain/drain.go, machine_controller.go (drainRetryInterval)
 */
export const clusterApi: DrainKind = {
  name: 'cluster-api',
  describes: 'Cluster API: passes over all pods every 20 s, without limit, then the machine goes',
  plan: {
    kind: 'cluster-api',
    mode: 'evict',
    timeout: NEVER,
    retry: seconds(20),
    sequence: 'byName',
    listing: 'untilEmpty',
    onTimeout: 'force',
    givesUp: 'atDeadline',
    pods: { unmanaged: 'evict', emptyDir: 'evict', daemonSets: 'ignore' },
    podSelector: undefined,
    gracePeriodSeconds: undefined,
    poll: seconds(20),
    conflictPause: ZERO,
    client: undefined,
  },
};
