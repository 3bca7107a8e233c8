import { describe, expect, it } from 'vitest';
import { runInThreads } from '../../src/cli/threads.ts';
import type { RunJob } from '../../src/experiments/RunJob.ts';

/** A scenario that no parser gives, so that the run itself breaks. */
const broken: RunJob = { scenario: JSON.parse('{"file": "odd.yaml"}'), seed: 's#3', detail: 'figures' };

describe('runInThreads', () => {
  it('names the seed and the replay command of a run that breaks', async () => {
    await expect(runInThreads(2, new AbortController().signal)([broken], () => {})).rejects.toMatchObject({
      code: 'INTERNAL',
      faults: [
        { message: expect.stringContaining('run with seed s#3: '), hint: "replay: rollcast run odd.yaml --seed 's#3' --replications 1" },
      ],
    });
  });

  it('gives no result once it is interrupted', async () => {
    const stop = new AbortController();
    stop.abort();
    await expect(runInThreads(2, stop.signal)([broken], () => {})).rejects.toMatchObject({ name: 'AbortError' });
  });
});
