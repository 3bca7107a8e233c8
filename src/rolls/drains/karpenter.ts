import { NEVER, seconds, ZERO } from '../../units.ts';
import type { DrainKind } from '../DrainKind.ts';

/**
 * The eviction queue of Karpenter: pods of system-critical priority go after all others have gone, and a refused eviction is tried again
 * after 0.1 s, doubling up to 10 s.
 *
 * Without a terminationGracePeriod on the node it waits for ever; with one (`drain.timeout`) the remaining pods are killed when it ends.
 * Two things are not modelled: Karpenter deletes pods ahead of that end by their own grace period, and it evicts DaemonSet pods. It leaves
 * alone pods that tolerate its own taint; here the taint of a cordoned node stands for that one.
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
