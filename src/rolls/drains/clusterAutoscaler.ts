import { minutes, seconds, ZERO } from '../../units.ts';
import type { DrainKind } from '../DrainKind.ts';

/**
 * The scale-down of the cluster autoscaler: every 10 s for 2 minutes, whatever the answer; then the node is kept.
 *
 * When all pods are evicted it looks every 5 s whether they are gone, for 30 s more than the 10 minutes that each has at most to end. Pods
 * are taken in one group (no drain priorities) as they are listed at the start. Pods that it does not move by its default flags forbid the
 * drain: bare ones, those of other controllers than Kubernetes' own, with local storage, of kube-system without a budget, or annotated as
 * not safe to evict.
 * @see kubernetes/autoscaler cluster-autoscaler/core/scaledown/actuation/drain.go (initiateEviction, evictPod, waitPodsToDisappear)
 */
export const clusterAutoscaler: DrainKind = {
  name: 'cluster-autoscaler',
  describes: 'Cluster autoscaler: every 10 s for 2 minutes, then the node is kept',
  plan: {
    kind: 'cluster-autoscaler',
    mode: 'evict',
    timeout: minutes(2),
    exitTimeout: seconds(630),
    retry: seconds(10),
    retries: 'anyRefusal',
    longestGraceSeconds: 600,
    listing: 'once',
    onTimeout: 'failNode',
    givesUp: 'podByPod',
    pods: { unmanaged: 'refuseDrain', emptyDir: 'refuseDrain', daemonSets: 'ignore' },
    objections: 'clusterAutoscaler',
    podSelector: undefined,
    gracePeriodSeconds: undefined,
    poll: seconds(5),
    conflictPause: ZERO,
    client: undefined,
  },
};
