import { describe, expect, it } from 'vitest';
import type { Node } from '../../src/cluster/Node.ts';
import { deletePod } from '../../src/controllers/deletePod.ts';
import { seconds, toSeconds } from '../../src/units.ts';
import { aDisk, aNode, anAttachment, aPod, aPodSpec, claimed } from '../support/builders.ts';
import { aControlPlane, type ControlPlane, type ControlPlaneOptions } from '../support/controlPlane.ts';

interface Row {
  readonly at: number;
  readonly what: string;
}

/** Nodes n1, n2 and n3; `db-0` runs on n1 with the disk `data` attached there. */
function aWorld({ volumes, ...options }: ControlPlaneOptions = {}): ControlPlane & { readonly rows: Row[] } {
  const { claim, volume } = aDisk('data');
  const plane = aControlPlane({
    nodes: [aNode('n1'), aNode('n2'), aNode('n3')],
    persistentVolumes: [volume],
    claims: [claim],
    attachments: [anAttachment('data', 'n1')],
    pods: [aPod('db-0', { nodeName: 'n1', spec: aPodSpec({ volumes: [claimed('data')] }) })],
    ready: 2,
    exit: 2,
    volumes: { attach: 1, detach: 1, ...volumes },
    ...options,
  });
  const rows: Row[] = [];
  plane.cluster.subscribe((change) => {
    const at = toSeconds(plane.sim.now);
    if (change.kind === 'eventRecorded') rows.push({ at, what: `${change.object} ${change.reason}: ${change.message}` });
    if (change.kind === 'storageChanged' && change.object === 'attachments') rows.push({ at, what: `${change.name} ${change.verb}` });
  });
  return { ...plane, rows };
}

/** At `second` the pod goes and, when it is gone, another of the same name is bound to `to`. */
function moveAt(plane: ControlPlane, second: number, to: string): void {
  plane.at(second, () => deletePod(plane.cluster, plane.pod('db-0'), { now: plane.sim.now, cause: 'Delete' }));
  plane.at(second + 2, () => bind(plane, 'db-0', to));
}

function bind(plane: ControlPlane, name: string, to: string): void {
  plane.cluster.addPod(aPod(name, { nodeName: to, phase: 'Pending', ready: false, spec: aPodSpec({ volumes: [claimed('data')] }) }));
}

function nodeOf({ cluster }: ControlPlane, name: string): Node {
  const node = cluster.nodes.get(name);
  if (!node) throw new Error(`no node ${name}`);
  return node;
}

function timeOf(rows: readonly Row[], what: string): number | undefined {
  return rows.find((row) => row.what.includes(what))?.at;
}

