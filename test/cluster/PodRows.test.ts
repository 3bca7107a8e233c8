import { describe, expect, it } from 'vitest';
import { GivenPods } from '../../src/cluster/GivenPods.ts';
import { PodClass } from '../../src/cluster/PodClass.ts';
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

  it('makes a given pod when somebody asks for it, once, and not to be looked at', () => {
    const description = aPod('p', { nodeName: 'n', phase: 'Running', ready: true });
    const podClass = new PodClass(description, 3);
    const [first, second] = [new PodRows(), new PodRows()];
    first.give(new GivenPods([aPod('o'), description], [podClass, podClass], Int32Array.of(1, 0)));
    second.takeOver(first);
    expect(second.lookAt(0)).toMatchObject({ podClass, slot: 0, createdAs: 1, isServing: true, isFinished: false, exists: true });
    const pod = second.at(0);
    expect(pod).toMatchObject({ key: 'default/p', slot: 0, createdAs: 1, exists: true, nodeName: 'n', ready: true });
    expect([second.at(0), second.lookAt(0)].every((one) => one === pod)).toBe(true);
    expect(first.at(0)).not.toBe(pod);
    expect([second.at(2), second.lookAt(2)]).toEqual([undefined, undefined]);
  });
});
