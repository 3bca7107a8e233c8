import type { Pod } from '../../cluster/Pod.ts';
import { type Instant, NEVER } from '../../units.ts';

/** A node where a preemptor would fit once `victims` are gone. */
export interface PreemptionCandidate {
  readonly node: string;
  /** Most important first. */
  readonly victims: readonly Pod[];
  /** How many of the victims no disruption budget allows to go. */
  readonly violations: number;
}

/**
 * The best of `candidates`: all that are equal by every rule.
 * @see kubernetes/kubernetes pkg/scheduler/framework/preemption/preemption.go (pickOneNodeForPreemption)
 */
export function bestCandidates(candidates: readonly PreemptionCandidate[]): readonly PreemptionCandidate[] {
  let best = candidates;
  for (const costOf of COSTS) best = cheapest(best, costOf);
  return best;
}

/**
 * After how many candidates a dry run over `nodes` may stop.
 * @see kubernetes/kubernetes pkg/scheduler/framework/plugins/defaultpreemption/default_preemption.go (calculateNumCandidates)
 */
export function candidatesWanted(nodes: number): number {
  return Math.min(nodes, Math.max(Math.trunc(nodes / 10), 100));
}

/**
 * `pods` of one node, most important first: higher priority, then longer on its node. Pods that have not started count as started now,
 * one after the other, which makes Kubernetes' sort turn them round: the last of the node's list comes first.
 * @see kubernetes/kubernetes pkg/scheduler/util/utils.go (MoreImportantPod, GetPodStartTime)
 */
export function byImportance(pods: readonly Pod[]): Pod[] {
  const started = pods.filter((pod) => startOf(pod) !== NEVER);
  const waiting = pods.filter((pod) => startOf(pod) === NEVER).reverse();
  return [...started, ...waiting].sort((a, b) => b.spec.priority - a.spec.priority || compare(startOf(a), startOf(b)));
}

/** Stands for `status.startTime`, which the kubelet sets as soon as it sees the pod; NEVER when no kubelet does. */
function startOf(pod: Pod): Instant {
  return pod.boundAt ?? NEVER;
}

function compare(a: Instant, b: Instant): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

type Cost = (candidate: PreemptionCandidate) => number;

const COSTS: readonly Cost[] = [
  ({ violations }) => violations,
  ({ victims }) => victims[0]?.spec.priority ?? Number.NEGATIVE_INFINITY,
  ({ victims }) => victims.reduce((sum, { spec }) => sum + spec.priority + 2 ** 31, 0),
  ({ victims }) => victims.length,
  ({ victims }) => -earliestStart(victims),
];

/** When the first of the victims with the highest priority started. */
function earliestStart(victims: readonly Pod[]): number {
  const highest = Math.max(...victims.map(({ spec }) => spec.priority));
  return Math.min(...victims.filter(({ spec }) => spec.priority === highest).map(startOf));
}

function cheapest(candidates: readonly PreemptionCandidate[], costOf: Cost): readonly PreemptionCandidate[] {
  if (candidates.length < 2) return candidates;
  const costs = candidates.map(costOf);
  const lowest = Math.min(...costs);
  return candidates.filter((_, i) => costs[i] === lowest);
}
