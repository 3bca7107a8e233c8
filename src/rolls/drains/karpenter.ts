import { NEVER, seconds, ZERO } from '../../units.ts';
import type { DrainKind } from '../DrainKind.ts';

/**
 * The eviction queue of Karpenter: pods of system-critical priority go when all others have gone, and a refused eviction is tried again after
 * 0.1 s, doubling up to 10 s.
 *
 * Without a terminationGracePeriod of the node it waits for ever; with one (`drain.timeout`) the rest is killed at its end. That pods are
 * deleted as long before that end as their own grace period lasts is not modelled, nor are DaemonSet pods that are evicted. Pods that
 * tolerate its own taint are left alone; here the taint of a cordoned node stands for it.
 * @see kubernetes-sigs/karpenter pkg/controllers/node/termination/terminator/eviction.go, terminator.go; pkg/utils/pod/scheduling.go
 * (IsDrainable)
 */
export const karpenter: DrainKind = {
  name: 'karpenter',
  describes: 'Karpenter: critical pods last, refused evictions again after 0.1 s to 10 s, without limit',
  plan: {
    kind: 'karpenter',
    mode: 'evict',
    timeout: NEVER,
    retry: seconds(0.1),
    backoff: { factor: 2, longest: seconds(10) },
    sequence: 'criticalLast',
    listing: 'untilEmpty',
    onTimeout: 'force',
    givesUp: 'atDeadline',
    pods: { unmanaged: 'evict', emptyDir: 'evict', daemonSets: 'ignore', tolerating: 'ignore' },
    podSelector: undefined,
    gracePeriodSeconds: undefined,
    poll: ZERO,
    conflictPause: ZERO,
    client: undefined,
  },
};
