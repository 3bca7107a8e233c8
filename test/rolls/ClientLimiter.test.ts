import { describe, expect, it } from 'vitest';
import { ClientLimiter } from '../../src/rolls/ClientLimiter.ts';
import { instant } from '../../src/units.ts';

const waits = (limiter: ClientLimiter, at: number, count: number) => Array.from({ length: count }, () => limiter.take(instant(at)));

describe('ClientLimiter', () => {
  it('lets a burst go at once and then one request every 200 ms', () => {
    expect(waits(new ClientLimiter({ qps: 5, burst: 10 }), 0, 13)).toEqual([...Array(10).fill(0), 200, 400, 600]);
  });

  it('fills up again while nothing is sent, to the burst and no further', () => {
    const limiter = new ClientLimiter({ qps: 5, burst: 2 });
    expect(waits(limiter, 0, 3)).toEqual([0, 0, 200]);
    expect(waits(limiter, 10_000, 3)).toEqual([0, 0, 200]);
  });

  it('delays nothing without a limit', () => {
    expect(waits(new ClientLimiter(undefined), 0, 100)).toEqual(Array(100).fill(0));
  });
});
