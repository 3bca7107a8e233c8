import { describe, expect, it } from 'vitest';
import { RollError } from '../../src/errors.ts';
import { run } from '../../src/run/run.ts';
import { archiveScenario } from '../../src/scenario/archiveScenario.ts';
import { restoreScenario } from '../../src/scenario/restoreScenario.ts';
import type { Scenario } from '../../src/scenario/Scenario.ts';
import { NEVER } from '../../src/units.ts';
import { aNode, aPod, aPodSpec } from '../support/builders.ts';
import { aScenario } from '../support/scenarios.ts';

const archived = (scenario: Scenario) => [...archiveScenario(scenario, '1.2.3')].join('');
const restored = (scenario: Scenario) => restoreScenario(archived(scenario), 'scenario.json.gz').scenario;

describe('restoreScenario', () => {
  it('gives back durations that never end', () => {
    const roll = { failure: { readyTimeout: NEVER, then: 'stop' as const, retries: 1 } };
    const { readyTimeout } = restored(aScenario({ roll })).roll.failure;
    expect(readyTimeout).toBe(Number.POSITIVE_INFINITY);
  });

  it('gives back maps, also with values that are not given', () => {
    const drivers = new Map([
      ['disk.csi', 3],
      ['file.csi', undefined],
    ]);
    const scenario = aScenario({ cluster: { csiNodes: [{ name: 'n1', annotations: {}, drivers }] } });
    expect(restored(scenario).cluster.csiNodes[0]?.drivers).toStrictEqual(drivers);
  });

  it('keeps keys that look like its own marks', () => {
    const labels = { $ref: '0', $map: 'x', plain: 'y', $$: 'z' };
    const scenario = aScenario({ cluster: { nodes: [{ ...aNode('n1'), labels }] } });
    expect(restored(scenario).cluster.nodes[0]?.labels).toStrictEqual(labels);
  });

  it('lets pods of one template share its spec again', () => {
    const spec = aPodSpec({ cpu: 1 });
    const pods = [aPod('a', { spec }), aPod('b', { spec })];
    const [a, b] = restored(aScenario({ cluster: { pods } })).cluster.pods;
    expect(a?.spec).toEqual(spec);
    expect(a?.spec).toBe(b?.spec);
  });

  it('gives a scenario that runs to the same result', () => {
    const cluster = { nodes: [aNode('n1'), aNode('n2')], pods: [aPod('a', { nodeName: 'n1', cpu: 3 })] };
    const scenario = aScenario({ cluster });
    expect(run(restored(scenario), '7')).toStrictEqual(run(scenario, '7'));
  });

  it('is not made of what would be lost', () => {
    const csiNode = { name: 'n1', annotations: {}, drivers: new Map(), kept: new Set(['a']) };
    expect(() => archived(aScenario({ cluster: { csiNodes: [csiNode] } }))).toThrow('nothing but plain data');
  });

  it.each([
    ['text that is no JSON', 'not json'],
    ['JSON that is no archive', '{"a": 1}'],
    ['an archive of another version', '[{"archiveVersion": 99}, {}]'],
    ['an archive without a scenario', '[{"archiveVersion": 1}, {"cluster": {}}]'],
  ])('refuses %s', (_name, text) => {
    expect(() => restoreScenario(text, 'f')).toThrow(expect.objectContaining({ code: 'ARCHIVE_INVALID' }));
    expect(() => restoreScenario(text, 'f')).toThrow(RollError);
  });
});
