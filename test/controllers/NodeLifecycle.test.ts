import { describe, expect, it } from 'vitest';
import type { KubernetesVersion } from '../../src/cluster/KubernetesVersion.ts';
import type { Node } from '../../src/cluster/Node.ts';
import { aDaemonSet, aNode, aPod, aStatefulSet } from '../support/builders.ts';
import { aControlPlane, type ControlPlane } from '../support/controlPlane.ts';

const UNREACHABLE = 'node.kubernetes.io/unreachable';

describe('NodeLifecycle', () => {
  it('finds a silent node 40 to 55 s later, in a pass of 5 s', () => {
    for (const name of ['a', 'b', 'c', 'd', 'e', 'f']) {
      const plane = aControlPlane({ nodes: [aNode(name), aNode('other')] });
      stop(plane, name, 101);
      const { lostAt } = watch(plane, name, 300);
      expect(lostAt).toBeGreaterThanOrEqual(141);
      expect(lostAt).toBeLessThanOrEqual(156);
      expect((lostAt ?? 0) % 5).toBe(0);
    }
  });

  it('makes the pods of the node not Ready in the same instant, and keeps them', () => {
    const plane = aControlPlane({ nodes: [aNode('n1'), aNode('n2')], workloads: [aDaemonSet('agent')] });
    stop(plane, 'n1', 100);
    const { lostAt } = watch(plane, 'n1', 300);
    expect(plane.pod('agent-00001').readySince).toBe((lostAt ?? 0) * 1000);
    expect(plane.pod('agent-00001').ready).toBe(false);
    expect(plane.pod('agent-00002').ready).toBe(true);
  });

  it('does nothing when the node is back within 40 s', () => {
    const plane = aControlPlane({ nodes: [aNode('n1'), aNode('n2')] });
    stop(plane, 'n1', 100);
    start(plane, 'n1', 139);
    expect(watch(plane, 'n1', 300)).toEqual({ lostAt: undefined, noSchedule: [], noExecute: [] });
  });

  const versions: readonly { version: KubernetesVersion; delay: number }[] = [
    { version: '1.33', delay: 5 },
    { version: '1.34', delay: 0 },
    { version: '1.35', delay: 0 },
  ];

  it.each(versions)('puts NoExecute on the node $delay s after it is lost in $version', ({ version, delay }) => {
    const plane = aControlPlane({ nodes: [aNode('n1'), aNode('n2')], version });
    stop(plane, 'n1', 100);
    const { lostAt = 0, noSchedule, noExecute } = watch(plane, 'n1', 300);
    expect(noSchedule).toEqual([lostAt]);
    expect(noExecute).toEqual([lostAt + delay]);
  });

  it('takes NoSchedule back at once and NoExecute in the next pass when the node is Ready', () => {
    const plane = aControlPlane({ nodes: [aNode('n1'), aNode('n2')] });
    stop(plane, 'n1', 100);
    start(plane, 'n1', 201);
    const { noSchedule, noExecute } = watch(plane, 'n1', 300);
    expect(noSchedule.at(-1)).toBe(-201);
    expect(noExecute.at(-1)).toBe(-205);
  });

  it('gives the second of two nodes its NoExecute taint 10 s after the first', () => {
    const plane = fleet(4);
    for (const name of ['n1', 'n2']) stop(plane, name, 100);
    const seconds = taintings(plane);
    plane.until(300);
    const [first = 0, second = 0] = seconds;
    expect(seconds).toHaveLength(2);
    expect(second - first).toBe(10);
  });

  it('stops tainting when most of a small zone is down: four of six, the first some time before', () => {
    const plane = fleet(6);
    stop(plane, 'n1', 100);
    for (const name of ['n2', 'n3', 'n4']) stop(plane, name, 120);
    const seconds = taintings(plane);
    plane.until(1000);
    expect(seconds).toHaveLength(1);
    expect(nodesOf(plane).filter(({ ready }) => ready === 'Unknown')).toHaveLength(4);
  });

  it('stops tainting when every zone is down, and goes on when one node is back', () => {
    const plane = fleet(2);
    for (const name of ['n1', 'n2']) stop(plane, name, 100);
    start(plane, 'n2', 500);
    const seconds = taintings(plane);
    plane.until(499);
    expect(nodesOf(plane).map(({ ready }) => ready)).toEqual(['Unknown', 'Unknown']);
    expect(seconds.length).toBeLessThanOrEqual(1);
    plane.until(600);
    expect(nodesOf(plane).map((node) => hasTaint(node, 'NoExecute'))).toEqual([true, false]);
  });

  it('takes NoExecute back when the last Ready node is lost', () => {
    const plane = fleet(2);
    stop(plane, 'n1', 100);
    stop(plane, 'n2', 200);
    plane.until(199);
    expect(nodesOf(plane).map((node) => hasTaint(node, 'NoExecute'))).toEqual([true, false]);
    plane.until(300);
    expect(nodesOf(plane).map((node) => [hasTaint(node, 'NoSchedule'), hasTaint(node, 'NoExecute')])).toEqual([
      [true, false],
      [true, false],
    ]);
  });

  it('marks a node that registers before it is ready', () => {
    const plane = aControlPlane({ nodes: [aNode('n1')] });
    plane.at(10, () => plane.cluster.addNode(aNode('n2', { ready: 'False' })));
    plane.at(11, () => plane.kubelet.start(nodeOf(plane, 'n2')));
    plane.until(10);
    expect(nodeOf(plane, 'n2').taints).toEqual([{ key: 'node.kubernetes.io/not-ready', value: '', effect: 'NoSchedule' }]);
    plane.until(11);
    expect(nodeOf(plane, 'n2').taints).toEqual([]);
  });

  it('keeps the cordon of a node that comes and goes', () => {
    const plane = aControlPlane({ nodes: [aNode('n1'), aNode('n2')] });
    plane.at(50, () => plane.cluster.cordon(nodeOf(plane, 'n1')));
    stop(plane, 'n1', 100);
    start(plane, 'n1', 200);
    plane.until(300);
    expect(nodeOf(plane, 'n1').taints).toEqual([{ key: 'node.kubernetes.io/unschedulable', value: '', effect: 'NoSchedule' }]);
  });

  it('leads to the deletion of pods 300 s after NoExecute, which stay terminating: a StatefulSet does not move', () => {
    const plane = aControlPlane({ nodes: [aNode('n1'), aNode('n2')], workloads: [aStatefulSet('db', 1)] });
    stop(plane, 'n1', 100);
    const { noExecute } = watch(plane, 'n1', 2000);
    expect(plane.pod('db-0').termination).toEqual({
      requestedAt: ((noExecute[0] ?? 0) + 300) * 1000,
      gracePeriodSeconds: 30,
      cause: 'DeletionByTaintManager',
    });
    expect(plane.pod('db-0').nodeName).toBe('n1');
  });

  it('has nothing left to do when a node stays away', () => {
    const plane = aControlPlane({ nodes: [aNode('n1'), aNode('n2')], pods: [aPod('a', { nodeName: 'n1' })] });
    stop(plane, 'n1', 100);
    plane.until(100_000);
    expect(plane.sim.now).toBeLessThan(1000_000);
  });
});

