import { describe, expect, it } from 'vitest';
import { failureOfRun } from '../../src/cli/failureOfRun.ts';
import type { RunJob } from '../../src/experiments/RunJob.ts';
import { aScenario } from '../support/scenarios.ts';

const job: RunJob = { scenario: { ...aScenario({}), file: 'my shop.yaml' }, seed: '7#2', detail: 'figures' };
const outOfMemory = Object.assign(new Error('Worker terminated'), { code: 'ERR_WORKER_OUT_OF_MEMORY' });

describe('failureOfRun', () => {
  it('says how to replay a run that crashed', () => {
    expect(failureOfRun(new Error('odd'), job).faults).toEqual([
      { code: 'INTERNAL', message: 'run with seed 7#2: odd', hint: "replay: rollcast run 'my shop.yaml' --seed '7#2' --replications 1" },
    ]);
  });

  it('says how to replay a forecast of a recorded roll, whichever of its runs it is of', () => {
    const forecast: RunJob = { ...job, seed: '3', detail: 'rollFigures' };
    expect(failureOfRun(new Error('odd'), forecast).faults).toMatchObject([{ hint: "replay: rollcast verify 'my shop.yaml' --seeds 3" }]);
  });

  it.each([
    [job, 'run with seed 7#2: out of memory'],
    [undefined, 'reading the scenario in a thread: out of memory'],
  ])('says how to give a thread more memory', (at, message) => {
    expect(failureOfRun(outOfMemory, at).faults).toEqual([
      { code: 'MEMORY_EXHAUSTED', message, hint: expect.stringContaining('NODE_OPTIONS=--max-old-space-size=8192') },
    ]);
  });

  it('keeps what was thrown as its cause', () => {
    const odd = new Error('odd');
    expect(failureOfRun(odd, undefined)).toMatchObject({ code: 'INTERNAL', message: 'thread: odd', cause: odd });
  });
});