describe('a pod that moves with its disk', () => {
  // measured-volumes.md 2.2: request to next step takes 1 s -> 1.1-1.2, 2 s -> 2.2-2.4, 3 s -> 3.5-3.75, 4 s -> 4.3-4.5.
  it.each([
    { duration: 1, least: 1.1, most: 1.3 },
    { duration: 2, least: 2.2, most: 2.5 },
    { duration: 3, least: 3.4, most: 3.9 },
    { duration: 4, least: 4.2, most: 4.6 },
  ])('waits $least to $most s for a detach and for an attach of $duration s', ({ duration, least, most }) => {
    const plane = aWorld({ volumes: { attach: duration, detach: duration } });
    moveAt(plane, 10, 'n2');
    plane.until(60);
    const requested = timeOf(plane.rows, 'csi-pv-data-n2 added') ?? 0;
    expect(requested).toBeGreaterThanOrEqual(12 + least);
    expect(requested).toBeLessThanOrEqual(12 + most);
    const running = toSeconds(plane.pod('db-0').readySince) - 2;
    expect(running).toBeGreaterThanOrEqual(requested + least);
    expect(running).toBeLessThanOrEqual(requested + most);
  });

  it('is told of no conflict when the unmount is reported before it is bound', () => {
    const plane = aWorld();
    moveAt(plane, 10, 'n2');
    plane.until(60);
    expect(timeOf(plane.rows, 'FailedAttachVolume')).toBeUndefined();
    expect(timeOf(plane.rows, 'SuccessfulAttachVolume: AttachVolume.Attach succeeded for volume "pv-data" ')).toBeGreaterThan(14);
    expect(plane.pod('db-0').ready).toBe(true);
  });

  it('is told that the disk is attached elsewhere when the report comes later than its binding', () => {
    const plane = aWorld({ volumes: { report: { kind: 'after', delay: seconds(0.5) } } });
    moveAt(plane, 10, 'n2');
    plane.until(60);
    const message = `Multi-Attach error for volume "pv-data" Volume is already exclusively attached to one node and can't be attached to another`;
    expect(plane.rows.filter(({ what }) => what.includes('FailedAttachVolume'))).toEqual([
      { at: 12, what: `Pod/default/db-0 FailedAttachVolume: ${message}` },
    ]);
    expect(timeOf(plane.rows, 'csi-data-n1 removed')).toBe(13.5);
  });

  it('is told who holds the disk while the old pod is still there', () => {
    const plane = aWorld();
    plane.at(10, () => bind(plane, 'db-1', 'n2'));
    plane.until(20);
    expect(plane.rows).toEqual([
      {
        at: 10,
        what: 'Pod/default/db-1 FailedAttachVolume: Multi-Attach error for volume "pv-data" Volume is already used by pod(s) db-0',
      },
    ]);
    expect(plane.pod('db-1').phase).toBe('Pending');
  });

  it('goes at once when it is deleted before its disk came, and the detach is carried out all the same', () => {
    const plane = aWorld();
    moveAt(plane, 10, 'n2');
    plane.at(12.5, () => deletePod(plane.cluster, plane.pod('db-0'), { now: plane.sim.now, cause: 'Delete' }));
    plane.at(12.6, () => bind(plane, 'db-0', 'n1'));
    plane.until(60);
    expect(timeOf(plane.rows, 'csi-data-n1 removed')).toBe(13);
    expect(timeOf(plane.rows, 'csi-pv-data-n1 added')).toBeGreaterThan(13);
    expect(plane.pod('db-0')).toMatchObject({ nodeName: 'n1', ready: true });
  });

  it('starts as soon as it is bound when the driver does not attach', () => {
    const plane = aWorld({ csiDrivers: [{ name: 'disk', attachRequired: false }], attachments: [] });
    moveAt(plane, 10, 'n2');
    plane.until(60);
    expect(toSeconds(plane.pod('db-0').readySince)).toBe(14);
  });
});

describe('an unmount that takes its time', () => {
  // measured-volumes.md 2.4 (unmount-slow): nothing happens while the disk is still mounted.
  it('holds the pod object and the disk, not the readiness', () => {
    const plane = aWorld({ volumes: { unmount: 3 } });
    plane.at(10, () => deletePod(plane.cluster, plane.pod('db-0'), { now: plane.sim.now, cause: 'Delete' }));
    plane.until(14.9);
    expect(plane.pod('db-0')).toMatchObject({ ready: false, readySince: 12_000 });
    expect([...nodeOf(plane, 'n1').volumesAttached]).toEqual(['pv-data']);
    plane.until(15);
    expect(plane.podNames()).toEqual([]);
    plane.until(60);
    expect(timeOf(plane.rows, 'csi-data-n1 removed')).toBe(16);
  });

  it('goes on after the pod was deleted by force: its containers still have to end', () => {
    const plane = aWorld();
    plane.at(10, () => deletePod(plane.cluster, plane.pod('db-0'), { now: plane.sim.now, gracePeriodSeconds: 0, cause: 'Delete' }));
    plane.until(60);
    expect(timeOf(plane.rows, 'csi-data-n1 removed')).toBe(13);
  });
});

