import { describe, expect, it } from 'vitest';
import { Cluster } from '../../src/cluster/Cluster.ts';
import type { NodeState } from '../../src/cluster/Node.ts';
import { PodDemands } from '../../src/scheduler/PodDemands.ts';
import { Snapshot } from '../../src/scheduler/Snapshot.ts';
import { aNode, aPod } from '../support/builders.ts';

const taints = [{ key: 'k', value: '', effect: 'NoSchedule' }] as const;
const images = [{ names: ['app:1'], sizeBytes: 1 }];

describe('Snapshot', () => {
  it.each<[what: string, (node: NodeState) => Partial<NodeState>, notes: object]>([
    ['readiness', () => ({ ready: 'Unknown' }), {}],
    ['equal labels and taints in other objects', (node) => ({ labels: { ...node.labels }, taints: [...node.taints] }), {}],
    ['a label', (node) => ({ labels: { ...node.labels, zone: 'b' } }), { revised: 1 }],
    ['one label more', (node) => ({ labels: { ...node.labels, tier: 'x' } }), { revised: 1 }],
    ['its taints', () => ({ taints: [] }), { touched: 1, revised: 1 }],
    ['a cordon of a node that a taint closes anyway', () => ({ unschedulable: true }), { revised: 1 }],
    ['what it has to give', () => ({ allocatable: { cpu: 1000, pods: 5 } }), { touched: 1 }],
    ['its images', () => ({ images: [] }), { reimaged: 1 }],
  ])('notes of a node that changes %s what a search has to look at again', (_, change, notes) => {
    const cluster = new Cluster();
    const node = cluster.addNode(aNode('n', { labels: { zone: 'a' }, taints, images }));
    const snapshot = snapshotOf(cluster);
    const ends = () => ({ touched: snapshot.touched.end, revised: snapshot.revised.end, reimaged: snapshot.reimaged.end });
    const before = ends();
    cluster.updateNode(node, change(node));
    const { touched, revised, reimaged } = ends();
    expect({ touched: touched - before.touched, revised: revised - before.revised, reimaged: reimaged - before.reimaged }).toEqual({
      touched: 0,
      revised: 0,
      reimaged: 0,
      ...notes,
    });
  });

  it('leaves a pod that loses its owner where it is among the pods of its node', () => {
    const cluster = new Cluster();
    cluster.addNode(aNode('n'));
    const owner = { apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'web' };
    const [first] = ['a', 'b'].map((name) => cluster.addPod(aPod(name, { nodeName: 'n', owner })));
    const snapshot = snapshotOf(cluster);
    if (first) cluster.releasePod(first);
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
  cluster.subscribe((change) => snapshot.onChange(change));
  return snapshot;
}
