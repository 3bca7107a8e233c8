import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Cluster } from '../../src/cluster/Cluster.ts';
import { clusterOf } from '../../src/cluster/clusterOf.ts';
import type { Pod } from '../../src/cluster/Pod.ts';
import { PodLists } from '../../src/cluster/PodLists.ts';
import { OWNED, PodRows } from '../../src/cluster/PodRows.ts';
import { PodTable } from '../../src/cluster/PodTable.ts';
import { aPod, podOutside } from '../support/builders.ts';
import { NO_OBJECTS } from '../support/noObjects.ts';

describe('PodTable', () => {
  it('finds what a map would find, in the same order', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(150), { maxLength: 400 }), (numbers) => {
        const [cluster, map] = [clusterOf(NO_OBJECTS), new Map<string, Pod>()];
        for (const number of numbers) toggle(cluster, map, `p${number}`);
        expect([...cluster.pods]).toEqual([...map.values()]);
        expect(cluster.pods.size).toBe(map.size);
        for (let number = 0; number < 150; number += 1) expect(cluster.pods.get(`default/p${number}`)).toBe(map.get(`default/p${number}`));
      }),
    );
  });

  it('tells apart keys of one hash, whichever of them goes first', () => {
    const pods = ['a', 'b', 'c'].map((name, slot) => Object.assign(podOutside(aPod(name)), { slot }));
    for (const gone of pods) {
      const rows = new PodRows();
      const table = new PodTable(rows);
      for (const pod of pods) {
        rows.put(pod);
        table.add(pod.slot, 7);
      }
      table.delete(gone.slot);
      expect(pods.map(({ key }) => table.find(key, 7))).toEqual(pods.map((pod) => (pod === gone ? undefined : pod)));
    }
  });

  it('finds every pod when many searches cross, also beyond the end of the table', () => {
    const names = Array.from({ length: 30 }, (_, number) => `p${number}`);
    const hashes = fc.array(fc.constantFrom(0, 1, 2, 120, 125, 126, 127), { minLength: names.length, maxLength: names.length });
    fc.assert(
      fc.property(hashes, fc.array(fc.nat(names.length - 1), { maxLength: 200, size: 'max' }), (hashOf, toggled) => {
        const rows = new PodRows();
        const table = new PodTable(rows);
        const pods = names.map((name, slot) => Object.assign(podOutside(aPod(name)), { slot }));
        for (const pod of pods) rows.put(pod);
        const there = new Set<number>();
        for (const slot of toggled) {
          if (there.delete(slot)) table.delete(slot);
          else {
            there.add(slot);
            table.add(slot, hashOf[slot] ?? 0);
          }
        }
        expect(pods.map(({ key, slot }) => table.find(key, hashOf[slot] ?? 0) !== undefined)).toEqual(
          pods.map(({ slot }) => there.has(slot)),
        );
        const present = new Set<number | undefined>([...there].map((slot) => hashOf[slot]));
        for (let hash = 0; hash < 256; hash += 1) expect(table.hasHash(hash)).toBe(present.has(hash));
      }),
    );
  });

  it('tells by a hash whether one of some pods has a key', () => {
    const rows = new PodRows();
    const table = new PodTable(rows);
    const lists = new PodLists(rows, OWNED);
    const [a, b] = ['a', 'b'].map((name, slot) => Object.assign(podOutside(aPod(name)), { slot }));
    if (!a || !b) throw new Error('two pods were made');
    for (const pod of [a, b]) {
      rows.put(pod);
      table.add(pod.slot, 7);
    }
    expect(table.hasOneOf(lists, 3, 7)).toBe(false);
    lists.add(3, b.slot);
    expect([7, 8, 7 + 128].map((hash) => table.hasOneOf(lists, 3, hash))).toEqual([true, false, false]);
    lists.delete(3, b.slot);
    expect(table.hasOneOf(lists, 3, 7)).toBe(false);
  });
});

/** Creates the pod `name`, or removes it when it is there. */
function toggle(cluster: Cluster, map: Map<string, Pod>, name: string): void {
  const pod = cluster.pods.get(`default/${name}`);
  if (pod) {
    cluster.removePod(pod);
    map.delete(pod.key);
  } else map.set(`default/${name}`, cluster.addPod(aPod(name)));
}