describe('a node that goes away with a disk', () => {
  it('keeps the disk of a pod that was deleted by force right before', () => {
    const plane = aWorld();
    let untold: readonly unknown[] = [];
    plane.at(10, () => {
      deletePod(plane.cluster, plane.pod('db-0'), { now: plane.sim.now, gracePeriodSeconds: 0, cause: 'Delete' });
      untold = plane.kubelet.stop(nodeOf(plane, 'n1'));
    });
    plane.at(30, () => plane.kubelet.start(nodeOf(plane, 'n1')));
    plane.until(60);
    expect(untold).toMatchObject([{ pod: 'default/db-0', volume: 'pv-data', unmountedFor: undefined }]);
    expect(timeOf(plane.rows, 'csi-data-n1 removed')).toBe(31);
  });

  it('keeps it until it is back when it could not report the unmount', () => {
    const plane = aWorld({ volumes: { report: { kind: 'after', delay: seconds(4) } } });
    moveAt(plane, 0, 'n2');
    let untold: readonly unknown[] = [];
    plane.at(3, () => {
      untold = plane.kubelet.stop(nodeOf(plane, 'n1'));
    });
    plane.at(13, () => plane.kubelet.start(nodeOf(plane, 'n1')));
    plane.until(60);
    expect(untold).toEqual([{ pod: 'default/db-0', volume: 'pv-data', unmountedFor: seconds(1), chance: 1, needed: seconds(4) }]);
    expect(timeOf(plane.rows, 'csi-data-n1 removed')).toBe(14);
  });

  it('gives it back at once when the report came in time', () => {
    const plane = aWorld({ volumes: { report: { kind: 'after', delay: seconds(4) } } });
    moveAt(plane, 0, 'n2');
    plane.at(7, () => expect(plane.kubelet.stop(nodeOf(plane, 'n1'))).toEqual([]));
    plane.until(60);
    expect(timeOf(plane.rows, 'csi-data-n1 removed')).toBe(7);
  });

  it('keeps it over the deletion of its Node object until a node of that name is registered', () => {
    const plane = aWorld({ volumes: { report: { kind: 'after', delay: seconds(4) } } });
    moveAt(plane, 0, 'n2');
    plane.at(3, () => {
      plane.kubelet.stop(nodeOf(plane, 'n1'));
      plane.cluster.removeNode(nodeOf(plane, 'n1'));
    });
    plane.at(15, () => plane.kubelet.start(plane.cluster.addNode(aNode('n1'))));
    plane.until(60);
    expect(timeOf(plane.rows, 'csi-data-n1 removed')).toBe(16);
  });

  it('keeps the disk of a pod that stays bound to it, and lists it on the new Node object', () => {
    const plane = aWorld();
    plane.at(3, () => {
      plane.kubelet.stop(nodeOf(plane, 'n1'));
      plane.cluster.removeNode(nodeOf(plane, 'n1'));
    });
    plane.at(15, () => plane.kubelet.start(plane.cluster.addNode(aNode('n1'))));
    plane.until(39);
    expect(plane.rows).toEqual([]);
    expect([...nodeOf(plane, 'n1').volumesAttached]).toEqual(['pv-data']);
    expect(toSeconds(plane.pod('db-0').readySince)).toBe(17);
  });
});

describe('a kubelet that reports every 10 s', () => {
  it('starts a pod at a report at the earliest, and its node gives a disk back at a report', () => {
    const plane = aWorld({ volumes: { report: { kind: 'every', period: seconds(10) } } });
    const uses: Row[] = [];
    plane.cluster.subscribe((change) => {
      if (change.kind !== 'nodeVolumesChanged') return;
      uses.push({ at: toSeconds(plane.sim.now), what: `${change.node.name}: ${[...change.node.volumesInUse].join()}` });
    });
    moveAt(plane, 20, 'n2');
    plane.until(70);
    const [used] = uses.filter(({ what }) => what === 'n2: pv-data');
    const freed = uses.find(({ at, what }) => at >= 22 && what === 'n1: ')?.at ?? 0;
    expect(freed).toBeGreaterThan(22);
    expect(freed).toBeLessThanOrEqual(32);
    expect(timeOf(plane.rows, 'csi-data-n1 removed')).toBeCloseTo(freed + 1, 0);
    expect(toSeconds(plane.pod('db-0').readySince) - 2).toBeGreaterThanOrEqual(used?.at ?? Number.POSITIVE_INFINITY);
  });
});
