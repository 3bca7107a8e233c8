import type { HorizontalPodAutoscaler } from '../cluster/HorizontalPodAutoscaler.ts';
import type { KubernetesVersion } from '../cluster/KubernetesVersion.ts';
import type { Workload } from '../cluster/Workload.ts';
import { cpuRequest } from './measurePods.ts';
import { steadyReplicas } from './steadyReplicas.ts';
import { toleranceOf } from './toleranceOf.ts';

/** A workload that an autoscaler can scale. */
export type Scalable = Exclude<Workload, { readonly kind: 'DaemonSet' | 'Job' }>;

/** What an autoscaler goes by. */
export interface SteadyLoad {
  /** In replicas that it would keep fully busy; undefined when it is not known. */
  readonly load: number | undefined;
  readonly version: KubernetesVersion;
}

/**
 * The replicas of `workload` once `autoscaler` has come to rest under a steady load, as if it had been running for a long time. It leaves
 * alone a workload of which the load is not known, and one of no replicas.
 */
export function settledReplicas(autoscaler: HorizontalPodAutoscaler, workload: Scalable, { load, version }: SteadyLoad): number {
  const { replicas: current, template } = workload;
  if (current === 0 || load === undefined) return current;
  const request = cpuRequest(template.spec, autoscaler.cpu?.container);
  return steadyReplicas(autoscaler, { current, load, request, tolerance: toleranceOf(autoscaler, version) });
}
