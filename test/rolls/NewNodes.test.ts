import { describe, expect, it } from 'vitest';
import { clusterOf } from '../../src/cluster/clusterOf.ts';
import { NewNodes } from '../../src/rolls/NewNodes.ts';
import { aNode } from '../support/builders.ts';
import { NO_OBJECTS } from '../support/noObjects.ts';

const ZONE = 'topology.kubernetes.io/zone';
const inZone = (name: string, zone: string) =>
  aNode(name, { labels: { [ZONE]: zone, byHand: 'yes' }, poolLabels: { [ZONE]: zone, 'kubernetes.io/hostname': name } });

function newNodes(nodes: readonly ReturnType<typeof aNode>[], count: number) {
  const cluster = clusterOf({ ...NO_OBJECTS, nodes });
  const made = new NewNodes({ cluster }, { nodes: nodes.map(({ name }) => name), pool: 'workers' });
  return Array.from({ length: count }, () => made.next()?.description);
}

describe('the nodes that a roll makes', () => {
  it('take zones in turn, and spread in the end as the old ones did', () => {
    const nodes = [inZone('a', 'x'), inZone('b', 'x'), inZone('c', 'x'), inZone('d', 'y')];
    expect(newNodes(nodes, 4).map((node) => node?.labels[ZONE])).toEqual(['x', 'y', 'x', 'x']);
  });

  it('begin anew with the zones when there are more than before', () => {
    expect(newNodes([inZone('a', 'x'), inZone('b', 'y')], 3).map((node) => node?.labels[ZONE])).toEqual(['x', 'y', 'x']);
  });

  it('have names of their own that nobody has, and nothing that was put on the old ones by hand', () => {
    const [first, second] = newNodes([inZone('a', 'x'), inZone('workers-new-1', 'x')], 2);
    expect([first?.name, second?.name]).toEqual(['workers-new-2', 'workers-new-3']);
    expect(first?.labels).toEqual({ [ZONE]: 'x', 'kubernetes.io/hostname': 'workers-new-2' });
    expect(first).toMatchObject({ pool: 'workers', unschedulable: false, taints: [], ready: 'True' });
  });
});
