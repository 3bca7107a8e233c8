import { readdirSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { replayQueue } from './replayQueue.ts';

const folder = new URL('./traces/queue/', import.meta.url);

describe('recorded scheduling queues', () => {
  it.each(readdirSync(folder).sort())('%s', (file) => {
    const comparisons = replayQueue(JSON.parse(gunzipSync(readFileSync(new URL(file, folder))).toString()), file);
    const wrong = comparisons
      .filter(({ equal }) => !equal)
      .map(({ step, what, expected, actual }) => `${step} ${what}: ${expected} but ${actual}`);
    expect(wrong).toEqual([]);
    expect(comparisons.length).toBeGreaterThan(2);
  });
});
