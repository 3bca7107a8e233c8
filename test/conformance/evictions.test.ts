import { readdirSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { replayEvictions } from './replayEvictions.ts';

const folder = new URL('./traces/evictions/', import.meta.url);

describe('recorded evictions', () => {
  it.each(readdirSync(folder).sort())('%s', (file) => {
    const comparisons = replayEvictions(JSON.parse(gunzipSync(readFileSync(new URL(file, folder))).toString()), file);
    const wrong = comparisons
      .filter(({ equal }) => !equal)
      .map(({ step, what, expected, actual }) => `${step} ${what}: ${expected} but ${actual}`);
    expect(wrong).toEqual([]);
    expect(comparisons.length).toBeGreaterThan(1);
  });
});
