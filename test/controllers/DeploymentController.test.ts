import { describe, expect, it } from 'vitest';
import type { Deployment, ReplicaSet } from '../../src/cluster/Workload.ts';
import { deletePod } from '../../src/controllers/deletePod.ts';
import { aDeployment, aNode, aPod, aReplicaSet, aTemplate } from '../support/builders.ts';
import { aControlPlane, type ControlPlane } from '../support/controlPlane.ts';

const nodes = ['n1', 'n2', 'n3'].map((name) => aNode(name));

describe('DeploymentController', () => {
  it('makes a ReplicaSet from the template when there is none', () => {
    const plane = aControlPlane({ nodes, workloads: [aDeployment('web', 2)] });
    plane.until(0);
    const [replicaSet] = replicaSetsOf(plane);
    const hash = replicaSet?.labels['pod-template-hash'] ?? '';
    expect(hash).toMatch(/^[0-9a-z]{7}$/);
    expect(replicaSet).toMatchObject({ name: `web-${hash}`, replicas: 2, owner: { kind: 'Deployment', name: 'web' } });
    expect([...plane.cluster.pods.values()].map(({ labels }) => labels)).toEqual([
      { app: 'web', 'pod-template-hash': hash },
      { app: 'web', 'pod-template-hash': hash },
    ]);
  });

  it('gives equal templates equal hashes and others another one', () => {
    const planes = [aDeployment('web', 1), aDeployment('web', 5), aDeployment('web', 1, { cpu: 2 })].map((deployment) => {
      const plane = aControlPlane({ nodes, workloads: [deployment] });
      plane.until(0);
      return replicaSetsOf(plane)[0]?.name;
    });
    expect(planes[0]).toBe(planes[1]);
    expect(planes[0]).not.toBe(planes[2]);
  });

  it('uses the ReplicaSet that is there, and passes on a new number of replicas', () => {
    const plane = aControlPlane({ nodes, workloads: [aDeployment('web', 2), revision('web-a', 2, 1)] });
    plane.at(10, () => plane.cluster.updateWorkload(aDeployment('web', 4)));
    plane.until(10);
    expect(replicaSetsOf(plane).map(({ name, replicas }) => [name, replicas])).toEqual([['web-a', 4]]);
    expect(plane.podNames()).toHaveLength(4);
  });

  it('makes a ReplicaSet that was deleted again under its name, which adopts the pods that were left', () => {
    const owner = { apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'web-7d9c' };
    const labels = { app: 'web', 'pod-template-hash': '7d9c' };
    const pods = ['web-7d9c-1', 'web-7d9c-2'].map((name) => aPod(name, { owner, labels, nodeName: 'n1' }));
    const template = { ...aTemplate('web'), labels };
    const old = { ...revision('web-7d9c', 2, 1), labels, template };
    const plane = aControlPlane({ nodes, workloads: [aDeployment('web', 2), old], pods });
    plane.at(10, () => {
      plane.cluster.removeWorkload(old);
      for (const { name } of pods) plane.cluster.setPodOwner(plane.pod(name), undefined);
    });
    plane.until(10);
    expect(replicaSetsOf(plane).map(({ name, replicas }) => [name, replicas])).toEqual([['web-7d9c', 2]]);
    expect([...plane.cluster.podsOwnedBy(old)].map(({ name }) => name)).toEqual(['web-7d9c-1', 'web-7d9c-2']);
    expect(plane.podNames()).toHaveLength(2);
  });

  it('finishes a rolling update in steps of the surge, one start at a time', () => {
    const deployment: Deployment = { ...aDeployment('web', 2), strategy: { type: 'RollingUpdate', maxSurge: 1, maxUnavailable: 0 } };
    const plane = aControlPlane({ nodes, workloads: [deployment, revision('web-a', 2, 1), revision('web-b', 0, 2)], pods: oldPods() });
    const sizes = (second: number) => {
      plane.until(second);
      return replicaSetsOf(plane).map(({ replicas }) => replicas);
    };
    expect(sizes(0)).toEqual([2, 1]);
    expect(sizes(24)).toEqual([2, 1]);
    expect(sizes(25)).toEqual([1, 2]);
    expect(sizes(50)).toEqual([0, 2]);
  });

  it('counts a new pod as available only after minReadySeconds', () => {
    const deployment: Deployment = { ...aDeployment('web', 2), strategy: { type: 'RollingUpdate', maxSurge: 1, maxUnavailable: 0 } };
    const newest = { ...revision('web-b', 0, 2), minReadySeconds: 5 };
    const plane = aControlPlane({ nodes, workloads: [deployment, revision('web-a', 2, 1), newest], pods: oldPods() });
    plane.until(29);
    expect(replicaSetsOf(plane).map(({ replicas }) => replicas)).toEqual([2, 1]);
    plane.until(30);
    expect(replicaSetsOf(plane).map(({ replicas }) => replicas)).toEqual([1, 2]);
  });

  it.each([
    { version: '1.33', availableAt: 30.4 },
    { version: '1.34', availableAt: 30 },
  ] as const)('counts minReadySeconds in $version from a Ready condition at 25.4 s up to $availableAt s', ({ version, availableAt }) => {
    const deployment: Deployment = { ...aDeployment('web', 2), strategy: { type: 'RollingUpdate', maxSurge: 1, maxUnavailable: 0 } };
    const newest = { ...revision('web-b', 0, 2), minReadySeconds: 5 };
    const workloads = [deployment, revision('web-a', 2, 1), newest];
    const plane = aControlPlane({ nodes, ready: 25.4, version, workloads, pods: oldPods() });
    plane.until(availableAt - 0.1);
    expect(replicaSetsOf(plane).map(({ replicas }) => replicas)).toEqual([2, 1]);
    plane.until(availableAt);
    expect(replicaSetsOf(plane).map(({ replicas }) => replicas)).toEqual([1, 2]);
  });

  it('lets an evicted old pod come back from its old template in the middle of an update', () => {
    const deployment: Deployment = { ...aDeployment('web', 2), strategy: { type: 'RollingUpdate', maxSurge: 1, maxUnavailable: 0 } };
    const plane = aControlPlane({ nodes, workloads: [deployment, revision('web-a', 2, 1), revision('web-b', 0, 2)], pods: oldPods() });
    plane.at(10, () => deletePod(plane.cluster, plane.pod('web-a-1'), { now: plane.sim.now, cause: 'EvictionByEvictionAPI' }));
    plane.until(10);
    expect(plane.podNames()).toEqual(['web-a-1', 'web-a-2', 'web-b-00001', 'web-a-00001']);
  });

  it('waits with Recreate until the old pods are gone', () => {
    const deployment: Deployment = { ...aDeployment('web', 2), strategy: { type: 'Recreate' } };
    const plane = aControlPlane({ nodes, workloads: [deployment, revision('web-a', 2, 1), revision('web-b', 0, 2)], pods: oldPods() });
    plane.until(9);
    expect(replicaSetsOf(plane).map(({ replicas }) => replicas)).toEqual([0, 0]);
    plane.until(10);
    expect(plane.podNames()).toEqual(['web-b-00001', 'web-b-00002']);
  });

  it('starts a new revision when the template changes, and goes back to the old one when that is asked for', () => {
    const plane = aControlPlane({ nodes, workloads: [aDeployment('web', 4)] });
    plane.at(100, () => plane.cluster.updateWorkload(aDeployment('web', 4, { cpu: 0.5 })));
    plane.at(200, () => plane.cluster.updateWorkload(aDeployment('web', 4)));
    plane.until(100);
    expect(replicaSetsOf(plane).map(({ replicas, revision: number }) => [number, replicas])).toEqual([
      [1, 3],
      [2, 2],
    ]);
    plane.until(199);
    expect(replicaSetsOf(plane).map(({ replicas }) => replicas)).toEqual([0, 4]);
    plane.until(300);
    expect(replicaSetsOf(plane).map(({ replicas }) => replicas)).toEqual([4, 0]);
  });

  it('leaves an update that is paused where it stands', () => {
    const deployment: Deployment = { ...aDeployment('web', 2), paused: true };
    const plane = aControlPlane({ nodes, workloads: [deployment, revision('web-a', 2, 1), revision('web-b', 0, 2)], pods: oldPods() });
    plane.until(100);
    expect(plane.podNames()).toEqual(['web-a-1', 'web-a-2']);
  });
});

function revision(name: string, replicas: number, number: number): ReplicaSet {
  return {
    ...aReplicaSet(name, replicas),
    owner: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' },
    template: aTemplate('web'),
    revision: number,
  };
}

function oldPods() {
  const owner = { apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'web-a' };
  return ['web-a-1', 'web-a-2'].map((name) => aPod(name, { owner, nodeName: 'n1' }));
}

function replicaSetsOf({ cluster }: ControlPlane): ReplicaSet[] {
  return [...cluster.workloads.values()].flatMap((workload) => (workload.kind === 'ReplicaSet' ? [workload] : []));
}
