import { describe, expect, it } from 'vitest';
import { BOUND, OWNED, PodRows } from '../../src/cluster/PodRows.ts';
import { aPod, podOutside } from '../support/builders.ts';

describe('PodRows', () => {
  it('keeps what is in its rows when it grows', () => {
    const rows = new PodRows();
    const slots = [0, 1, 1000];
    for (const slot of slots) {
      const pod = Object.assign(podOutside(aPod(`p${slot}`)), { slot });
      rows.put(pod);
      rows.setHash(slot, slot + 7);
      rows.setPlaceIn(OWNED, slot, slot + 8);
      rows.setPlaceIn(BOUND, slot, slot + 9);
      rows.setHost(slot, slot + 10);
      expect(rows.at(slot)).toBe(pod);
    }
    for (const slot of slots) {
      const row = [rows.hashOf(slot), rows.placeIn(OWNED, slot), rows.placeIn(BOUND, slot), rows.hostOf(slot)];
      expect(row).toEqual([slot + 7, slot + 8, slot + 9, slot + 10]);
    }
  });

  it('copies a pod of other rows when somebody asks for it, and not to be looked at', () => {
    const [given, rows] = [new PodRows(), new PodRows()];
    const pod = Object.assign(podOutside(aPod('p')), { slot: 1 });
    given.put(pod);
    rows.takeOver(given);
    expect([rows.end, rows.at(0), rows.lookAt(0)]).toEqual([2, undefined, undefined]);
    expect(rows.lookAt(1)).toBe(pod);
    const copy = rows.at(1);
    expect(copy).toEqual(pod);
    expect(copy).not.toBe(pod);
    expect([rows.at(1), rows.lookAt(1)].every((one) => one === copy)).toBe(true);
    expect(given.at(1)).toBe(pod);
  });
});
