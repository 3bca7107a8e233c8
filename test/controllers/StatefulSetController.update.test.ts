import { describe, expect, it } from 'vitest';
import type { StatefulSet } from '../../src/cluster/Workload.ts';
import { aNode, aPod, aStatefulSet, aTemplate } from '../support/builders.ts';
import { aControlPlane, type ControlPlane, type ControlPlaneOptions } from '../support/controlPlane.ts';

const nodes = [aNode('n1'), aNode('n2')];
const changed = aTemplate('db', { image: 'registry.local/app:2' });

describe('a rolling update of a StatefulSet', () => {
  it('replaces one pod at a time, from the highest ordinal down, each when those above are available', () => {
    const log = rollOut({}, 400);
    expect(log).toEqual([
      [100, 'db-2'],
      [135, 'db-1'],
      [170, 'db-0'],
    ]);
  });

  it('waits for minReadySeconds', () => {
    const begun = 3 * 45;
    expect(rollOut({ minReadySeconds: 20 }, 400, { version: '1.35' }).map(([at]) => at)).toEqual([begun, begun + 55, begun + 110]);
  });

  it('looks up to 1.34 only every minReadySeconds', () => {
    // The last pod comes after the change of the template and need not be replaced.
    const log = rollOut({ minReadySeconds: 20 }, 400, { version: '1.34' });
    expect(log).toEqual([
      [180, 'db-1'],
      [250, 'db-0'],
    ]);
  });

  it('leaves ordinals below the partition alone', () => {
    expect(rollOut({ updateStrategy: { type: 'RollingUpdate', partition: 2, maxUnavailable: 1 } }, 400)).toEqual([[100, 'db-2']]);
  });

  it('counts the partition from the first ordinal', () => {
    const updateStrategy = { type: 'RollingUpdate', partition: 2, maxUnavailable: 1 } as const;
    expect(rollOut({ firstOrdinal: 5, updateStrategy }, 400)).toEqual([[100, 'db-7']]);
  });

  it('does nothing with OnDelete but use the new template for what comes back', () => {
    const plane = aPlane({ updateStrategy: { type: 'OnDelete' } });
    plane.at(200, () => plane.cluster.removePod(plane.pod('db-1')));
    plane.until(400);
    expect(imagesOf(plane)).toEqual(['registry.local/app:1', 'registry.local/app:2', 'registry.local/app:1']);
  });

  it('brings a lost pod back with its old template below the partition', () => {
    const plane = aPlane({ updateStrategy: { type: 'RollingUpdate', partition: 2, maxUnavailable: 1 } });
    plane.at(200, () => plane.cluster.removePod(plane.pod('db-0')));
    plane.until(400);
    expect(imagesOf(plane)).toEqual(['registry.local/app:1', 'registry.local/app:1', 'registry.local/app:2']);
  });

  it('takes maxUnavailable pods at a time from 1.35 on', () => {
    const parallel = {
      podManagementPolicy: 'Parallel',
      updateStrategy: { type: 'RollingUpdate', partition: 0, maxUnavailable: 2 },
    } as const;
    expect(rollOut(parallel, 400, { version: '1.35' })).toEqual([
      [100, 'db-2'],
      [100, 'db-1'],
      [135, 'db-0'],
    ]);
    expect(rollOut(parallel, 400, { version: '1.34' }).map(([at]) => at)).toEqual([100, 135, 170]);
  });

  it('goes on where a cluster in the middle of one stands', () => {
    const old = { labels: { app: 'db', 'controller-revision-hash': 'db-1' } };
    const current = { labels: { app: 'db', 'controller-revision-hash': 'db-2' } };
    const owner = { apiVersion: 'apps/v1', kind: 'StatefulSet', name: 'db' };
    const pods = [old, old, current].map((labels, index) => aPod(`db-${index}`, { ...labels, owner, nodeName: 'n1' }));
    const plane = aControlPlane({ nodes, pods, workloads: [{ ...aStatefulSet('db', 3), updateRevision: 'db-2' }] });
    expect(deletions(plane, 200)).toEqual([
      [0, 'db-1'],
      [35, 'db-0'],
    ]);
  });
});

/** Three pods whose template changes at 100 s. */
function aPlane(change: Partial<StatefulSet>, options: ControlPlaneOptions = {}): ControlPlane {
  const set = { ...aStatefulSet('db', 3), ...change };
  const plane = aControlPlane({ nodes, workloads: [set], ...options });
  plane.at(100, () => plane.cluster.updateWorkload({ ...set, template: changed }));
  return plane;
}

function rollOut(change: Partial<StatefulSet>, until: number, options: ControlPlaneOptions = {}) {
  return deletions(aPlane(change, options), until);
}

/** Which pods were deleted, and in which second. */
function deletions(plane: ControlPlane, until: number): [number, string][] {
  const log: [number, string][] = [];
  plane.cluster.subscribe((told) => {
    if (told.kind === 'podTerminating') log.push([plane.sim.now / 1000, told.pod.name]);
  });
  plane.until(until);
  return log;
}

function imagesOf({ cluster }: ControlPlane) {
  const pods = [...cluster.pods.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  return pods.map(({ spec }) => spec.containers[0]?.image);
}
