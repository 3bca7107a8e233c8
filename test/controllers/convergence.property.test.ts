import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isActive } from '../../src/controllers/availability.ts';
import { deletePod } from '../../src/controllers/deletePod.ts';
import { aDaemonSet, aDeployment, aNode, aReplicaSet, aStatefulSet } from '../support/builders.ts';
import { aControlPlane, type ControlPlane } from '../support/controlPlane.ts';

const NODES = ['n1', 'n2', 'n3'];

/** One thing that happens to the cluster: when, what, and to which of its pods or nodes. */
const blow = fc.record({
  second: fc.integer({ min: 60, max: 900 }),
  act: fc.constantFrom('delete', 'kill', 'stop', 'start', 'cordon', 'uncordon', 'removeNode', 'addNode'),
  which: fc.nat(99),
});
type Blow = typeof blow extends fc.Arbitrary<infer T> ? T : never;

describe('controllers and kubelets', () => {
  it('bring every workload back to its pods, all Ready, whatever happened, once all nodes are there again', () => {
    fc.assert(
      fc.property(fc.array(blow, { maxLength: 30 }), (blows) => {
        const plane = suffer(blows);
        plane.at(1000, () => repair(plane));
        plane.until(4000);
        const pods = [...plane.cluster.pods.values()];
        expect(pods.filter((pod) => !isActive(pod) || !pod.ready)).toEqual([]);
        const owned = ['Deployment', 'ReplicaSet', 'StatefulSet', 'DaemonSet'].map((kind) => countOf(plane, kind));
        expect(owned).toEqual([0, 3 + 2, 2, NODES.length]);
        expect([...plane.cluster.nodes.values()].flatMap(({ taints }) => taints)).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  it('do the same again under the same blows', () => {
    fc.assert(
      fc.property(fc.array(blow, { maxLength: 30 }), (blows) => {
        expect(diary(blows)).toEqual(diary(blows));
      }),
      { numRuns: 20 },
    );
  });
});

function diary(blows: readonly Blow[]): string[] {
  const lines: string[] = [];
  const plane = suffer(blows);
  plane.cluster.subscribe((change) => {
    if ('pod' in change) lines.push(`${plane.sim.now} ${change.kind} ${change.pod.key} ${change.pod.nodeName}`);
  });
  plane.until(2000);
  return lines;
}

function suffer(blows: readonly Blow[]): ControlPlane {
  const plane = aControlPlane({
    nodes: NODES.map((name) => aNode(name)),
    workloads: [aDeployment('web', 3), aReplicaSet('old', 2), aStatefulSet('db', 2), aDaemonSet('agent')],
  });
  for (const each of blows) plane.at(each.second, () => strike(plane, each));
  return plane;
}

function strike(plane: ControlPlane, { act, which }: Blow): void {
  const { cluster, kubelet, sim } = plane;
  const name = NODES[which % NODES.length] ?? '';
  const node = cluster.nodes.get(name);
  const pods = [...cluster.pods.values()];
  const pod = pods[which % pods.length];
  if (act === 'delete' && pod) deletePod(cluster, pod, { now: sim.now, cause: 'Delete' });
  else if (act === 'kill' && pod) deletePod(cluster, pod, { now: sim.now, gracePeriodSeconds: 0, cause: 'Delete' });
  else if (act === 'addNode' && !node) kubelet.start(cluster.addNode(aNode(name)));
  else if (node) strikeNode(plane, act, name);
}

function strikeNode({ cluster, kubelet }: ControlPlane, act: Blow['act'], name: string): void {
  const node = cluster.nodes.get(name);
  if (!node) return;
  if (act === 'stop') kubelet.stop(node);
  else if (act === 'start' && !node.isPosting) kubelet.start(node);
  else if (act === 'cordon') cluster.cordon(node);
  else if (act === 'uncordon') cluster.uncordon(node);
  else if (act === 'removeNode') cluster.removeNode(node);
}

function repair(plane: ControlPlane): void {
  const { cluster, kubelet } = plane;
  for (const name of NODES) {
    const node = cluster.nodes.get(name);
    if (!node) kubelet.start(cluster.addNode(aNode(name)));
    else if (!node.isPosting) kubelet.start(node);
    cluster.uncordon(cluster.nodes.get(name) ?? cluster.addNode(aNode(name)));
  }
}

function countOf({ cluster }: ControlPlane, kind: string): number {
  return [...cluster.pods.values()].filter(({ owner }) => owner?.kind === kind).length;
}
