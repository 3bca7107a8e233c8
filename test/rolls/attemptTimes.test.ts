import { describe, expect, it } from 'vitest';
import { asksBetween, nextAsk, nextTry } from '../../src/rolls/attemptTimes.ts';
import { seconds } from '../../src/units.ts';

/** Asks at 0, 5, … 85 s, at 150, 155, … 235 s, at 300 s and so on. */
const attempts = { timeout: seconds(90), attemptPause: seconds(60), retry: seconds(5), slowAttempts: undefined };

describe('attempts of 90 s with a minute between them', () => {
  it.each([
    [0, 0, 5],
    [0, 5, 5],
    [0, 6, 10],
    [3, 4, 8],
    [0, 85, 85],
    [0, 86, 150],
    [0, 149, 150],
    [0, 151, 155],
    [0, 240, 300],
    [85, 85, 150],
    [152, 152, 157],
    [237, 238, 300],
  ])('ask again for a pod refused at %i s, from %i s on, at %i s', (refusedAt, earliest, at) => {
    expect(nextAsk(attempts, seconds(refusedAt), seconds(earliest))).toBe(seconds(at));
  });

  it.each([
    [0, 5, 0],
    [0, 6, 1],
    [0, 90, 17],
    [0, 150, 17],
    [0, 151, 18],
    [0, 300, 35],
    [0, 456, 55],
    [85, 151, 1],
  ])('have asked for a pod refused at %i s before %i s as often as %i times', (refusedAt, now, asks) => {
    expect(asksBetween(attempts, seconds(refusedAt), seconds(now))).toBe(asks);
  });

  it.each([
    [0, 0],
    [89, 89],
    [90, 150],
    [150, 150],
    [241, 300],
  ])('are going on or begin, seen at %i s, at %i s', (now, at) => {
    expect(nextTry(attempts, seconds(now))).toBe(seconds(at));
  });
});

/** Attempts begin at 0, 150, 300, 450, 600, 990, 1380 s and so on: the first to end after 600 s begins at 600 s. */
const slowing = { ...attempts, slowAttempts: { after: seconds(600), pause: seconds(300) } };

describe('attempts that become rare after 10 minutes', () => {
  it.each([
    [0, 0],
    [541, 600],
    [689, 689],
    [690, 990],
    [1079, 1079],
    [1080, 1380],
    [1470, 1770],
  ])('are going on or begin, seen at %i s, at %i s', (now, at) => {
    expect(nextTry(slowing, seconds(now))).toBe(seconds(at));
  });

  it('ask again when the next one begins, and as often as the time of each allows', () => {
    expect(nextAsk(slowing, seconds(685), seconds(686))).toBe(seconds(990));
    expect(asksBetween(slowing, seconds(600), seconds(1000))).toBe(19);
    expect(asksBetween(slowing, seconds(0), seconds(1380))).toBe(6 * 18 - 1);
  });

  it('may be rare from the first one on', () => {
    expect(nextTry({ ...slowing, slowAttempts: { after: seconds(60), pause: seconds(300) } }, seconds(91))).toBe(seconds(390));
  });
});
