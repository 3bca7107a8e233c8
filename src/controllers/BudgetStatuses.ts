import type { Cluster } from '../cluster/Cluster.ts';
import { type DisruptedPods, NO_DISRUPTED_PODS } from '../cluster/DisruptedPods.ts';
import { allowedCondition, type DisruptionBudget, type NewBudgetStatus } from '../cluster/DisruptionBudget.ts';
import type { Pod } from '../cluster/Pod.ts';
import { after, type Instant, minutes } from '../units.ts';
import { allowedDisruptions, type CountFailure, type ExpectedPods } from './budgetArithmetic.ts';

/** How long an accepted eviction counts as a disruption while its pod shows no deletion. */
export const DELETION_TIMEOUT = minutes(2);

/** What the disruption controller has counted when it looks at a budget. */
export interface BudgetCounts {
  readonly budget: DisruptionBudget;
  /** How many of its pods are Ready and not terminating. */
  readonly serving: number;
}

/** Works out the statuses that the disruption controller writes. */
export class BudgetStatuses {
  private readonly cluster: Cluster;
  /** The last answer: one object, for there are very many. */
  private readonly next: Writable<NewBudgetStatus> = {
    disruptionsAllowed: 0,
    observedGeneration: 0,
    disruptedPods: NO_DISRUPTED_PODS,
    currentHealthy: 0,
    desiredHealthy: 0,
    expectedPods: 0,
    condition: undefined,
  };

  constructor(cluster: Cluster) {
    this.cluster = cluster;
  }

  /**
   * The status of a budget at `now`, valid until the next call.
   *
   * When the expected pods cannot be counted it closes the budget (`SyncFailed`) and keeps everything else as it was, including the
   * observed generation.
   * @returns undefined when nothing changes.
   * @see kubernetes/kubernetes pkg/controller/disruption/disruption.go (trySync, failSafe)
   */
  of({ budget, serving }: BudgetCounts, expected: ExpectedPods | CountFailure, now: Instant): NewBudgetStatus | undefined {
    const { cluster, next } = this;
    const { status } = budget;
    if ('failure' in expected) return changed(status, failed(status, expected));
    next.observedGeneration = budget.generation;
    next.expectedPods = expected.expectedPods;
    next.desiredHealthy = expected.desiredHealthy;
    next.disruptedPods = stillDisrupted(cluster, budget, status.disruptedPods, now);
    next.currentHealthy = serving - countServing(cluster, budget, next.disruptedPods, now);
    next.disruptionsAllowed = allowedDisruptions(next);
    next.condition = allowedCondition(next.disruptionsAllowed);
    return changed(status, next);
  }
}

type Writable<T> = { -readonly [Field in keyof T]: T[Field] };

/** When the first of the accepted evictions stops to count; undefined when there is none. */
export function firstExpiry(disruptedPods: DisruptedPods): Instant | undefined {
  let first: Instant | undefined;
  for (let list = disruptedPods; list.before; list = list.before) {
    const expiry = expiryOf(list);
    if (first === undefined || expiry < first) first = expiry;
  }
  return first;
}

function failed(status: NewBudgetStatus, { failure }: CountFailure): NewBudgetStatus {
  return { ...status, disruptionsAllowed: 0, condition: { status: 'False', reason: 'SyncFailed', message: failure } };
}

/** Those of `accepted` whose pods still exist and show no deletion; usually none. The same list is returned when all of them qualify. */
function stillDisrupted(cluster: Cluster, budget: DisruptionBudget, accepted: DisruptedPods, now: Instant): DisruptedPods {
  let last = accepted;
  while (last.before !== undefined && !isDisrupted(cluster, budget, last, now)) last = last.before;
  const { before } = last;
  if (before === undefined) return NO_DISRUPTED_PODS;
  const rest = stillDisrupted(cluster, budget, before, now);
  return rest === before ? last : rest.and(last.victim, last.acceptedAt);
}

/** Whether the last entry of the list still counts. */
function isDisrupted(cluster: Cluster, budget: DisruptionBudget, accepted: DisruptedPods, now: Instant): boolean {
  const pod = bearerOf(cluster, budget, accepted);
  return pod !== undefined && !pod.isTerminating && expiryOf(accepted) >= now && isMember(cluster, budget, pod);
}

/** How many pods of accepted evictions that still count serve: they are taken for gone. */
function countServing(cluster: Cluster, budget: DisruptionBudget, disrupted: DisruptedPods, now: Instant): number {
  let serving = 0;
  for (let list = disrupted; list.before; list = list.before) {
    const pod = bearerOf(cluster, budget, list);
    if (pod?.isServing && expiryOf(list) > now && isMember(cluster, budget, pod)) serving += 1;
  }
  return serving;
}

function expiryOf({ acceptedAt }: DisruptedPods): Instant {
  return after(acceptedAt, DELETION_TIMEOUT);
}

/** The pod that bears the name in the last entry of the list now. */
function bearerOf(cluster: Cluster, { namespace }: DisruptionBudget, accepted: DisruptedPods): Pod | undefined {
  return accepted.pod?.exists ? accepted.pod : cluster.pods.get(`${namespace}/${accepted.name}`);
}

function isMember(cluster: Cluster, budget: DisruptionBudget, pod: Pod): boolean {
  return cluster.budgetsSelecting(pod).includes(budget);
}

function changed(before: NewBudgetStatus, next: NewBudgetStatus): NewBudgetStatus | undefined {
  const isSame =
    before.currentHealthy === next.currentHealthy &&
    before.disruptionsAllowed === next.disruptionsAllowed &&
    before.expectedPods === next.expectedPods &&
    before.desiredHealthy === next.desiredHealthy &&
    before.observedGeneration === next.observedGeneration &&
    before.disruptedPods.size === next.disruptedPods.size &&
    isSameCondition(before.condition, next.condition);
  return isSame ? undefined : next;
}

function isSameCondition(a: NewBudgetStatus['condition'], b: NewBudgetStatus['condition']): boolean {
  return a === b || (a?.reason === b?.reason && a?.message === b?.message);
}
