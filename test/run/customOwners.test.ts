import { describe, expect, it } from 'vitest';
import { workloadKey } from '../../src/cluster/Workload.ts';
import { run } from '../../src/run/run.ts';
import { instant, minutes } from '../../src/units.ts';
import { aDeployment, aNode, aReplicaSet } from '../support/builders.ts';
import { aScenario } from '../support/scenarios.ts';

const nodes = ['n1', 'n2', 'n3'].map((name) => aNode(name));

/** The ReplicaSet `web-NAME` of an object of this kind that the cluster does not hold. */
function owned(kind: string, apiVersion: string, name: string, replicas: number) {
  return { ...aReplicaSet('web', replicas, { cpu: 1 }), name: `web-${name}`, owner: { apiVersion, kind, name: 'web' } };
}

describe('a workload of a kind that is not read', () => {
  it.each([
    ['Rollout', 'argoproj.io/v1alpha1'],
    ['Deployment', 'apps/v1'],
  ])('wants as many pods as its ReplicaSets, not one more for each that ends (%s)', (kind, apiVersion) => {
    const workloads = [owned(kind, apiVersion, 'new', 3), { ...owned(kind, apiVersion, 'old', 0), selector: { requirements: [] } }];
    const { workloads: outcomes } = run(aScenario({ cluster: { nodes, workloads }, roll: { nodes: ['n1', 'n2'] } }), '1');
    expect(outcomes).toMatchObject([{ kind, name: 'web', desired: 3, outages: [] }]);
    expect(outcomes[0]?.degraded).toBeLessThan(minutes(2));
  });

  it('wants as many as they want later', () => {
    const replicaSet = owned('Rollout', 'argoproj.io/v1alpha1', 'new', 3);
    const disturbances = [{ at: instant(minutes(1)), kind: 'scale' as const, workload: workloadKey(replicaSet), replicas: 1 }];
    const { workloads } = run(aScenario({ cluster: { nodes, workloads: [replicaSet] }, roll: { nodes: ['n1'] }, disturbances }), '1');
    expect(workloads).toMatchObject([{ surplus: 2 }]);
    expect(workloads[0]?.degraded).toBeLessThan(minutes(2));
  });

  it('has no row for the Deployments that it owns, which have their own', () => {
    const owner = { apiVersion: 'apps.example.com/v1', kind: 'App', name: 'app' };
    const deployment = { ...aDeployment('web', 3, { cpu: 1 }), owner };
    const { workloads } = run(aScenario({ cluster: { nodes, workloads: [deployment] }, roll: { nodes: ['n1', 'n2'] } }), '1');
    expect(workloads).toMatchObject([{ kind: 'Deployment', name: 'web', desired: 3, outages: [] }]);
  });
});
