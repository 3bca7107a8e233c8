import { describe, expect, it } from 'vitest';
import { deletePod } from '../../src/controllers/deletePod.ts';
import { aClaimTemplate, aNode, aPod, aStatefulSet } from '../support/builders.ts';
import { aControlPlane, type ControlPlane } from '../support/controlPlane.ts';

const nodes = ['n1', 'n2', 'n3'].map((name) => aNode(name));

describe('StatefulSetController', () => {
  it('creates in order, the next one when the last is Ready', () => {
    const plane = aControlPlane({ nodes, workloads: [aStatefulSet('db', 3)] });
    plane.until(24);
    expect(plane.podNames()).toEqual(['db-0']);
    plane.until(25);
    expect(plane.podNames()).toEqual(['db-0', 'db-1']);
    plane.until(50);
    expect(plane.podNames()).toEqual(['db-0', 'db-1', 'db-2']);
  });

  it('creates all at once with Parallel, from the first ordinal on', () => {
    const plane = aControlPlane({ nodes, workloads: [{ ...aStatefulSet('db', 3), podManagementPolicy: 'Parallel', firstOrdinal: 5 }] });
    plane.until(0);
    expect(plane.podNames()).toEqual(['db-5', 'db-6', 'db-7']);
  });

  it.each([
    { version: '1.34', createdAt: 35, why: 'as it looks every 7 s' },
    { version: '1.35', createdAt: 32, why: 'at once' },
  ] as const)('waits minReadySeconds before the next ordinal, and notices in $version $why', ({ version, createdAt }) => {
    const plane = aControlPlane({ nodes, version, workloads: [{ ...aStatefulSet('db', 2), minReadySeconds: 7 }] });
    plane.until(createdAt - 1);
    expect(plane.podNames()).toEqual(['db-0']);
    plane.until(createdAt);
    expect(plane.podNames()).toEqual(['db-0', 'db-1']);
  });

  it('looks every minReadySeconds from when the set was short on, and when the set changes', () => {
    const set = { ...aStatefulSet('db', 2), minReadySeconds: 20 };
    const cameBack = (changeAt: number) => {
      const plane = aControlPlane({ nodes, workloads: [set] });
      for (const name of ['db-0', 'db-1']) plane.at(203, () => remove(plane, name));
      plane.at(changeAt, () => plane.cluster.updateWorkload({ ...set, labels: { changed: 'yes' } }));
      plane.until(400);
      return [plane.pod('db-0'), plane.pod('db-1')].map(({ createdAt }) => createdAt / 1000);
    };
    // The first one is gone at 213 s, Ready again at 238 s and available at 258 s: that is noticed 3 x 20 s after 213 s.
    expect(cameBack(250)).toEqual([213, 273]);
    expect(cameBack(260)).toEqual([213, 260]);
  });

  it('brings a pod back under its name only when the old object is gone', () => {
    const plane = started(3);
    plane.at(100, () => remove(plane, 'db-1'));
    plane.until(109);
    expect(plane.pod('db-1').isTerminating).toBe(true);
    plane.until(110);
    expect(plane.pod('db-1')).toMatchObject({ isTerminating: false, createdAt: 110_000 });
  });

  it('lets a lower ordinal that is not Ready block a missing higher one', () => {
    const plane = started(3);
    plane.at(100, () => remove(plane, 'db-0'));
    plane.at(100, () => remove(plane, 'db-2'));
    plane.until(134);
    expect(plane.podNames()).toEqual(['db-1', 'db-0']);
    plane.until(135);
    expect(plane.podNames()).toEqual(['db-1', 'db-0', 'db-2']);
  });

  it('replaces a pod that has finished', () => {
    const plane = started(1);
    plane.at(100, () => plane.cluster.setPodPhase(plane.pod('db-0'), 'Failed'));
    plane.until(100);
    expect(plane.pod('db-0')).toMatchObject({ phase: 'Running', createdAt: 100_000 });
  });

  it('scales down from the top, one after the other', () => {
    const plane = started(3);
    plane.at(100, () => plane.cluster.updateWorkload(aStatefulSet('db', 1)));
    plane.until(105);
    expect(['db-0', 'db-1', 'db-2'].map((name) => plane.pod(name).isTerminating)).toEqual([false, false, true]);
    plane.until(110);
    expect(plane.pod('db-1').isTerminating).toBe(true);
    plane.until(120);
    expect(plane.podNames()).toEqual(['db-0']);
  });

  it('scales an unready pod down only when no lower one that goes is unready', () => {
    const plane = started(4);
    plane.at(200, () => plane.cluster.markPodUnready(plane.pod('db-2'), plane.sim.now));
    plane.at(200, () => plane.cluster.markPodUnready(plane.pod('db-3'), plane.sim.now));
    plane.at(201, () => plane.cluster.updateWorkload(aStatefulSet('db', 2)));
    plane.at(210, () => plane.cluster.markPodReady(plane.pod('db-2'), plane.sim.now));
    plane.until(209);
    expect([plane.pod('db-2'), plane.pod('db-3')].map(({ isTerminating }) => isTerminating)).toEqual([false, false]);
    plane.until(210);
    expect([plane.pod('db-2'), plane.pod('db-3')].map(({ isTerminating }) => isTerminating)).toEqual([false, true]);
  });

  it.each([
    ['1.33', 'when it is available', 115],
    ['1.34', 'at once', 110],
  ] as const)('scales a Ready pod that is not yet available down in %s %s', (version, _, second) => {
    const set = { ...aStatefulSet('db', 3), minReadySeconds: 10 };
    const plane = aControlPlane({ nodes, workloads: [set], version });
    plane.at(110, () => plane.cluster.updateWorkload({ ...set, replicas: 2 }));
    plane.until(second - 1);
    expect(plane.pod('db-2')).toMatchObject({ ready: true, isTerminating: false });
    plane.until(second);
    expect(plane.pod('db-2').isTerminating).toBe(true);
  });

  it('adopts the pods named after it when it is created again', () => {
    const plane = started(2);
    const set = aStatefulSet('db', 2);
    plane.at(200, () => {
      plane.cluster.removeWorkload(set);
      for (const name of ['db-0', 'db-1']) plane.cluster.setPodOwner(plane.pod(name), undefined);
      for (const name of ['other-0', 'db']) plane.cluster.addPod(aPod(name, { labels: { app: 'db' }, nodeName: 'n1' }));
    });
    plane.at(210, () => plane.cluster.addWorkload({ ...set, replicas: 1 }));
    plane.until(210);
    expect(plane.podNames()).toEqual(['db-0', 'db-1', 'other-0', 'db']);
    expect([...plane.cluster.podsOwnedBy(set)].map(({ name }) => name)).toEqual(['db-0', 'db-1']);
    expect(plane.pod('db-1').isTerminating).toBe(true);
  });

  it('creates missing claims and mounts them', () => {
    const plane = aControlPlane({ nodes, workloads: [{ ...aStatefulSet('db', 1), volumeClaimTemplates: [aClaimTemplate('data')] }] });
    plane.until(0);
    expect(plane.cluster.storage.claims.get('default/data-db-0')).toMatchObject({ phase: 'Pending', volumeName: undefined });
    expect(plane.pod('db-0').spec.volumes.map(({ name, claimName }) => [name, claimName])).toEqual([['data', 'data-db-0']]);
  });

  it('makes the claims of a pod that comes by scaling as their template says', () => {
    const fast = aClaimTemplate('data', { storageClassName: 'fast', request: 5, accessModes: ['ReadWriteMany'] });
    const set = { ...aStatefulSet('db', 0), volumeClaimTemplates: [fast] };
    const plane = aControlPlane({ nodes, workloads: [set] });
    plane.at(10, () => plane.cluster.updateWorkload({ ...set, replicas: 1 }));
    plane.until(10);
    const claim = plane.cluster.storage.claims.get('default/data-db-0');
    expect(claim).toMatchObject({ storageClassName: 'fast', request: 5, accessModes: ['ReadWriteMany'], phase: 'Pending' });
  });

  it('waits for a claim that is being deleted, and makes a new one like it', () => {
    const claim = {
      namespace: 'default',
      name: 'data-db-0',
      labels: {},
      annotations: {},
      owner: undefined,
      storageClassName: 'fast',
      request: 5,
      accessModes: ['ReadWriteOnce'],
      volumeMode: 'Filesystem',
      selector: undefined,
      volumeName: 'pv-1',
      phase: 'Bound',
      isBeingDeleted: true,
    };
    const plane = aControlPlane({
      nodes,
      workloads: [{ ...aStatefulSet('db', 1), volumeClaimTemplates: [aClaimTemplate('data')] }],
      claims: [claim],
    });
    plane.at(10, () => plane.cluster.removeStorage('claims', 'default/data-db-0'));
    plane.until(9);
    expect(plane.podNames()).toEqual([]);
    plane.until(10);
    expect(plane.podNames()).toEqual(['db-0']);
  });
});

/** A plane with the set `db`, all of it Ready by second 75 at the latest. */
function started(replicas: number): ControlPlane {
  return aControlPlane({ nodes, workloads: [aStatefulSet('db', replicas)] });
}

function remove(plane: ControlPlane, name: string): void {
  deletePod(plane.cluster, plane.pod(name), { now: plane.sim.now, cause: 'EvictionByEvictionAPI' });
}
