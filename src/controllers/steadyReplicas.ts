import type { HorizontalPodAutoscaler, ScalingRules } from '../cluster/HorizontalPodAutoscaler.ts';
import { proposeReplicas, type Tolerance } from './proposeReplicas.ts';

/** A workload under a steady load, all of its pods alike and Ready. */
export interface SteadyScale {
  readonly current: number;
  /** In replicas that it would keep fully busy. */
  readonly load: number;
  /** CPU request of one pod, in thousandths. */
  readonly request: number;
  readonly tolerance: Tolerance;
}

/** More rounds than a proposal ever needs to come to rest. */
const MOST_ROUNDS = 100;

/**
 * The replicas at which `autoscaler` comes to rest when the load stays as it is, however long its windows are. In a direction in which its
 * behavior allows nothing it does not go.
 */
export function steadyReplicas(
  { minReplicas, maxReplicas, cpu, behavior }: Pick<HorizontalPodAutoscaler, 'minReplicas' | 'maxReplicas' | 'cpu' | 'behavior'>,
  { current, load, request, tolerance }: SteadyScale,
): number {
  const start = Math.min(maxReplicas, Math.max(minReplicas, current));
  const least = isDisabled(behavior?.scaleDown) ? start : minReplicas;
  const most = isDisabled(behavior?.scaleUp) ? start : maxReplicas;
  const within = (replicas: number) => Math.min(most, Math.max(least, replicas));
  let replicas = start;
  for (let round = 0; cpu && round < MOST_ROUNDS; round += 1) {
    const usage = Math.min(1, load / replicas) * request;
    const ready = Array.from({ length: replicas }, () => ({ usage, request }));
    const next = within(proposeReplicas(replicas, { ready, unready: [], missing: [] }, cpu, tolerance) ?? replicas);
    if (next === replicas) break;
    replicas = next;
  }
  return replicas;
}

function isDisabled(rules: ScalingRules | undefined): boolean {
  return rules !== undefined && (rules.selectPolicy === 'Disabled' || rules.policies.length === 0);
}
