import { describe, expect, it } from 'vitest';
import { packed, unpacked } from '../../src/scenario/packedScenarios.ts';
import { instant } from '../../src/units.ts';
import { aNode, aPod, aPodSpec } from '../support/builders.ts';
import { aScenario } from '../support/scenarios.ts';

describe('packed scenarios', () => {
  it('come back as they were, with the clusters and specs that they have in common', () => {
    const spec = aPodSpec({ cpu: 1 });
    const termination = { requestedAt: instant(-5), gracePeriodSeconds: 30, cause: 'Delete' } as const;
    const pods = [
      aPod('a', { spec, nodeName: 'n1', phase: 'Running', ready: true, createdAt: instant(-10) }),
      aPod('b', { spec, nodeName: 'n1', nominatedNodeName: 'n2', termination }),
      aPod('c', { labels: { app: 'c' } }),
    ];
    const one = aScenario({ cluster: { nodes: [aNode('n1')], pods } });
    const scenarios = [one, { ...one, name: 'again' }, aScenario({ cluster: { nodes: [aNode('n2')] } })];
    const back = unpacked(structuredClone(packed(scenarios)));
    expect(back).toStrictEqual(scenarios);
    expect(back[1]?.cluster).toBe(back[0]?.cluster);
    expect(back[0]?.cluster.pods[1]?.spec).toBe(back[0]?.cluster.pods[0]?.spec);
  });
});
