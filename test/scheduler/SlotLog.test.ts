import { describe, expect, it } from 'vitest';
import { SlotLog } from '../../src/scheduler/SlotLog.ts';

describe('SlotLog', () => {
  it('takes no note of a second change of a slot that is still to be read', () => {
    const log = new SlotLog();
    for (const slot of [2, 3, 2, 3]) log.note(slot);
    expect(log.readToEnd()).toBe(2);
    log.note(2);
    expect([log.readToEnd(), log.at(0), log.at(1), log.at(2)]).toEqual([3, 2, 3, 2]);
  });

  it('lets a reader start over that has fallen too far behind', () => {
    const log = new SlotLog();
    for (let change = 0; change < 1000; change += 1) noteAndRead(log, change % 2);
    expect(log.reachesBackTo(0)).toBe(false);
    expect(log.reachesBackTo(900)).toBe(true);
    expect([998, 999].map((change) => log.at(change))).toEqual([0, 1]);
  });

  it('lets readers start over when there are more slots than before, and remembers more from then on', () => {
    const log = new SlotLog();
    log.note(1);
    for (let slot = 0; slot < 1000; slot += 1) noteAndRead(log, slot);
    expect(log.reachesBackTo(1)).toBe(false);
    const read = log.readToEnd();
    for (let slot = 0; slot < 1000; slot += 1) noteAndRead(log, slot);
    expect(log.reachesBackTo(read)).toBe(true);
    expect([0, 499, 999].map((change) => log.at(read + change))).toEqual([0, 499, 999]);
  });
});

function noteAndRead(log: SlotLog, slot: number): void {
  log.note(slot);
  log.readToEnd();
}
