import { describe, expect, it } from 'vitest';
import { run } from '../../src/run/run.ts';
import { aNode } from '../support/builders.ts';
import { aScenario } from '../support/scenarios.ts';

const ZONES = { 'n-10': 'b', 'n-2': 'a', 'n-3': undefined, 'n-4': 'b', 'n-1': 'a' };

/** The nodes of {@link ZONES} in the order in which a roll takes them. */
function taken(order: 'listing' | 'name' | 'zone') {
  const nodes = Object.entries(ZONES).map(([name, zone]) => {
    const labels = zone === undefined ? {} : { 'topology.kubernetes.io/zone': zone };
    return aNode(name, { labels, poolLabels: labels });
  });
  return run(aScenario({ cluster: { nodes }, roll: { order } }), '1').roll.nodes.map(({ node }) => node);
}

describe('orderNodes', () => {
  it('keeps the listing', () => {
    expect(taken('listing')).toEqual(['n-10', 'n-2', 'n-3', 'n-4', 'n-1']);
  });

  it('goes by name', () => {
    expect(taken('name')).toEqual(['n-1', 'n-10', 'n-2', 'n-3', 'n-4']);
  });

  it('takes zone after zone, nodes of one zone as they are listed and those without a zone last', () => {
    expect(taken('zone')).toEqual(['n-2', 'n-1', 'n-10', 'n-4', 'n-3']);
  });
});
