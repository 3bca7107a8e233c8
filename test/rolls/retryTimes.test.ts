import { describe, expect, it } from 'vitest';
import { attemptsBefore, untilAttempt } from '../../src/rolls/retryTimes.ts';
import { seconds } from '../../src/units.ts';

const steady = { retry: seconds(5) };
const growing = { retry: seconds(0.1), backoff: { factor: 2, longest: seconds(10) } };

describe('a steady retry', () => {
  it.each([
    [1, 5000],
    [3, 15_000],
  ])('makes attempt %i after %i ms', (count, time) => {
    expect(untilAttempt(steady, 0, count)).toBe(time);
  });

  it.each([
    [0, 0],
    [5000, 0],
    [5001, 1],
    [15_000, 2],
  ])('has made its attempts less than %i ms after a refusal: %i', (elapsed, attempts) => {
    expect(attemptsBefore(steady, 7, elapsed)).toBe(attempts);
  });
});

// Karpenter: 0.1, 0.2, 0.4, 0.8, 1.6, 3.2, 6.4, then 10 s each.
describe('a growing retry', () => {
  it.each([
    [0, 1, 100],
    [0, 3, 700],
    [0, 7, 12_700],
    [0, 9, 32_700],
    [6, 2, 16_400],
    [20, 2, 20_000],
  ])('after %i refusals makes attempt %i after %i ms', (before, count, time) => {
    expect(untilAttempt(growing, before, count)).toBe(time);
  });

  it.each([
    [0, 100, 0],
    [0, 101, 1],
    [0, 12_700, 6],
    [0, 12_701, 7],
    [0, 22_700, 7],
    [0, 22_701, 8],
    [6, 6401, 1],
    [20, 10_000, 0],
    [20, 10_001, 1],
  ])('after %i refusals has made its attempts less than %i ms later: %i', (before, elapsed, attempts) => {
    expect(attemptsBefore(growing, before, elapsed)).toBe(attempts);
  });
});
