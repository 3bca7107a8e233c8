import type { IntOrPercent } from '../../../src/cluster/Workload.ts';
import { type Revision, rollingUpdate } from '../../../src/controllers/rollingUpdate.ts';
import { aDeployment, aReplicaSet } from '../../support/builders.ts';
import type { Outcome, Vector } from './Vector.ts';

interface Given {
  readonly replicas: number;
  readonly maxSurge: IntOrPercent;
  readonly maxUnavailable: IntOrPercent;
  readonly newRS?: { readonly spec: number; readonly available: number };
  readonly oldRS?: { readonly spec: number; readonly available: number };
}

/** One step from the given ReplicaSets, or, without any, the first two steps of a rolling update. */
export function deploymentMath({ given: anything, expect: wanted }: Vector): Outcome {
  const given = anything as Given;
  const step = (newest: Revision, old: Revision) => rollingUpdate(deploymentOf(given), newest, [old]);
  if (given.newRS && given.oldRS) {
    const rescales = step(revision('new', given.newRS), revision('old', given.oldRS));
    if ('action' in wanted) return { action: rescales.length === 0 ? 'none' : 'rescale' };
    return { oldAfter: rescales.find(({ replicaSet }) => replicaSet.name === 'old')?.replicas };
  }
  const old = revision('old', { spec: given.replicas, available: given.replicas });
  const surge = step(revision('new', { spec: 0, available: 0 }), old).find(({ replicaSet }) => replicaSet.name === 'new')?.replicas ?? 0;
  const left = step(revision('new', { spec: surge, available: 0 }), old)[0]?.replicas ?? given.replicas;
  const unavailable = given.replicas - left;
  return { maxSurgePods: surge, maxUnavailablePods: unavailable, maxTotal: given.replicas + surge, minAvailable: left };
}

function deploymentOf({ replicas, maxSurge, maxUnavailable }: Given) {
  return { ...aDeployment('web', replicas), strategy: { type: 'RollingUpdate' as const, maxSurge, maxUnavailable } };
}

function revision(name: string, { spec, available }: { readonly spec: number; readonly available: number }): Revision {
  return { replicaSet: aReplicaSet(name, spec), available };
}
