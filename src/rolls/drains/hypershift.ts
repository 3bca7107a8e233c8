import { seconds, ZERO } from '../../units.ts';
import type { DrainKind } from '../DrainKind.ts';

/**
 * The drain of HyperShift's upgrade in place: kubectl's drain for 90 s, and again a minute later, as often as it takes; nodeDrainTimeout does not
 * apply to it.
 *
 * A refused eviction is tried again after 5 s and an evicted pod is checked every second. Bare pods and scratch data are no obstacle. On a node
 * that cannot be reached it ignores pods that have been terminating for 5 minutes, which is not modelled.
 * @see openshift/hypershift control-plane-operator/hostedclusterconfigoperator/controllers/drainer/drainer.go; kubernetes/kubectl
 * pkg/drain/drain.go
 */
export const hypershift: DrainKind = {
  name: 'hypershift',
  describes: 'HyperShift in place: attempts of 90 s with a minute between them, without limit',
  plan: {
    kind: 'hypershift',
    mode: 'evict',
    timeout: seconds(90),
    retry: seconds(5),
    listing: 'untilEmpty',
    onTimeout: 'retryForever',
    attemptPause: seconds(60),
    givesUp: 'atDeadline',
    pods: { unmanaged: 'evict', emptyDir: 'evict', daemonSets: 'ignore' },
    podSelector: undefined,
    gracePeriodSeconds: undefined,
    poll: seconds(1),
    conflictPause: ZERO,
    client: undefined,
  },
};
