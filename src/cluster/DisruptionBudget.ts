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

/** A live disruption budget. The spec and the status change only through {@link Cluster}. */
export class DisruptionBudget {
  readonly namespace: string;
  readonly name: string;
  /** `namespace/name`. */
  readonly key: string;
  /** Counts up from 0 with every budget of the cluster, those that are gone included: the index for columns by budget. */
  readonly createdAs: number;
  readonly status: LiveBudgetStatus;
  description: DisruptionBudgetDescription;
  /** That of its description, which is asked for at every eviction. */
  generation: number;

  constructor(description: DisruptionBudgetDescription, createdAs: number) {
    this.namespace = description.namespace;
    this.name = description.name;
    this.key = `${description.namespace}/${description.name}`;
    this.createdAs = createdAs;
    this.status = new LiveBudgetStatus(description.status);
    this.description = description;
    this.generation = description.generation;
  }

  /** Replaces the spec. */
  describe(description: DisruptionBudgetDescription): void {
    this.description = description;
    this.generation = description.generation;
  }

  get selector(): LabelSelector | undefined {
    return this.description.selector;
  }
}

/** The status of a live budget as it is now: one object that changes, as evictions and the disruption controller write it all the time. */
export class LiveBudgetStatus implements NewBudgetStatus {
  observedGeneration = 0;
  expectedPods = 0;
  desiredHealthy = 0;
  currentHealthy = 0;
  disruptionsAllowed = 0;
  disruptedPods = NO_DISRUPTED_PODS;
  condition: DisruptionBudgetStatus['condition'] = undefined;

  constructor(found: DisruptionBudgetStatus | undefined) {
    if (found) this.become({ ...found, disruptedPods: disruptedPods(found.disruptedPods) });
  }

  /** Takes over everything from `next`. */
  become(next: NewBudgetStatus): void {
    this.observedGeneration = next.observedGeneration;
    this.expectedPods = next.expectedPods;
    this.desiredHealthy = next.desiredHealthy;
    this.currentHealthy = next.currentHealthy;
    this.disruptionsAllowed = next.disruptionsAllowed;
    this.disruptedPods = next.disruptedPods;
    this.condition = next.condition;
  }

  /** Takes one of the allowed disruptions for the eviction of `pod`. */
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
