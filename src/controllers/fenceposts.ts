import type { Deployment, DeploymentSize, IntOrPercent } from '../cluster/Workload.ts';

/**
 * How many pods a roll-out may make beyond the replicas, and how many may be missing; never both 0, unless there are no replicas.
 * @see kubernetes/kubernetes pkg/controller/deployment/util/deployment_util.go (ResolveFenceposts)
 */
export function fenceposts({ strategy, replicas }: Deployment): { surge: number; unavailable: number } {
  if (strategy.type === 'Recreate') return { surge: 0, unavailable: replicas };
  const surge = resolve(strategy.maxSurge, replicas, Math.ceil);
  const unavailable = Math.min(resolve(strategy.maxUnavailable, replicas, Math.floor), replicas);
  return surge === 0 && unavailable === 0 ? { surge, unavailable: Math.min(1, replicas) } : { surge, unavailable };
}

/**
 * What `deployment` writes on a ReplicaSet that it scales.
 * @see kubernetes/kubernetes pkg/controller/deployment/util/deployment_util.go (SetReplicasAnnotations)
 */
export function sizeOf(deployment: Deployment): DeploymentSize {
  return { desiredReplicas: deployment.replicas, maxReplicas: deployment.replicas + fenceposts(deployment).surge };
}

function resolve(value: IntOrPercent, total: number, round: (value: number) => number): number {
  return typeof value === 'number' ? value : round((Number.parseInt(value, 10) * total) / 100);
}
