import type { Pod } from '../cluster/Pod.ts';
import type { Job, PodFailureAction } from '../cluster/Workload.ts';

/** Exit codes that stand for those of real containers: ended by SIGTERM, and failed by itself. */
const EXIT_CODES = { terminated: 143, failed: 1 };

/**
 * What the failure of `pod` means for its Job, by the first rule of the policy that matches. A pod that was evicted, preempted, deleted
 * because of a taint or ended by the shutdown of its node counts as disrupted; one that a user deleted does not.
 * @see kubernetes/kubernetes pkg/controller/job/pod_failure_policy.go (matchPodFailurePolicy)
 */
export function podFailureAction({ podFailurePolicy = [] }: Job, { termination, killedFor }: Pod): PodFailureAction {
  const code = termination || killedFor ? EXIT_CODES.terminated : EXIT_CODES.failed;
  const isDisrupted = killedFor === 'shutdown' || (termination !== undefined && termination.cause !== 'Delete');
  const rule = podFailurePolicy.find((one) =>
    one.on === 'disruption' ? isDisrupted : one.codes.includes(code) === (one.operator === 'In'),
  );
  return rule?.action ?? 'Count';
}
