import type { Pod } from '../../cluster/Pod.ts';
import { type Instant, instant, NEVER, seconds } from '../../units.ts';
import { sortSlice } from '../sortSlice.ts';

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
 * `pods` of one node, in the order of its list, most important first: higher priority, then longer on its node. Equals come in the order of
 * Go's sort.
 * @see kubernetes/kubernetes pkg/scheduler/framework/plugins/defaultpreemption/default_preemption.go (SelectVictimsOnNode)
 */
export function byImportance(pods: readonly Pod[]): Pod[] {
  return sortSlice(pods, isMoreImportant);
}

/**
 * A pod that has not started counts as started at the time of the comparison, and that time moves on with each call: of two such pods, the
 * one asked for first counts as earlier.
 * @see kubernetes/kubernetes pkg/scheduler/util/utils.go (MoreImportantPod, GetPodStartTime)
 */
function isMoreImportant(a: Pod, b: Pod): boolean {
  if (a.spec.priority !== b.spec.priority) return a.spec.priority > b.spec.priority;
  return startOf(b) === NEVER || startOf(a) < startOf(b);
}

/**
 * Stands in for `status.startTime`, which the kubelet sets as soon as it sees the pod and the API server stores in whole seconds; NEVER
 * when no kubelet does.
 */
function startOf({ boundAt }: Pod): Instant {
  return boundAt === undefined || boundAt === NEVER ? NEVER : instant(Math.floor(boundAt / SECOND) * SECOND);
}

const SECOND = seconds(1);

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
