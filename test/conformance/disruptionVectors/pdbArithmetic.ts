import { clusterOf } from '../../../src/cluster/clusterOf.ts';
import type { DisruptionBudgetStatus } from '../../../src/cluster/DisruptionBudget.ts';
import type { OwnerReference } from '../../../src/cluster/OwnerReference.ts';
import type { PodDescription } from '../../../src/cluster/Pod.ts';
import type { IntOrPercent, Workload } from '../../../src/cluster/Workload.ts';
import { DisruptionController } from '../../../src/controllers/DisruptionController.ts';
import { evict } from '../../../src/controllers/evict.ts';
import { Simulation } from '../../../src/sim/Simulation.ts';
import { instant, START } from '../../../src/units.ts';
import { aBudget, aDeployment, aPod, aReplicaSet, aStatefulSet } from '../../support/builders.ts';
import { NO_OBJECTS } from '../../support/noObjects.ts';
import type { Outcome, Vector } from './Vector.ts';

interface Given {
  readonly pdb: { readonly maxUnavailable?: IntOrPercent; readonly minAvailable?: IntOrPercent };
  readonly owners: readonly { readonly kind: 'Deployment' | 'StatefulSet' | 'Job' | 'DaemonSet'; readonly replicas?: number }[];
  readonly matchingPods: {
    readonly ready: number;
    readonly notReady: number;
    readonly terminating: number;
    readonly inDisruptedPods: readonly number[];
  };
}

/** Lets the disruption controller look at the budget once, then evicts a pod where the vector asks for it. */
export function pdbArithmetic(vector: Vector): Outcome {
  const { pdb, owners, matchingPods } = vector.given as Given;
  const pods = podsOf(matchingPods).map((pod, index) => ({ ...pod, owner: ownerOfPod(owners, index) }));
  const isNew = !('currentHealthy' in vector.expect);
  const disruptedPods = new Map(matchingPods.inDisruptedPods.map((age, index) => [`disrupted-${index}`, instant(-age * 1000)]));
  const budget = aBudget('web', { ...pdb, status: isNew ? undefined : { ...SYNCED, disruptedPods } });
  const cluster = clusterOf({ ...NO_OBJECTS, workloads: owners.flatMap(workloadsOf), pods, budgets: [budget] });
  new DisruptionController({ sim: new Simulation('vector'), cluster });
  const status = cluster.budgets.get('default/web')?.status;
  const { message = '', ...condition } = { ...status?.condition };
  const outcome = {
    disruptionsAllowed: status?.disruptionsAllowed,
    condition: message === '' ? condition : { ...condition, message },
  };
  if (!isNew) {
    return {
      ...outcome,
      expectedPods: status?.expectedPods,
      desiredHealthy: status?.desiredHealthy,
      currentHealthy: status?.currentHealthy,
    };
  }
  const [first] = cluster.pods.values();
  const answer = first && evict(cluster, first, { now: START });
  const nextEviction = { http: answer?.code, retryAfterSeconds: answer?.retryAfterSeconds };
  return { ...outcome, observedGeneration: status?.observedGeneration, nextEviction };
}

const SYNCED: DisruptionBudgetStatus = {
  observedGeneration: 1,
  expectedPods: 0,
  desiredHealthy: 0,
  currentHealthy: 0,
  disruptionsAllowed: 0,
  disruptedPods: new Map(),
  condition: undefined,
};

function podsOf({ ready, notReady, terminating, inDisruptedPods }: Given['matchingPods']): PodDescription[] {
  const termination = { requestedAt: START, gracePeriodSeconds: 30, cause: 'EvictionByEvictionAPI' } as const;
  const many = (count: number, name: string, options: Partial<PodDescription>) =>
    Array.from({ length: count }, (_, index) => aPod(`${name}-${index}`, { nodeName: 'n1', labels: { app: 'web' }, ...options }));
  return [
    ...many(ready, 'ready', {}),
    ...many(inDisruptedPods.length, 'disrupted', {}),
    ...many(notReady, 'broken', { ready: false }),
    ...many(terminating, 'terminating', { termination }),
  ];
}

/** Each owner has as many pods as it has replicas, in order; who is left over has none. */
function ownerOfPod(owners: Given['owners'], index: number): OwnerReference | undefined {
  let before = 0;
  for (const [position, { kind, replicas = Number.POSITIVE_INFINITY }] of owners.entries()) {
    before += replicas;
    if (index >= before) continue;
    const apiVersion = kind === 'Job' ? 'batch/v1' : 'apps/v1';
    return { apiVersion, kind: kind === 'Deployment' ? 'ReplicaSet' : kind, name: `owner-${position}` };
  }
  return undefined;
}

function workloadsOf({ kind, replicas = 0 }: Given['owners'][number], position: number): Workload[] {
  const name = `owner-${position}`;
  if (kind === 'StatefulSet') return [aStatefulSet(name, replicas)];
  if (kind !== 'Deployment') return [];
  const replicaSet = { ...aReplicaSet(name, 99), owner: { apiVersion: 'apps/v1', kind: 'Deployment', name } };
  return [aDeployment(name, replicas), replicaSet];
}
