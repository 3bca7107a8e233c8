import { describe, expect, it } from 'vitest';
import { clusterOf } from '../../src/cluster/clusterOf.ts';
import type { NodeState } from '../../src/cluster/Node.ts';
import { aNode } from '../support/builders.ts';
import { NO_OBJECTS } from '../support/noObjects.ts';

describe('a node that is updated', () => {
  it('tells what it was like before, and nothing when nothing differs', () => {
    const cluster = clusterOf({ ...NO_OBJECTS, nodes: [aNode('n')] });
    const [node] = cluster.nodes.values();
    const told: NodeState[] = [];
    cluster.subscribe((change) => change.kind === 'nodeUpdated' && told.push(change.before));
    if (!node) throw new Error('no node');
    const { taints, labels } = node;
    cluster.updateNode(node, { ready: 'Unknown', isPosting: false, labels });
    cluster.updateNode(node, { ready: 'Unknown', isPosting: false, taints });
    expect(told).toMatchObject([{ ready: 'True', isPosting: true, labels, taints }]);
    expect(node).toMatchObject({ ready: 'Unknown', isPosting: false, unschedulable: false, labels, taints });
  });
});
