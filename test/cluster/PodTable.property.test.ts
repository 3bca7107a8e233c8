import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Cluster } from '../../src/cluster/Cluster.ts';
import { NO_OBJECTS } from '../../src/cluster/ClusterObjects.ts';
import { clusterOf } from '../../src/cluster/clusterOf.ts';
import type { Pod } from '../../src/cluster/Pod.ts';
import { PodRows } from '../../src/cluster/PodRows.ts';
import { PodTable } from '../../src/cluster/PodTable.ts';
import { aPod, podOutside } from '../support/builders.ts';

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
        table.add(pod, 7);
      }
      table.delete(gone);
      expect(pods.map(({ key }) => table.find(key, 7))).toEqual(pods.map((pod) => (pod === gone ? undefined : pod)));
    }
  });

  it('tells by hash and length whether an owner has a key', () => {
    const owner = { apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'web' };
    const rows = new PodRows();
    const table = new PodTable(rows);
    for (const [slot, pod] of [aPod('bare'), aPod('web-1', { owner })].entries()) {
      const live = Object.assign(podOutside(pod), { slot });
      rows.put(live);
      table.add(live, 7);
    }
    const { length } = 'default/web-1';
    const seem = [{ length }, { length: length + 1 }, { hash: 7 + 64 }].map((key) => ({ key: '', length, hash: 7, ...key }));
    expect(seem.map((key) => table.seemsOwned('ReplicaSet/default/web', key))).toEqual([true, false, false]);
    expect(table.seemsOwned('ReplicaSet/default/other', { key: '', length, hash: 7 })).toBe(false);
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
