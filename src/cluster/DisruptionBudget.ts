import type { Instant } from '../units.ts';
import type { LabelSelector } from './LabelSelector.ts';
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
  /** Names of pods whose eviction was accepted but is not seen yet, with the time of acceptance. */
  readonly disruptedPods: ReadonlyMap<string, Instant>;
  readonly condition: { readonly status: 'True' | 'False'; readonly reason: string; readonly message: string } | undefined;
}

/** A live disruption budget. The spec and the status change only through {@link Cluster}. */
export class DisruptionBudget {
  readonly namespace: string;
  readonly name: string;
  /** `namespace/name`. */
  readonly key: string;
  description: DisruptionBudgetDescription;
  status: DisruptionBudgetStatus;

  constructor(description: DisruptionBudgetDescription) {
    this.namespace = description.namespace;
    this.name = description.name;
    this.key = `${description.namespace}/${description.name}`;
    this.description = description;
    this.status = description.status ?? NO_STATUS;
  }
}

const NO_STATUS: DisruptionBudgetStatus = {
  observedGeneration: 0,
  expectedPods: 0,
  desiredHealthy: 0,
  currentHealthy: 0,
  disruptionsAllowed: 0,
  disruptedPods: new Map(),
  condition: undefined,
};
