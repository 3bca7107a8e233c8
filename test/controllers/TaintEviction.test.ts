import { describe, expect, it } from 'vitest';
import type { Taint, Toleration } from '../../src/cluster/Taint.ts';
import { deletePod } from '../../src/controllers/deletePod.ts';
import { instant } from '../../src/units.ts';
import { aNode, aPod, aPodSpec } from '../support/builders.ts';
import { aControlPlane, type ControlPlane } from '../support/controlPlane.ts';

const taint: Taint = { key: 'broken', value: 'disk', effect: 'NoExecute' };
const tolerating = (tolerationSeconds?: number): Toleration => ({
  key: 'broken',
  operator: 'Exists',
  value: '',
  ...(tolerationSeconds === undefined ? {} : { tolerationSeconds }),
});

const cases: readonly { name: string; tolerations: readonly Toleration[]; deletedAt: number | undefined }[] = [
  { name: 'at once when nothing tolerates the taint', tolerations: [], deletedAt: 100 },
  { name: 'when its toleration runs out', tolerations: [tolerating(60)], deletedAt: 160 },
  { name: 'when the shortest toleration runs out', tolerations: [tolerating(60), tolerating(20), tolerating()], deletedAt: 120 },
  { name: 'at once with a negative time', tolerations: [tolerating(-5)], deletedAt: 100 },
  { name: 'never with a toleration for ever', tolerations: [tolerating()], deletedAt: undefined },
];

describe('TaintEviction', () => {
  it.each(cases)('deletes a pod $name', ({ tolerations, deletedAt }) => {
    const plane = aControlPlane({ nodes: [aNode('n1')], pods: [aPod('a', { nodeName: 'n1', ...specOf(tolerations) })] });
    plane.at(100, () => setTaints(plane, [taint]));
    expect(deletion(plane)).toBe(deletedAt);
  });

  it.each([
    ['the taint', -1000, 10],
    ['the binding, if the pod came later', -20, 40],
  ])('counts from %s when that was before t = 0', (_, createdAt, deletedAt) => {
    const given = { ...taint, addedEpoch: -50_000 };
    const old = { ...taint, key: 'other', effect: 'NoSchedule' as const };
    const pod = aPod('a', { nodeName: 'n1', createdAt: instant(createdAt * 1000), ...specOf([tolerating(60)]) });
    const plane = aControlPlane({ nodes: [aNode('n1', { taints: [old, given] })], pods: [pod] });
    expect(deletion(plane)).toBe(deletedAt);
  });

  it('calls the deletion off when the taint goes in time', () => {
    const plane = aControlPlane({ nodes: [aNode('n1')], pods: [aPod('a', { nodeName: 'n1', ...specOf([tolerating(60)]) })] });
    plane.at(100, () => setTaints(plane, [taint]));
    plane.at(150, () => setTaints(plane, []));
    expect(deletion(plane)).toBe(undefined);
  });

  it('does not restart when another taint takes the place of the first', () => {
    const plane = aControlPlane({ nodes: [aNode('n1')], pods: [aPod('a', { nodeName: 'n1', ...specOf([tolerating(60)]) })] });
    plane.at(100, () => setTaints(plane, [taint]));
    plane.at(130, () => setTaints(plane, [{ ...taint, value: 'memory' }]));
    expect(deletion(plane)).toBe(160);
  });

  it('deletes a pod only once while it ends', () => {
    const plane = aControlPlane({ nodes: [aNode('n1')], pods: [aPod('a', { nodeName: 'n1', ...specOf([tolerating(20)]) })], exit: 25 });
    let deletions = 0;
    plane.cluster.subscribe((change) => {
      if (change.kind === 'podTerminating') deletions += 1;
    });
    plane.at(100, () => setTaints(plane, [{ ...taint, addedEpoch: 0 }]));
    plane.at(110, () => setTaints(plane, [{ ...taint, addedEpoch: 0, value: 'memory' }]));
    plane.until(200);
    expect(deletions).toBe(1);
    expect(plane.podNames()).toEqual([]);
  });

  it('makes the deletion of a pod that somebody deleted before a disruption, and leaves it its time', () => {
    const plane = aControlPlane({ nodes: [aNode('n1')], pods: [aPod('a', { nodeName: 'n1', ...specOf([tolerating(20)]) })], exit: 25 });
    const pod = plane.pod('a');
    plane.at(100, () => setTaints(plane, [taint]));
    plane.at(110, () => deletePod(plane.cluster, pod, { now: plane.sim.now, cause: 'Delete' }));
    let goneAt: number | undefined;
    plane.cluster.subscribe((change) => {
      if (change.kind === 'podRemoved') goneAt = plane.sim.now / 1000;
    });
    expect(deletion(plane)).toBe(120);
    expect({ goneAt, termination: pod.termination }).toMatchObject({ goneAt: 135, termination: { requestedAt: 110_000 } });
  });

  it('counts from the binding for a pod that comes later', () => {
    const plane = aControlPlane({ nodes: [aNode('n1', { taints: [taint] })] });
    plane.at(50, () => plane.cluster.addPod(aPod('a', specOf([tolerating(60)]))));
    expect(deletion(plane)).toBe(110);
  });
});

function specOf(tolerations: readonly Toleration[]) {
  return { spec: aPodSpec({ tolerations }) };
}

function setTaints({ cluster }: ControlPlane, taints: readonly Taint[]): void {
  for (const node of cluster.nodes.values()) cluster.updateNode(node, { taints });
}

/** The second in which the taint controller deletes a pod. */
function deletion(plane: ControlPlane): number | undefined {
  let second: number | undefined;
  plane.cluster.subscribe((change) => {
    if (change.kind === 'podTerminating' && change.pod.termination?.cause === 'DeletionByTaintManager') second = plane.sim.now / 1000;
  });
  plane.until(1000);
  return second;
}
