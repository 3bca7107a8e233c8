import type { HorizontalPodAutoscaler } from '../cluster/HorizontalPodAutoscaler.ts';
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

/** The replicas at which `autoscaler` comes to rest when the load stays as it is, however long its windows are. */
export function steadyReplicas(
  { minReplicas, maxReplicas, cpu }: Pick<HorizontalPodAutoscaler, 'minReplicas' | 'maxReplicas' | 'cpu'>,
  { current, load, request, tolerance }: SteadyScale,
): number {
  const within = (replicas: number) => Math.min(maxReplicas, Math.max(minReplicas, replicas));
  let replicas = within(current);
  for (let round = 0; cpu && round < MOST_ROUNDS; round += 1) {
    const usage = Math.min(1, load / replicas) * request;
    const ready = Array.from({ length: replicas }, () => ({ usage, request }));
    const next = within(proposeReplicas(replicas, { ready, unready: [], missing: [] }, cpu, tolerance) ?? replicas);
    if (next === replicas) break;
    replicas = next;
  }
  return replicas;
}
