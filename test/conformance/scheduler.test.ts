import { readdirSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { replayScheduler } from './replayScheduler.ts';

const folder = new URL('./traces/scheduler/', import.meta.url);

describe('recorded scheduling decisions', () => {
  it.each(readdirSync(folder).sort())('%s', (file) => {
    const comparisons = replayScheduler(JSON.parse(gunzipSync(readFileSync(new URL(file, folder))).toString()), file);
    const wrong = comparisons
      .filter(({ equal }) => !equal)
      .map(({ step, what, plugin = '', expected, actual }) => `${step} ${what} ${plugin}: ${expected} but ${actual}`);
    expect(wrong).toEqual([]);
    expect(comparisons.length).toBeGreaterThan(10);
  });
});
