import type { Cluster } from '../cluster/Cluster.ts';
import type { DisruptionBudget, DisruptionBudgetStatus } from '../cluster/DisruptionBudget.ts';
import type { Pod } from '../cluster/Pod.ts';
import { after, type Instant, minutes } from '../units.ts';
import type { BudgetMembers } from './BudgetMembers.ts';
import { allowedCondition, allowedDisruptions } from './budgetArithmetic.ts';
import type { CountFailure, ExpectedPods } from './expectedPods.ts';

/** How long an accepted eviction counts as a disruption while its pod shows no deletion. */
export const DELETION_TIMEOUT = minutes(2);

/** What the disruption controller counts from. */
export interface BudgetView {
  readonly members: BudgetMembers;
  readonly now: Instant;
  readonly expected: ExpectedPods | CountFailure;
}

/**
 * The status that the disruption controller writes for `budget`.
 *
 * When the expected pods cannot be counted it closes the budget (`SyncFailed`) and keeps everything else as it was, the observed
 * generation too. @returns the present status itself when nothing changes.
 * @see kubernetes/kubernetes pkg/controller/disruption/disruption.go (trySync, failSafe)
 */
export function budgetStatus(cluster: Cluster, budget: DisruptionBudget, view: BudgetView): DisruptionBudgetStatus {
  const { description, status } = budget;
  const { expected } = view;
  if ('failure' in expected) {
    const condition = { status: 'False', reason: 'SyncFailed', message: expected.failure } as const;
    return changed(status, { ...status, disruptionsAllowed: 0, condition });
  }
  const podNamed = (name: string) => cluster.pods.get(`${budget.namespace}/${name}`);
  const disruptedPods = stillDisrupted(budget, view, podNamed);
  const { expectedPods, desiredHealthy } = expected;
  const currentHealthy = countHealthy(budget, { disrupted: disruptedPods, podNamed }, view);
  const disruptionsAllowed = allowedDisruptions({ expectedPods, desiredHealthy, currentHealthy });
  return changed(status, {
    observedGeneration: description.generation,
    expectedPods,
    desiredHealthy,
    currentHealthy,
    disruptionsAllowed,
    disruptedPods,
    condition: allowedCondition(disruptionsAllowed),
  });
}

/** When the first accepted eviction of `status` stops to count; undefined when none is open. */
export function firstExpiry({ disruptedPods }: DisruptionBudgetStatus): Instant | undefined {
  let first: Instant | undefined;
  for (const acceptedAt of disruptedPods.values()) {
    const expiry = after(acceptedAt, DELETION_TIMEOUT);
    if (first === undefined || expiry < first) first = expiry;
  }
  return first;
}

/** Accepted evictions whose pods are still there and show no deletion. */
function stillDisrupted(budget: DisruptionBudget, { members, now }: BudgetView, podNamed: PodsByName): ReadonlyMap<string, Instant> {
  const { disruptedPods } = budget.status;
  if (disruptedPods.size === 0) return disruptedPods;
  const still = new Map<string, Instant>();
  for (const [name, acceptedAt] of disruptedPods) {
    const pod = podNamed(name);
    const isMember = pod !== undefined && members.isMember(pod, budget);
    if (isMember && !pod.isTerminating && after(acceptedAt, DELETION_TIMEOUT) >= now) still.set(name, acceptedAt);
  }
  return still.size === 0 ? NOBODY : still;
}

/** Serving pods but for those whose eviction was accepted and still counts. */
function countHealthy(budget: DisruptionBudget, { disrupted, podNamed }: Accepted, { members, now }: BudgetView): number {
  let healthy = members.tallyOf(budget).serving;
  for (const [name, acceptedAt] of disrupted) {
    const pod = podNamed(name);
    if (pod?.isServing && members.isMember(pod, budget) && after(acceptedAt, DELETION_TIMEOUT) > now) healthy -= 1;
  }
  return healthy;
}

/** Accepted evictions by name of the pod. */
interface Accepted {
  readonly disrupted: ReadonlyMap<string, Instant>;
  readonly podNamed: PodsByName;
}

const NOBODY: ReadonlyMap<string, Instant> = new Map();

type PodsByName = (name: string) => Pod | undefined;

function changed(before: DisruptionBudgetStatus, next: DisruptionBudgetStatus): DisruptionBudgetStatus {
  const isSame =
    before.observedGeneration === next.observedGeneration &&
    before.expectedPods === next.expectedPods &&
    before.desiredHealthy === next.desiredHealthy &&
    before.currentHealthy === next.currentHealthy &&
    before.disruptionsAllowed === next.disruptionsAllowed &&
    before.disruptedPods.size === next.disruptedPods.size &&
    before.condition?.reason === next.condition?.reason &&
    before.condition?.message === next.condition?.message;
  return isSame ? before : next;
}
