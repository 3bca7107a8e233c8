import { minutes, seconds, ZERO } from '../../units.ts';
import type { DrainKind } from '../DrainKind.ts';

/**
 * The scale-down of the cluster autoscaler: every 10 s for 2 minutes, each pod left at most 10 minutes to end; then the node is kept.
 *
 * It looks every 5 s whether pods are gone. Pods are taken in one group (no drain priorities) as they are listed at the start,
 * and bare pods forbid the drain.
 * @see kubernetes/autoscaler cluster-autoscaler/core/scaledown/actuation/drain.go (DrainNode, DefaultPodEvictionHeadroom, EvictionRetryTime)
 */
export const clusterAutoscaler: DrainKind = {
  name: 'cluster-autoscaler',
  describes: 'Cluster autoscaler: every 10 s for 2 minutes, then the node is kept',
  plan: {
    kind: 'cluster-autoscaler',
    mode: 'evict',
    timeout: minutes(2),
    retry: seconds(10),
    longestGraceSeconds: 600,
    listing: 'once',
    onTimeout: 'failNode',
    givesUp: 'podByPod',
    pods: { unmanaged: 'refuseDrain', emptyDir: 'evict', daemonSets: 'ignore' },
    podSelector: undefined,
    gracePeriodSeconds: undefined,
    poll: seconds(5),
    conflictPause: ZERO,
    client: undefined,
  },
};