function fleet(size: number): ControlPlane {
  return aControlPlane({ nodes: Array.from({ length: size }, (_, index) => aNode(`n${index + 1}`)) });
}

function stop(plane: ControlPlane, name: string, second: number): void {
  plane.at(second, () => plane.kubelet.stop(nodeOf(plane, name)));
}

function start(plane: ControlPlane, name: string, second: number): void {
  plane.at(second, () => plane.kubelet.start(nodeOf(plane, name)));
}

/** When the node was lost, and when its taint `unreachable` came (positive) and went (negative), in seconds. */
function watch(plane: ControlPlane, name: string, until: number) {
  const seen = { lostAt: undefined as number | undefined, noSchedule: [] as number[], noExecute: [] as number[] };
  const last = { NoSchedule: false, NoExecute: false };
  plane.cluster.subscribe((change) => {
    if (change.kind !== 'nodeUpdated' || change.node.name !== name) return;
    const second = plane.sim.now / 1000;
    if (change.node.ready === 'Unknown' && change.before.ready !== 'Unknown') seen.lostAt = second;
    for (const [effect, list] of [['NoSchedule', seen.noSchedule] as const, ['NoExecute', seen.noExecute] as const]) {
      const has = hasTaint(change.node, effect);
      if (has !== last[effect]) list.push(has ? second : -second);
      last[effect] = has;
    }
  });
  plane.until(until);
  return seen;
}

/** Collects the seconds in which nodes get NoExecute from now on. */
function taintings(plane: ControlPlane): number[] {
  const seconds: number[] = [];
  const tainted = new Set<string>();
  plane.cluster.subscribe((change) => {
    if (change.kind !== 'nodeUpdated' || tainted.has(change.node.name) || !hasTaint(change.node, 'NoExecute')) return;
    tainted.add(change.node.name);
    seconds.push(plane.sim.now / 1000);
  });
  return seconds;
}

function hasTaint({ taints }: Node, effect: string): boolean {
  return taints.some((taint) => taint.key === UNREACHABLE && taint.effect === effect);
}

function nodesOf({ cluster }: ControlPlane): Node[] {
  return [...cluster.nodes.values()];
}

function nodeOf({ cluster }: ControlPlane, name: string): Node {
  const node = cluster.nodes.get(name);
  if (!node) throw new Error(`no node ${name}`);
  return node;
}
