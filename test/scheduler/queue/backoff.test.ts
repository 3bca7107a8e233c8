import { describe, expect, it } from 'vitest';
import { backoffDuration, backoffEnd, isBackingOff } from '../../../src/scheduler/queue/backoff.ts';
import { QueuedPod } from '../../../src/scheduler/queue/QueuedPod.ts';
import { instant } from '../../../src/units.ts';
import { aPod, podOutside } from '../../support/builders.ts';

describe('the back-off', () => {
  it('doubles from one second to ten', () => {
    expect([0, 1, 2, 3, 4, 5, 6, 40].map(backoffDuration)).toEqual([0, 1000, 2000, 4000, 8000, 10_000, 10_000, 10_000]);
  });

  it('ends on a whole second and lasts to the end of that second', () => {
    const queued = failed({ rejections: 1 }, 100_300);
    queued.backoffEnd = backoffEnd(queued, '1.34');
    expect(queued.backoffEnd).toBe(101_000);
    expect([101_999, 102_000].map((now) => isBackingOff(queued, instant(now)))).toEqual([true, false]);
  });

  it('counts attempts in 1.33, refusals later, and errors in a row after an error', () => {
    const queued = failed({ attempts: 4, rejections: 2 }, 0);
    expect(backoffEnd(queued, '1.33')).toBe(8000);
    expect(backoffEnd(queued, '1.34')).toBe(2000);
    expect(backoffEnd(failed({ attempts: 4, rejections: 2, consecutiveErrors: 1 }, 0), '1.35')).toBe(1000);
  });

  it('is not there before the first failure', () => {
    const queued = failed({}, 5000);
    expect(backoffEnd(queued, '1.34')).toBe(0);
    expect(isBackingOff(queued, instant(0))).toBe(false);
  });
});

function failed(counts: Partial<Pick<QueuedPod, 'attempts' | 'rejections' | 'consecutiveErrors'>>, since: number): QueuedPod {
  return Object.assign(new QueuedPod(podOutside(aPod('a'))), counts, { since: instant(since) });
}
