import type { DisruptionBudgetStatus } from '../cluster/DisruptionBudget.ts';
import type { IntOrPercent } from '../cluster/Workload.ts';

/** What a budget counts with: pods that should exist, and how many of them have to stay healthy. */
export interface ExpectedPods {
  readonly expectedPods: number;
  readonly desiredHealthy: number;
}

/** Why expected pods cannot be counted, in the words of the disruption controller. */
export interface CountFailure {
  readonly failure: string;
}

/**
 * The number that `value` stands for; a percentage of `total` is rounded up, which makes `maxUnavailable` more permissive and
 * `minAvailable` stricter.
 * @see kubernetes/apimachinery pkg/util/intstr/intstr.go (GetScaledValueFromIntOrPercent)
 */
export function roundedUp(value: IntOrPercent, total: number): number {
  return typeof value === 'number' ? value : Math.floor((Number.parseInt(value, 10) * total + 99) / 100);
}

/**
 * How many of `expectedPods` pods may be disrupted; 0 when none are expected, whatever is healthy.
 * @see kubernetes/kubernetes pkg/controller/disruption/disruption.go (updatePdbStatus)
 */
export function allowedDisruptions({ currentHealthy, desiredHealthy, expectedPods }: Health): number {
  return expectedPods <= 0 ? 0 : Math.max(0, currentHealthy - desiredHealthy);
}

type Health = Pick<DisruptionBudgetStatus, 'currentHealthy' | 'desiredHealthy' | 'expectedPods'>;
