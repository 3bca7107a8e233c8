import { seconds, ZERO } from '../units.ts';
import type { DrainPlan } from './RollPlan.ts';

/**
 * The drain of a provider's node pool: every pod but those of DaemonSets is evicted under its budget until the time-out in `differences` is
 * over.
 *
 * Providers publish that time and what follows, but not the pause between attempts: 5 s is an assumption for all of them. Except for Amazon
 * EKS it is also an assumption that pods which come back to the cordoned node are evicted again.
 */
export function managedDrain(differences: Required<Pick<DrainPlan, 'kind' | 'timeout' | 'onTimeout'>>): DrainPlan {
  return {
    mode: 'evict',
    retry: seconds(5),
    listing: 'untilEmpty',
    givesUp: 'atDeadline',
    pods: { unmanaged: 'evict', emptyDir: 'evict', daemonSets: 'ignore' },
    podSelector: undefined,
    gracePeriodSeconds: undefined,
    poll: ZERO,
    conflictPause: ZERO,
    client: undefined,
    ...differences,
  };
}
