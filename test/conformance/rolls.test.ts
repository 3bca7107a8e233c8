import { readdirSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { runSerially } from '../../src/experiments/RunJob.ts';
import { verify } from '../../src/experiments/verify.ts';
import { readRollTrace } from '../../src/scenario/recording/readRollTrace.ts';

const folder = new URL('./traces/rolls/', import.meta.url);

/** What does not agree yet, by recording, and why: everything else has to. */
const known: Readonly<Record<string, Known>> = {
  'rollout-default': { reason: 'which pods a roll-out removes while nodes drain is left to chance', width: 4 },
  'scale-during': { reason: 'which pods a scale-down removes is left to chance', width: 4 },
};

interface Known {
  readonly reason: string;
  /** Share of the figures that agree at least. */
  readonly share?: number;
  /** How wide the ranges may be on average, in seconds. */
  readonly width?: number;
  /** Outcomes, outages and lost pods that differ, as `run object figure`. */
  readonly wrong?: readonly string[];
}

describe('recorded rolls', () => {
  it.each(readdirSync(folder).sort())('%s', async (file) => {
    const trace: unknown = JSON.parse(gunzipSync(readFileSync(new URL(file, folder))).toString());
    const { runs, share, meanWidth, meanSpread } = await verify(readRollTrace(trace, file), { version: 'test', runBatch: runSerially });
    const { share: least = 0.95, width = 2 * meanSpread + 2, wrong = [] } = known[file.replace('.json.gz', '')] ?? {};
    const differing = runs.flatMap(({ agreements }, run) =>
      agreements.filter(({ agrees, isDecisive }) => isDecisive && !agrees).map(({ object, what }) => `${run} ${object} ${what}`),
    );
    expect(differing).toEqual(wrong);
    expect(share).toBeGreaterThanOrEqual(least);
    expect(meanWidth).toBeLessThanOrEqual(width);
  });
});
