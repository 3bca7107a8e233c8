import { describe, expect, it } from 'vitest';
import type { NodeOrder } from '../../src/rolls/RollPlan.ts';
import { run } from '../../src/run/run.ts';
import { aNode } from '../support/builders.ts';
import { aScenario } from '../support/scenarios.ts';

const ZONES = { 'n-10': 'b', 'n-2': 'a', 'n-3': undefined, 'n-4': 'b', 'n-1': 'a' };
const CREATED: Readonly<Record<string, number>> = { 'n-10': 40, 'n-2': 20, 'n-4': 10, 'n-1': 10 };

/** The nodes of {@link ZONES} in the order in which a roll takes them; those in `unready` are not Ready. */
function taken(order: NodeOrder, { unready = [] as readonly string[], preset = 'cce-sync', seed = '1' } = {}) {
  const nodes = Object.entries(ZONES).map(([name, zone]) => {
    const labels = zone === undefined ? {} : { 'topology.kubernetes.io/zone': zone };
    const createdEpoch = CREATED[name];
    const ready = unready.includes(name) ? 'False' : 'True';
    return aNode(name, { labels, poolLabels: labels, ready, ...(createdEpoch === undefined ? {} : { createdEpoch }) });
  });
  return run(aScenario({ cluster: { nodes }, roll: { order, preset } }), seed).roll.nodes.map(({ node }) => node);
}

describe('orderNodes', () => {
  it.each<[NodeOrder, string]>([
    ['listing', 'n-10 n-2 n-3 n-4 n-1'],
    ['name', 'n-1 n-10 n-2 n-3 n-4'],
    ['zone', 'n-2 n-1 n-10 n-4 n-3'],
    ['oldest', 'n-4 n-1 n-2 n-10 n-3'],
    ['newest', 'n-10 n-2 n-4 n-1 n-3'],
    ['zoneThenOldest', 'n-1 n-2 n-4 n-10 n-3'],
  ])('%s takes %s: what is not known comes last, and ties stay as they are listed', (order, expected) => {
    expect(taken(order).join(' ')).toBe(expected);
  });

  it('takes nodes that are not Ready before the others, each by name', () => {
    expect(taken('unhealthyFirst', { unready: ['n-4', 'n-3'] })).toEqual(['n-3', 'n-4', 'n-1', 'n-10', 'n-2']);
  });

  it('takes hashes in an order of their own for each system, the same under every seed', () => {
    const order = taken('hash');
    expect([...order].sort()).toEqual(Object.keys(ZONES).sort());
    expect(order).not.toEqual(taken('name'));
    expect(taken('hash', { seed: '2' })).toEqual(order);
    expect(taken('hash', { preset: 'kubectl-drain' })).not.toEqual(order);
  });
});
