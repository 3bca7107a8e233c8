import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JobBoard } from '../../src/cli/JobBoard.ts';
import { makeRuns } from '../../src/cli/makeRuns.ts';
import type { Made } from '../../src/cli/worker.ts';
import { type RunJob, runJob } from '../../src/experiments/RunJob.ts';
import { aNode } from '../support/builders.ts';
import { aScenario } from '../support/scenarios.ts';

const scenario = aScenario({ cluster: { nodes: [aNode('n1')] } });
const outcome = runJob({ scenario, seed: 's', detail: 'figures' });
const jobs = (count: number): RunJob<'figures'>[] =>
  Array.from({ length: count }, (_, index) => ({ scenario, seed: `s#${index}`, detail: 'figures' }));

/** Workers of unequal speed: each shift takes as many jobs as drawn and ends as many ticks later; some jobs break it. */
function crew(shifts: fc.Stream<{ length: number; ticks: number }>, breaks: ReadonlySet<number>) {
  return async (board: JobBoard, place: number): Promise<readonly Made<'figures'>[]> => {
    const { length, ticks } = shifts.next().value ?? { length: 1, ticks: 0 };
    const made: Made<'figures'>[] = [];
    for (let index = board.take(place); index !== undefined; index = made.length < length ? board.take(place) : undefined) {
      for (let tick = 0; tick < ticks; tick += 1) await Promise.resolve();
      if (breaks.has(index)) throw new Error(`job ${index}`);
      made.push({ index, outcome: { ...outcome, seed: `s#${index}` } });
    }
    return made.reverse();
  };
}

const speeds = fc.infiniteStream(fc.record({ length: fc.integer({ min: 1, max: 7 }), ticks: fc.nat({ max: 9 }) }));
const interrupted = new AbortController().signal;

describe('makeRuns', () => {
  it('gives every outcome once, in the order of the jobs, and counts to the end', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: 40 }), fc.integer({ min: 1, max: 5 }), speeds, async (count, places, shifts) => {
        const counts: number[] = [];
        const workShift = crew(shifts, new Set());
        const outcomes = await makeRuns(jobs(count), { places, workShift, interrupted, onDone: (done) => counts.push(done) });
        expect(outcomes.map(({ seed }) => seed)).toEqual(jobs(count).map(({ seed }) => seed));
        expect(counts).toEqual([...counts].sort((a, b) => a - b));
        expect([counts[0], counts.at(-1)]).toEqual([0, count]);
      }),
    );
  });

  it('names the first job that fails, however the work was shared', async () => {
    const broken = fc.uniqueArray(fc.nat({ max: 39 }), { minLength: 1, maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(broken, fc.integer({ min: 1, max: 5 }), speeds, async (indices, places, shifts) => {
        const first = Math.min(...indices);
        const workShift = crew(shifts, new Set(indices));
        await expect(makeRuns(jobs(40), { places, workShift, interrupted, onDone: () => {} })).rejects.toMatchObject({
          faults: [{ message: `run with seed s#${first}: job ${first}` }],
        });
      }),
    );
  });
});
