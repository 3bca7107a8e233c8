import { describe, expect, it } from 'vitest';
import { Cluster } from '../../src/cluster/Cluster.ts';
import type { NodeState } from '../../src/cluster/Node.ts';
import { PodDemands } from '../../src/scheduler/PodDemands.ts';
import { Snapshot } from '../../src/scheduler/Snapshot.ts';
import { START } from '../../src/units.ts';
import { aContainer, aNode, aPod, aPodSpec } from '../support/builders.ts';

const taints = [{ key: 'k', value: '', effect: 'NoSchedule' }] as const;
const images = [{ names: ['app:1'], sizeBytes: 1 }];

describe('Snapshot', () => {
  it.each<[what: string, (node: NodeState) => Partial<NodeState>, notes: Partial<Ends>]>([
    ['readiness', () => ({ ready: 'Unknown' }), {}],
    ['equal labels and taints in other objects', (node) => ({ labels: { ...node.labels }, taints: [...node.taints] }), {}],
    ['a label', (node) => ({ labels: { ...node.labels, zone: 'b' } }), { revised: 1 }],
    ['one label more', (node) => ({ labels: { ...node.labels, tier: 'x' } }), { revised: 1 }],
    ['its taints', () => ({ taints: [] }), { changes: 1, revised: 1 }],
    ['a cordon of a node that a taint closes anyway', () => ({ unschedulable: true }), { revised: 1 }],
    ['what it has to give', () => ({ allocatable: { cpu: 1000, pods: 5 } }), { changes: 1 }],
    ['its images', () => ({ images: [] }), { reimaged: 1 }],
  ])('notes of a node that changes %s what a search has to look at again', (_, change, notes) => {
    const cluster = new Cluster();
    const node = cluster.addNode(aNode('n', { labels: { zone: 'a' }, taints, images }));
    const snapshot = snapshotOf(cluster);
    const before = endsOf(snapshot);
    cluster.updateNode(node, change(node));
    expect(endsOf(snapshot)).toEqual(laterBy(notes, before));
  });

  it('notes which nodes pods come to, and whether they have ports', () => {
    const cluster = new Cluster();
    const [open, closed] = [cluster.addNode(aNode('n')), cluster.addNode(aNode('m', { taints }))];
    const snapshot = snapshotOf(cluster);
    const before = endsOf(snapshot);
    const containers = [aContainer({ ports: [{ hostIP: '', hostPort: 80, protocol: 'TCP' }] })];
    cluster.bindPod(cluster.addPod(aPod('p', { spec: aPodSpec({ containers }) })), open, START);
    cluster.removePod(cluster.addPod(aPod('q', { nodeName: open.name })));
    cluster.bindPod(cluster.addPod(aPod('r')), closed, START);
    expect(endsOf(snapshot)).toEqual(laterBy({ changes: 2, ported: 1 }, before));
    cluster.cordon(open);
    expect(endsOf(snapshot)).toEqual(laterBy({ changes: 3, ported: 1, revised: 1 }, before));
  });

  it('leaves a pod that loses its owner where it is among the pods of its node', () => {
    const cluster = new Cluster();
    cluster.addNode(aNode('n'));
    const owner = { apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'web' };
    const [first] = ['a', 'b'].map((name) => cluster.addPod(aPod(name, { nodeName: 'n', owner })));
    const snapshot = snapshotOf(cluster);
    if (first) cluster.setPodOwner(first, undefined);
    expect([first?.owner, snapshot.node('n')?.pods.map(({ name }) => name)]).toEqual([undefined, ['a', 'b']]);
  });

  it('puts a pod on the node that has the name of the one it was bound to', () => {
    const cluster = new Cluster();
    const old = cluster.addNode(aNode('n'));
    const snapshot = snapshotOf(cluster);
    cluster.removeNode(old);
    cluster.addNode(aNode('other'));
    const node = cluster.addNode(aNode('n'));
    const pod = cluster.addPod(aPod('p'));
    cluster.bindPod(pod, node, pod.createdAt);
    expect(snapshot.nodes.map(({ name, pods }) => [name, pods.length])).toEqual([
      ['other', 0],
      ['n', 1],
    ]);
  });
});

function snapshotOf(cluster: Cluster): Snapshot {
  const snapshot = new Snapshot(cluster, new PodDemands('1.34'));
  cluster.subscribe(snapshot);
  return snapshot;
}

type Ends = Record<'changes' | 'revised' | 'ported' | 'reimaged', number>;

function endsOf({ changes, revised, ported, reimaged }: Snapshot): Ends {
  return { changes: changes.readToEnd(), revised: revised.end, ported: ported.end, reimaged: reimaged.end };
}

/** `ends` after so many notes more. */
function laterBy(notes: Partial<Ends>, ends: Ends): Ends {
  const sum = { ...ends };
  for (const log of ['changes', 'revised', 'ported', 'reimaged'] as const) sum[log] += notes[log] ?? 0;
  return sum;
}
