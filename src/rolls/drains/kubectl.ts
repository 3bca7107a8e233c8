import { milliseconds, NEVER, seconds } from '../../units.ts';
import type { DrainKind } from '../DrainKind.ts';

/**
 * `kubectl drain --ignore-daemonsets --delete-emptydir-data`: each pod independently, a refused one again 5 s after the answer, an evicted
 * one checked every second, without a time-out. Bare pods forbid the drain. The pods of a node are listed once, before the first eviction.
 * @see kubernetes/kubectl pkg/drain/drain.go, pkg/cmd/drain/drain.go
 */
export const kubectl: DrainKind = {
  name: 'kubectl',
  describes: 'kubectl drain: each pod for itself, refused ones again after 5 s, without limit',
  plan: {
    kind: 'kubectl',
    mode: 'evict',
    timeout: NEVER,
    retry: seconds(5),
    listing: 'once',
    onTimeout: 'failNode',
    givesUp: 'podByPod',
    pods: { unmanaged: 'refuseDrain', emptyDir: 'evict', daemonSets: 'ignore' },
    podSelector: undefined,
    gracePeriodSeconds: undefined,
    poll: seconds(1),
    conflictPause: milliseconds(500),
    client: { qps: 5, burst: 10 },
  },
};
