import type { Deployment, ReplicaSet } from '../cluster/Workload.ts';
import { newReplicaSet } from './newReplicaSet.ts';

/** The ReplicaSet that a Deployment without any creates: revision 1 with all its replicas. `hash` is its label, if known. */
export function firstReplicaSet(deployment: Deployment, hash?: string): ReplicaSet {
  return newReplicaSet(deployment, { revision: 1, replicas: deployment.replicas, hash });
}
