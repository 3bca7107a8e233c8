import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deletePod } from '../../src/controllers/deletePod.ts';
import type { VolumeReport } from '../../src/controllers/VolumeTiming.ts';
import { seconds } from '../../src/units.ts';
import { aDisk, aNode, anAttachment, aPod, aPodSpec, claimed } from '../support/builders.ts';
import { aControlPlane, type ControlPlane } from '../support/controlPlane.ts';

const names = ['n1', 'n2', 'n3'] as const;
const name = fc.constantFrom(...names);
const acts = fc.array(
  fc.record({
    at: fc.integer({ min: 1, max: 1200 }).map((tenths) => tenths / 10),
    kind: fc.constantFrom('move', 'kill', 'stop', 'start', 'deleteNode'),
    node: name,
  }),
  { maxLength: 20 },
);
const report: fc.Arbitrary<VolumeReport> = fc.oneof(
  fc.integer({ min: 0, max: 12 }).map((delay) => ({ kind: 'after' as const, delay: seconds(delay) })),
  fc.constant({ kind: 'every' as const, period: seconds(10) }),
);

describe('a disk for one node', () => {
  it('is never attached to two, is listed where it is attached, and its pod starts once all nodes are back', () => {
    fc.assert(
      fc.property(acts, report, fc.integer({ min: 0, max: 5 }), (steps, reports, time) => {
        const plane = aWorld(reports, time);
        for (const { at, kind, node } of steps) plane.at(at, () => act(plane, kind, node));
        plane.at(200, () => {
          for (const node of names) start(plane, node);
        });
        plane.at(201, () => act(plane, 'move', 'n1'));
        plane.until(1000);
        expect(plane.most).toBe(1);
        expect([...plane.cluster.pods.values()].map(({ ready }) => ready)).toEqual([true]);
        const holders = [...plane.cluster.nodes.values()].filter(({ volumesAttached }) => volumesAttached.size > 0);
        expect(holders.map((node) => node.name)).toEqual([plane.pod('db').nodeName]);
      }),
      { numRuns: 150 },
    );
  });
});

const spec = aPodSpec({ volumes: [claimed('data')], tolerations: [{ key: '', operator: 'Exists', value: '' }] });

function aWorld(reports: VolumeReport, time: number) {
  const { claim, volume } = aDisk('data');
  const plane = aControlPlane({
    nodes: names.map((node) => aNode(node)),
    persistentVolumes: [volume],
    claims: [claim],
    attachments: [anAttachment('data', 'n1')],
    pods: [aPod('db', { nodeName: 'n1', spec })],
    ready: 1,
    exit: 1,
    volumes: { attach: time, detach: time, unmount: time / 2, report: reports },
  });
  const world = { ...plane, most: 1 };
  plane.cluster.subscribe(() => {
    world.most = Math.max(world.most, plane.cluster.storage.attachments.size);
  });
  return world;
}

/** A pod is bound to a node only once its predecessor is gone; a node that is away or missing gets none. */
function act(plane: ControlPlane, kind: string, node: string): void {
  const found = plane.cluster.nodes.get(node);
  if (kind === 'move' || kind === 'kill') move(plane, kind, node);
  else if (kind === 'start') start(plane, node);
  else if (found && kind === 'stop') plane.kubelet.stop(found);
  else if (found) {
    plane.kubelet.stop(found);
    plane.cluster.removeNode(found);
  }
}

function move(plane: ControlPlane, kind: 'move' | 'kill', to: string): void {
  const grace = kind === 'kill' ? { gracePeriodSeconds: 0 } : {};
  for (const pod of [...plane.cluster.pods.values()]) deletePod(plane.cluster, pod, { now: plane.sim.now, cause: 'Delete', ...grace });
  if (plane.cluster.pods.size > 0 && plane.sim.now < seconds(900)) plane.at(plane.sim.now / 1000 + 1, () => bind(plane, to));
  else bind(plane, to);
}

function bind(plane: ControlPlane, to: string): void {
  if (plane.cluster.pods.size > 0 && plane.sim.now < seconds(900)) plane.at(plane.sim.now / 1000 + 1, () => bind(plane, to));
  else if (plane.cluster.pods.size === 0) plane.cluster.addPod(aPod('db', { nodeName: to, phase: 'Pending', ready: false, spec }));
}

function start(plane: ControlPlane, node: string): void {
  const found = plane.cluster.nodes.get(node) ?? plane.cluster.addNode(aNode(node, { ready: 'Unknown' }));
  if (!found.isPosting) plane.kubelet.start(found);
}
