import { describe, expect, it } from 'vitest';
import { deletePod } from '../../src/controllers/deletePod.ts';
import { aNode, aPod, aReplicaSet } from '../support/builders.ts';
import { aControlPlane, type ControlPlane } from '../support/controlPlane.ts';

const nodes = [aNode('n1'), aNode('n2')];
const owner = { apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'web' };

describe('ReplicaSetController', () => {
  it('creates the missing pods with labels, owner and the tolerations of admission', () => {
    const plane = aControlPlane({ nodes, workloads: [aReplicaSet('web', 3)] });
    plane.until(0);
    expect(plane.podNames()).toEqual(['web-00001', 'web-00002', 'web-00003']);
    const pod = plane.pod('web-00001');
    expect(pod.labels).toEqual({ app: 'web' });
    expect(pod.owner).toEqual(owner);
    expect(pod.spec.tolerations.map(({ key, tolerationSeconds }) => [key, tolerationSeconds])).toEqual([
      ['node.kubernetes.io/not-ready', 300],
      ['node.kubernetes.io/unreachable', 300],
    ]);
  });

  it('shares one spec among the pods of a template', () => {
    const plane = aControlPlane({ nodes, workloads: [aReplicaSet('web', 2)] });
    plane.until(0);
    expect(plane.pod('web-00001').spec).toBe(plane.pod('web-00002').spec);
  });

  it('keeps a toleration of its own instead of the default one', () => {
    const own = {
      key: 'node.kubernetes.io/unreachable',
      operator: 'Exists',
      value: '',
      effect: 'NoExecute',
      tolerationSeconds: 5,
    } as const;
    const plane = aControlPlane({ nodes, workloads: [aReplicaSet('web', 1, { tolerations: [own] })] });
    plane.until(0);
    expect(plane.pod('web-00001').spec.tolerations.map(({ tolerationSeconds }) => tolerationSeconds)).toEqual([5, 300]);
  });

  it('skips names that are taken', () => {
    const plane = aControlPlane({ nodes, workloads: [aReplicaSet('web', 2)], pods: [aPod('web-00001', { owner, nodeName: 'n1' })] });
    plane.until(0);
    expect(plane.podNames()).toEqual(['web-00001', 'web-00002']);
  });

  it('replaces a pod in the instant of its deletion, while the old one still ends', () => {
    const plane = aControlPlane({ nodes, workloads: [aReplicaSet('web', 2)] });
    plane.at(100, () => remove(plane, 'web-00001'));
    plane.until(100);
    expect(plane.podNames()).toEqual(['web-00001', 'web-00002', 'web-00003']);
    expect(plane.pod('web-00003').createdAt).toBe(100_000);
    plane.until(110);
    expect(plane.podNames()).toEqual(['web-00002', 'web-00003']);
  });

  it('counts a pod in the slot of one that was not its business', () => {
    const stranger = aPod('stranger', { owner: { ...owner, kind: 'Foreign' }, nodeName: 'n1' });
    const plane = aControlPlane({ nodes, workloads: [aReplicaSet('web', 2)], pods: [stranger] });
    plane.at(100, () => plane.cluster.removePod(plane.pod('stranger')));
    for (const [second, name] of [
      [200, 'web-00001'],
      [300, 'web-00002'],
    ] as const)
      plane.at(second, () => remove(plane, name));
    plane.until(400);
    expect(plane.podNames()).toEqual(['web-00003', 'web-00004']);
  });

  it('replaces a pod that has failed and leaves the old object', () => {
    const plane = aControlPlane({ nodes, workloads: [aReplicaSet('web', 1)] });
    plane.at(100, () => plane.cluster.setPodPhase(plane.pod('web-00001'), 'Failed'));
    plane.until(200);
    expect(plane.podNames()).toEqual(['web-00001', 'web-00002']);
  });

  it('replaces a pod that was removed by force', () => {
    const plane = aControlPlane({ nodes, workloads: [aReplicaSet('web', 1)] });
    plane.at(100, () => deletePod(plane.cluster, plane.pod('web-00001'), { now: plane.sim.now, gracePeriodSeconds: 0, cause: 'Delete' }));
    plane.until(200);
    expect(plane.podNames()).toEqual(['web-00002']);
  });

  it('deletes pods that are too many, those that are not Ready first', () => {
    const plane = aControlPlane({ nodes, workloads: [aReplicaSet('web', 2)] });
    plane.at(100, () => plane.cluster.updateWorkload(aReplicaSet('web', 3)));
    plane.at(110, () => plane.cluster.updateWorkload(aReplicaSet('web', 2)));
    plane.until(200);
    expect(plane.podNames()).toEqual(['web-00001', 'web-00002']);
  });

  it('creates nothing for pods whose owner is not there', () => {
    const plane = aControlPlane({ nodes, pods: [aPod('web-1', { owner, nodeName: 'n1' }), aPod('bare', { nodeName: 'n1' })] });
    plane.at(10, () => remove(plane, 'web-1'));
    plane.at(10, () => remove(plane, 'bare'));
    plane.until(200);
    expect(plane.podNames()).toEqual([]);
  });
});

function remove(plane: ControlPlane, name: string): void {
  deletePod(plane.cluster, plane.pod(name), { now: plane.sim.now, cause: 'EvictionByEvictionAPI' });
}
