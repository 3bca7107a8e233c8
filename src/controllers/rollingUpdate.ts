import type { Deployment, ReplicaSet } from '../cluster/Workload.ts';
import { fenceposts } from './fenceposts.ts';

/** A ReplicaSet of a Deployment with the number of its pods that are available. */
export interface Revision {
  readonly replicaSet: ReplicaSet;
  readonly available: number;
}

/** A ReplicaSet and the replicas that it shall have from now on. */
export interface Rescale {
  readonly replicaSet: ReplicaSet;
  readonly replicas: number;
}

/**
 * The next step of a rolling update: the newest ReplicaSet up if there is room, else old ones down; empty when nothing can be done now.
 *
 * `old` is in order of revision, oldest first; the broken replicas of old revisions go before the available ones. An old revision that is
 * still being scaled down is waited for.
 * @see kubernetes/kubernetes pkg/controller/deployment/rolling.go
 */
export function rollingUpdate(deployment: Deployment, newest: Revision, old: readonly Revision[]): readonly Rescale[] {
  const { surge, unavailable } = fenceposts(deployment);
  const total = [newest, ...old].reduce((sum, { replicaSet }) => sum + replicaSet.replicas, 0);
  const wanted = newestReplicas(deployment.replicas, newest.replicaSet.replicas, deployment.replicas + surge - total);
  if (wanted !== newest.replicaSet.replicas) return [{ replicaSet: newest.replicaSet, replicas: wanted }];
  const minimum = deployment.replicas - unavailable;
  const spare = total - minimum - (newest.replicaSet.replicas - newest.available);
  if (spare <= 0 || old.some(hasSurplus)) return [];
  const afterCleanup = scaleDownBroken(old, spare);
  const available = [newest, ...old].reduce((sum, revision) => sum + revision.available, 0);
  const after = scaleDown(afterCleanup, available - minimum);
  return after.filter(({ replicas, replicaSet }) => replicas !== replicaSet.replicas);
}

/** The ReplicaSet has been scaled down and still has pods that must go: until they do, nobody knows how many will be left. */
function hasSurplus({ replicaSet: { replicas }, available }: Revision): boolean {
  return replicas > 0 && available > replicas;
}

function newestReplicas(desired: number, present: number, room: number): number {
  if (present >= desired) return desired;
  return Math.min(present + Math.max(0, room), desired);
}

function scaleDownBroken(old: readonly Revision[], atMost: number): Rescale[] {
  let left = atMost;
  return old.map(({ replicaSet, available }) => {
    const removed = Math.max(0, Math.min(left, replicaSet.replicas - available));
    left -= removed;
    return { replicaSet, replicas: replicaSet.replicas - removed };
  });
}

function scaleDown(old: readonly Rescale[], atMost: number): Rescale[] {
  let left = Math.max(0, atMost);
  return old.map(({ replicaSet, replicas }) => {
    const removed = Math.min(left, replicas);
    left -= removed;
    return { replicaSet, replicas: replicas - removed };
  });
}
