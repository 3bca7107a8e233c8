import { beforeEach, describe, expect, it } from 'vitest';
import { Cluster } from '../../../src/cluster/Cluster.ts';
import type { Node } from '../../../src/cluster/Node.ts';
import type { PodSpec } from '../../../src/cluster/PodSpec.ts';
import { podRequests } from '../../../src/cluster/podRequests.ts';
import { balancedAllocation } from '../../../src/scheduler/balancedAllocation.ts';
import { leastAllocated } from '../../../src/scheduler/leastAllocated.ts';
import { PodDemands } from '../../../src/scheduler/PodDemands.ts';
import { hasRoomFor } from '../../../src/scheduler/plugins/NodeResourcesFit.ts';
import { Snapshot } from '../../../src/scheduler/Snapshot.ts';
import { AffinityIndex } from '../../../src/scheduler/search/AffinityIndex.ts';
import { hasBit } from '../../../src/scheduler/search/bits.ts';
import { Columns } from '../../../src/scheduler/search/Columns.ts';
import { PlacementColumn } from '../../../src/scheduler/search/PlacementColumn.ts';
import type { ResourceColumn } from '../../../src/scheduler/search/ResourceColumn.ts';
import { START } from '../../../src/units.ts';
import { aNode, aPod, aPodSpec } from '../../support/builders.ts';

const spec = aPodSpec({ cpu: 2, memory: 4 });
const tolerant: PodSpec = { ...spec, tolerations: [{ key: '', operator: 'Exists', value: '' }] };
const requests = podRequests(spec, '1.34');

describe('ResourceColumn', () => {
  let cluster: Cluster;
  let snapshot: Snapshot;
  let nodes: readonly Node[];

  beforeEach(() => {
    cluster = new Cluster();
    snapshot = new Snapshot(cluster, new PodDemands('1.34'));
    cluster.subscribe((change) => snapshot.onChange(change));
    nodes = Array.from({ length: 70 }, (_, i) => cluster.addNode(aNode(`n${i}`, { cpu: 2 + (i % 3), pods: 1 + (i % 2) })));
  });

  it('says of every node what the plugins say, whatever changed on it', () => {
    const { column, placement, says } = columns();
    refresh(column, placement);
    expect(says()).toEqual(pluginsSay());
    const [full, half, smaller, cordoned] = nodes;
    for (const [i, node] of [full, half].entries()) bind(`p${i}`, node);
    if (smaller) cluster.updateNode(smaller, { allocatable: { cpu: 2000, memory: 8 * 1024 ** 3, pods: 1 } });
    if (cordoned) cluster.cordon(cordoned);
    refresh(column, placement);
    expect(says()).toEqual(pluginsSay());
  });

  it('finds the numbers of a node that has taken over the row of another', () => {
    const [gone, next] = nodes;
    if (gone) cluster.removeNode(gone);
    bind('p', cluster.addNode(aNode('late', { cpu: 3 })));
    bind('q', next);
    const { column, placement, says } = columns();
    refresh(column, placement);
    expect(says()).toEqual(pluginsSay());
  });

  it('takes in what happens on closed nodes once it looks for pods that one of them lets in', () => {
    const { column, placement, says } = columns();
    const [closed] = nodes;
    if (closed) cluster.cordon(closed);
    refresh(column, placement);
    const before = says();
    bind('p', closed);
    refresh(column, placement);
    expect(says()).toEqual(before);
    refresh(column, new PlacementColumn(snapshot, tolerant));
    expect(says()).not.toEqual(before);
    expect(says()).toEqual(pluginsSay());
  });

  function columns() {
    const affinities = new AffinityIndex(snapshot.groups, () => ({}));
    const column = new Columns(snapshot, '1.34', affinities).resources(requests);
    const says = () => snapshot.nodes.map(({ name, position }) => [name, hasBit(column.fits, position), column.scores.of[position]]);
    return { column, placement: new PlacementColumn(snapshot, spec), says };
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

function refresh(column: ResourceColumn, placement: PlacementColumn): void {
  placement.refresh();
  column.refresh(placement);
}
