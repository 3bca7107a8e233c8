import { beforeEach, describe, expect, it } from 'vitest';
import { Cluster } from '../../../src/cluster/Cluster.ts';
import type { Node } from '../../../src/cluster/Node.ts';
import { podRequests } from '../../../src/cluster/podRequests.ts';
import { balancedAllocation } from '../../../src/scheduler/balancedAllocation.ts';
import { leastAllocated } from '../../../src/scheduler/leastAllocated.ts';
import { PodDemands } from '../../../src/scheduler/PodDemands.ts';
import { hasRoomFor } from '../../../src/scheduler/plugins/NodeResourcesFit.ts';
import { Snapshot } from '../../../src/scheduler/Snapshot.ts';
import { AffinityIndex } from '../../../src/scheduler/search/AffinityIndex.ts';
import { hasBit } from '../../../src/scheduler/search/bits.ts';
import { Columns } from '../../../src/scheduler/search/Columns.ts';
import { START } from '../../../src/units.ts';
import { aNode, aPod, aPodSpec } from '../../support/builders.ts';

const spec = aPodSpec({ cpu: 2, memory: 4 });
const requests = podRequests(spec, '1.34');
const ALL = -1;

describe('ResourceColumn', () => {
  let cluster: Cluster;
  let snapshot: Snapshot;
  let nodes: readonly Node[];

  beforeEach(() => {
    cluster = new Cluster();
    snapshot = new Snapshot(cluster, new PodDemands('1.34'));
    cluster.subscribe(snapshot);
    nodes = Array.from({ length: 70 }, (_, i) => cluster.addNode(aNode(`n${i}`, { cpu: 2 + (i % 3), pods: 1 + (i % 2) })));
  });

  it('says of every node what the plugins say, whatever changed on it', () => {
    const { column, says } = columns();
    expect(says(ALL)).toEqual(pluginsSay());
    const [full, half, smaller, cordoned] = nodes;
    for (const [i, node] of [full, half].entries()) bind(`p${i}`, node);
    if (smaller) cluster.updateNode(smaller, { allocatable: { cpu: 2000, memory: 8 * 1024 ** 3, pods: 1 } });
    if (cordoned) cluster.cordon(cordoned);
    column.refresh();
    expect(says(ALL)).toEqual(pluginsSay());
  });

  it('finds the numbers of a node that has taken over the row of another', () => {
    const [gone, next] = nodes;
    if (gone) cluster.removeNode(gone);
    bind('p', cluster.addNode(aNode('late', { cpu: 3 })));
    bind('q', next);
    expect(columns().says(ALL)).toEqual(pluginsSay());
  });

  it('works out only the nodes that it is asked for, and those it took for the best', () => {
    const { column, says } = columns();
    expect(says(0)).toEqual(nodes.map(({ name }) => [name, false, 0]));
    const before = says(ALL);
    const [best, other] = [nodes[2], nodes[1]];
    bind('p', best);
    bind('q', other);
    column.refresh();
    expect([(column.scores.best[0] ?? 0) & (1 << 2), (column.scores.best[0] ?? 0) & (1 << 1)]).toEqual([1 << 2, 0]);
    const now = pluginsSay();
    expect(says(0)).toEqual(before.map((was, i) => (i === 2 ? now[i] : was)));
    expect(says(1 << 1)).toEqual(now);
  });

  it('works out all nodes without taints, and of these afterwards only those that changed', () => {
    const { column, says } = columns();
    column.workOutUntainted();
    expect(says(0)).toEqual(pluginsSay());
    for (const [i, node] of [nodes[2], nodes[40]].entries()) bind(`p${i}`, node);
    column.refresh();
    column.workOutUntainted();
    expect(says(0)).toEqual(pluginsSay());
    const closed = nodes[5];
    const isBest = () => hasBit(column.scores.best, 5);
    expect(isBest()).toBe(true);
    if (closed) cluster.cordon(closed);
    column.refresh();
    column.workOutUntainted();
    expect(isBest()).toBe(false);
    if (closed) cluster.uncordon(closed);
    column.refresh();
    column.workOutUntainted();
    expect(isBest()).toBe(true);
  });

  function columns() {
    const affinities = new AffinityIndex(snapshot.groups, () => ({}));
    const column = new Columns(snapshot, '1.34', affinities).resources(requests);
    column.refresh();
    /** After asking for these nodes of each block. */
    const says = (asked: number) => {
      column.workOut(Int32Array.of(asked, asked, asked), 0, 3);
      return snapshot.nodes.map(({ name, position }) => [name, hasBit(column.fits, position), column.scores.of[position]]);
    };
    return { column, says };
  }

  function pluginsSay() {
    return snapshot.nodes.map((node) => {
      const fits = hasRoomFor(requests, node, '1.34');
      return [node.name, fits, fits ? leastAllocated(node, requests.pendingScore) + balancedAllocation(node, requests) : 0];
    });
  }

  function bind(name: string, node: Node | undefined): void {
    if (node) cluster.bindPod(cluster.addPod(aPod(name, { spec: aPodSpec({ cpu: 1, memory: 1 }) })), node, START);
  }
});
