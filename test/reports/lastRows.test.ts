import { describe, expect, it } from 'vitest';
import { lastRows } from '../../src/reports/lastRows.ts';

describe('lastRows', () => {
  it('keeps everything that fits, without a note', () => {
    expect(lastRows([1, 2, 3], 3)).toEqual({ kept: [1, 2, 3], note: undefined });
  });

  it('keeps the last ones and says how many are left out', () => {
    expect(lastRows([1, 2, 3], 2)).toEqual({ kept: [2, 3], note: '1 earlier row left out; all are in --format json.' });
  });
});
