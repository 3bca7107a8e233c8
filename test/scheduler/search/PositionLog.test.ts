import { describe, expect, it } from 'vitest';
import { PositionLog } from '../../../src/scheduler/search/PositionLog.ts';

describe('PositionLog', () => {
  it('tells each position once, at its latest change', () => {
    const log = new PositionLog(4);
    for (const position of [2, 3, 2]) log.note(position);
    expect([0, 1, 2].map((change) => log.lastAt(change))).toEqual([-1, 3, 2]);
    expect(log.end).toBe(3);
  });

  it('lets a reader start anew that is too far behind', () => {
    const log = new PositionLog(2);
    for (let change = 0; change < 100; change += 1) log.note(change % 2);
    expect(log.reachesBackTo(0)).toBe(false);
    expect(log.reachesBackTo(50)).toBe(true);
    expect([98, 99].map((change) => log.lastAt(change))).toEqual([0, 1]);
  });
});
