import type { Cluster } from '../cluster/Cluster.ts';
import type { DisruptionBudget, DisruptionBudgetStatus } from '../cluster/DisruptionBudget.ts';
import type { Pod } from '../cluster/Pod.ts';
import { after, type Instant, minutes } from '../units.ts';
import { allowedCondition, allowedDisruptions } from './budgetArithmetic.ts';
import { type CustomScales, expectedPods } from './expectedPods.ts';

/** How long an accepted eviction counts as a disruption while its pod shows no deletion. */
export const DELETION_TIMEOUT = minutes(2);

/** What the disruption controller counts from. */
export interface BudgetView {
  /** Every pod that the budget selects, terminating and finished ones too. */
  readonly pods: ReadonlySet<Pod>;
  readonly now: Instant;
  readonly customScales: CustomScales;
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
  const expected = expectedPods(cluster, description, view.pods, view.customScales);
  if ('failure' in expected) {
    const condition = { status: 'False', reason: 'SyncFailed', message: expected.failure } as const;
    return changed(status, { ...status, disruptionsAllowed: 0, condition });
  }
  const disruptedPods = stillDisrupted(status.disruptedPods, view);
  const health = { ...expected, currentHealthy: countHealthy(view, disruptedPods) };
  const disruptionsAllowed = allowedDisruptions(health);
  return changed(status, {
    ...health,
    observedGeneration: description.generation,
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

function stillDisrupted(disrupted: ReadonlyMap<string, Instant>, { pods, now }: BudgetView): ReadonlyMap<string, Instant> {
  if (disrupted.size === 0) return disrupted;
  const still = new Map<string, Instant>();
  for (const pod of pods) {
    const acceptedAt = disrupted.get(pod.name);
    if (acceptedAt !== undefined && !pod.isTerminating && after(acceptedAt, DELETION_TIMEOUT) >= now) still.set(pod.name, acceptedAt);
  }
  return still;
}

function countHealthy({ pods, now }: BudgetView, disrupted: ReadonlyMap<string, Instant>): number {
  let healthy = 0;
  for (const pod of pods) {
    if (!pod.ready || pod.isTerminating) continue;
    const acceptedAt = disrupted.get(pod.name);
    if (acceptedAt === undefined || after(acceptedAt, DELETION_TIMEOUT) <= now) healthy += 1;
  }
  return healthy;
}

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
