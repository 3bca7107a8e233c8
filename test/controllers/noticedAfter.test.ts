import { describe, expect, it } from 'vitest';
import { noticedAfter } from '../../src/controllers/noticedAfter.ts';
import { NEVER, seconds, toSeconds } from '../../src/units.ts';

const middling = { next: () => 0.5 };

describe('noticedAfter', () => {
  // measured-volumes.md 2.2: the mean moments at which the controller looks.
  it.each([0.53, 1.08, 1.66, 2.26, 2.9, 3.57, 4.28, 5.01, 5.79, 6.61, 7.46, 8.36, 9.31, 10.3])('looks %s s after the request', (moment) => {
    expect(toSeconds(noticedAfter(seconds(moment - 0.1), middling))).toBeCloseTo(moment, 1);
    expect(toSeconds(noticedAfter(seconds(moment - 0.02), middling))).toBeCloseTo(moment, 1);
  });

  it('looks at least every 7.7 s', () => {
    expect(toSeconds(noticedAfter(seconds(600), middling))).toBeLessThan(607.7);
  });

  it('never notices what does not happen', () => {
    expect(noticedAfter(NEVER, middling)).toBe(NEVER);
  });
});
