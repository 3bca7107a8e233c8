import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EventRow } from '../../src/run/EventColumns.ts';
import { run } from '../../src/run/run.ts';
import type { Scenario } from '../../src/scenario/Scenario.ts';
import { instant, minutes, seconds } from '../../src/units.ts';
import { aDeployment, aNode } from '../support/builders.ts';
import { eventsOf } from '../support/eventsOf.ts';
import { aScenario } from '../support/scenarios.ts';

const HORIZON = minutes(120);

const cases = fc.record({
  quorum: fc.integer({ min: 1, max: 4 }),
  sync: fc.integer({ min: 0, max: 1500 }),
  deletions: fc.array(fc.record({ at: fc.integer({ min: 0, max: 3600 }), pod: fc.integer({ min: 1, max: 12 }) }), { maxLength: 12 }),
});

const nodes = ['a', 'b', 'c'].map((name) => aNode(name));
const plain = aScenario({ cluster: { nodes, workloads: [aDeployment('web', 3, { cpu: 1 })] }, horizon: HORIZON });
const [original = ''] = eventsOf(run(plain, '1')).flatMap(({ kind, object }) => (kind === 'podCreated' ? [object] : []));
/** Its pods are numbered in order of creation. */
const named = (pod: number) => original.replace(/^Pod\//, '').replace(/\d+$/, String(pod).padStart(5, '0'));

describe('quorums', () => {
  it('measure what the events of the pods add up to', () => {
    fc.assert(
      fc.property(cases, ({ quorum, sync, deletions }) => {
        const disturbances = deletions.map(({ at, pod }) => ({ at: instant(seconds(at)), kind: 'deletePod', pod: named(pod) }) as const);
        const quorums: Scenario['quorums'] = [{ match: {}, quorum, sync: { kind: 'constant', value: seconds(sync) } }];
        const result = run({ ...plain, disturbances, quorums }, '1');
        const [web] = result.workloads;
        const counts = inSync(eventsOf(result), seconds(sync));
        const below = counts.reduce((sum, { from, to, count }) => (count < quorum ? sum + to - from : sum), 0);
        expect(web?.belowFloor).toBe(below);
        expect(web?.quorum).toEqual({ size: quorum, leastInSync: Math.min(...counts.map(({ count }) => count)), isSyncing: false });
      }),
      { numRuns: 60 },
    );
  });
});

/** Between which times how many pods were in sync, by the times at which each became Ready and was asked to go. */
function inSync(events: readonly EventRow[], sync: number) {
  const timeOf = (kind: string, pod: string) => events.find((event) => event.kind === kind && event.object === pod)?.at;
  const pods = new Set([1, 2, 3].map((number) => `Pod/${named(number)}`));
  for (const { kind, object } of events) if (kind === 'podCreated') pods.add(object);
  const spans = [...pods].map((pod) => {
    const isOriginal = timeOf('podCreated', pod) === undefined;
    const from = isOriginal ? 0 : (timeOf('podReady', pod) ?? Number.POSITIVE_INFINITY) + sync;
    return { from, to: timeOf('podTerminating', pod) ?? HORIZON };
  });
  const times = [0, HORIZON, ...spans.flatMap(({ from, to }) => [from, to])].filter((time) => time <= HORIZON);
  const cuts = [...new Set(times)].sort((a, b) => a - b);
  return cuts.slice(1).map((to, index) => {
    const from = cuts[index] ?? 0;
    return { from, to, count: spans.filter((span) => span.from <= from && from < span.to).length };
  });
}
