import type { Instant } from '../units.ts';
import { type AcceptedEvictions, type DisruptedPods, disruptedPods, NO_DISRUPTED_PODS } from './DisruptedPods.ts';
import type { LabelSelector } from './LabelSelector.ts';
import type { Pod } from './Pod.ts';
import type { IntOrPercent } from './Workload.ts';

/** A PodDisruptionBudget as it is given. Plain data: can be sent to a worker thread. */
export interface DisruptionBudgetDescription {
  readonly namespace: string;
  readonly name: string;
  /** undefined selects nothing, one without requirements every pod of the namespace. */
  readonly selector: LabelSelector | undefined;
  readonly maxUnavailable: IntOrPercent | undefined;
  readonly minAvailable: IntOrPercent | undefined;
  readonly unhealthyPodEvictionPolicy: 'IfHealthyBudget' | 'AlwaysAllow';
  readonly generation: number;
  /** The status it was found with; undefined when it never had one. */
  readonly status: DisruptionBudgetStatus | undefined;
}

/** What the disruption controller last wrote, and what evictions have taken since. @see kubernetes/api policy/v1/types.go */
export interface DisruptionBudgetStatus {
  readonly observedGeneration: number;
  readonly expectedPods: number;
  readonly desiredHealthy: number;
  readonly currentHealthy: number;
  readonly disruptionsAllowed: number;
  readonly disruptedPods: AcceptedEvictions;
  readonly condition: { readonly status: 'True' | 'False'; readonly reason: string; readonly message: string } | undefined;
}

/** What a live budget's status becomes. */
export interface NewBudgetStatus extends DisruptionBudgetStatus {
  readonly disruptedPods: DisruptedPods;
}

/** The status of a live budget as it is now; evictions and the disruption controller keep changing it. */
export interface LiveBudgetStatus extends NewBudgetStatus {
  /** Takes over everything from `next`. */
  become(next: NewBudgetStatus): void;
  /** Takes one of the allowed disruptions for the eviction of `pod`. */
  charge(pod: Pod, acceptedAt: Instant): void;
}

/**
 * A live disruption budget. The spec and the status change only through {@link Cluster}.
 *
 * Budget and status are one object, and the fields that every eviction reads come first: most budgets are not in the processor's cache when
 * they are asked.
 */
export class DisruptionBudget implements LiveBudgetStatus {
  disruptionsAllowed = 0;
  observedGeneration = 0;
  /** That of its description. */
  generation: number;
  /** Counts up from 0 with every budget ever created in the cluster: the index for columns by budget. */
  readonly createdAs: number;
  disruptedPods = NO_DISRUPTED_PODS;
  currentHealthy = 0;
  desiredHealthy = 0;
  expectedPods = 0;
  condition: DisruptionBudgetStatus['condition'] = undefined;
  description: DisruptionBudgetDescription;
  /** `namespace/name`. */
  readonly key: string;
  readonly namespace: string;
  readonly name: string;

  constructor(description: DisruptionBudgetDescription, createdAs: number) {
    const { namespace, name, generation, status } = description;
    this.generation = generation;
    this.createdAs = createdAs;
    this.description = description;
    this.key = [namespace, name].join('/');
    this.namespace = namespace;
    this.name = name;
    if (status) this.become({ ...status, disruptedPods: disruptedPods(status.disruptedPods) });
  }

  get status(): LiveBudgetStatus {
    return this;
  }

  get selector(): LabelSelector | undefined {
    return this.description.selector;
  }

  /** Replaces the spec. */
  describe(description: DisruptionBudgetDescription): void {
    this.description = description;
    this.generation = description.generation;
  }

  become(next: NewBudgetStatus): void {
    this.disruptionsAllowed = next.disruptionsAllowed;
    this.observedGeneration = next.observedGeneration;
    this.disruptedPods = next.disruptedPods;
    this.currentHealthy = next.currentHealthy;
    this.desiredHealthy = next.desiredHealthy;
    this.expectedPods = next.expectedPods;
    this.condition = next.condition;
  }

  charge(pod: Pod, acceptedAt: Instant): void {
    this.disruptionsAllowed -= 1;
    this.disruptedPods = this.disruptedPods.with(pod, acceptedAt);
    if (this.disruptionsAllowed === 0) this.condition = INSUFFICIENT;
  }
}

/** The condition DisruptionAllowed that goes with a number of allowed disruptions. */
export function allowedCondition(disruptionsAllowed: number): DisruptionBudgetStatus['condition'] {
  return disruptionsAllowed > 0 ? SUFFICIENT : INSUFFICIENT;
}

const SUFFICIENT = { status: 'True', reason: 'SufficientPods', message: '' } as const;
const INSUFFICIENT = { status: 'False', reason: 'InsufficientPods', message: '' } as const;
