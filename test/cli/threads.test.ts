import { describe, expect, it } from 'vitest';
import { withThreads } from '../../src/cli/threads.ts';
import { type RunJob, runSerially } from '../../src/experiments/RunJob.ts';
import { minutes } from '../../src/units.ts';
import { aNode } from '../support/builders.ts';
import { aScenario, aTiming } from '../support/scenarios.ts';

const timing = {
  ...aTiming(),
  nodes: [{ match: {}, reset: { kind: 'uniform', min: minutes(5), max: minutes(15) }, origin: 'assumed' }],
} as const;
const scenario = aScenario({ cluster: { nodes: [aNode('n1'), aNode('n2')] }, timing });

/** A scenario that no parser gives, so that the run itself breaks. */
const broken: RunJob<'figures'> = { scenario: JSON.parse('{"file": "odd.yaml", "cluster": {"pods": []}}'), seed: 's#3', detail: 'figures' };
const never = new AbortController().signal;

function jobs(count: number): RunJob<'figures'>[] {
  return Array.from({ length: count }, (_, index) => ({ scenario, seed: `s#${index}`, detail: 'figures' }));
}

describe('withThreads', () => {
  it.each([
    [1, 1],
    [3, 4],
    [13, 2],
    [211, 3],
  ])('makes %i runs on up to %i threads as one after another', async (count, threads) => {
    const expected = await runSerially(jobs(count), () => {});
    expect(await withThreads(threads, never, (runBatch) => runBatch(jobs(count), () => {}))).toEqual(expected);
  });

  it('makes one batch after another, each at its own detail', async () => {
    const full: RunJob<'everything'> = { scenario, seed: 's#1', detail: 'everything' };
    const made = await withThreads(2, never, async (runBatch) => [
      await runBatch(jobs(3), () => {}),
      await runBatch([full], () => {}),
      await runBatch([], () => {}),
    ]);
    expect(made).toEqual([await runSerially(jobs(3), () => {}), await runSerially([full], () => {}), []]);
  });

  it.each([1, 3])('names the seed and the replay command of the run that breaks amid others, on %i threads', async (threads) => {
    const mixed = [...jobs(5), broken, ...jobs(5), { ...broken, seed: 's#8' }, ...jobs(50)];
    await expect(withThreads(threads, never, (runBatch) => runBatch(mixed, () => {}))).rejects.toMatchObject({
      code: 'INTERNAL',
      faults: [
        { message: expect.stringContaining('run with seed s#3: '), hint: "replay: rollcast run odd.yaml --seed 's#3' --replications 1" },
      ],
    });
  });

  it('gives no outcome once it is interrupted', async () => {
    const stop = new AbortController();
    stop.abort();
    await expect(withThreads(2, stop.signal, (runBatch) => runBatch([broken], () => {}))).rejects.toMatchObject({ name: 'AbortError' });
  });

  it('ends in the middle of a batch when it is interrupted', async () => {
    const stop = new AbortController();
    const counts: number[] = [];
    const onDone = (done: number): void => {
      counts.push(done);
      if (done > 0) stop.abort();
    };
    const work = withThreads(2, stop.signal, (runBatch) => runBatch(jobs(100_000), onDone));
    await expect(work).rejects.toMatchObject({ name: 'AbortError' });
    expect(counts.at(-1)).toBeLessThan(100_000);
  });
});
