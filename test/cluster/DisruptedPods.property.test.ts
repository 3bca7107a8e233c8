import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clusterOf } from '../../src/cluster/clusterOf.ts';
import { type DisruptedPods, disruptedPods, NO_DISRUPTED_PODS } from '../../src/cluster/DisruptedPods.ts';
import type { Pod } from '../../src/cluster/Pod.ts';
import { type Instant, instant } from '../../src/units.ts';
import { aPod, podOutside } from '../support/builders.ts';
import { NO_OBJECTS } from '../support/noObjects.ts';

/** Evictions by number of the pod, one a second. */
const evictions = fc.array(fc.nat(6), { maxLength: 12 });

describe('DisruptedPods', () => {
  it('holds each pod once with its last time, as a Map would', () => {
    fc.assert(
      fc.property(evictions, (pods) => {
        const list = listOf(pods);
        const map = new Map(pods.map((pod, second): [string, Instant] => [`p${pod}`, instant(1000 * second)]));
        expect(new Map(list)).toEqual(map);
        expect(new Set(list.keys())).toEqual(new Set(map.keys()));
        expect(new Set(list.values())).toEqual(new Set(map.values()));
        expect(list.size).toBe(map.size);
        for (let pod = 0; pod <= 6; pod += 1) expect(list.has(`p${pod}`)).toBe(map.has(`p${pod}`));
      }),
    );
  });

  it('is in order of acceptance and is left alone by what is added to it', () => {
    const list = listOf([3, 1]);
    expect(list.with(podNumbered(2), instant(5000)).keys()).toEqual(['p3', 'p1', 'p2']);
    expect(list.with(podNumbered(3), instant(5000)).keys()).toEqual(['p1', 'p3']);
    expect(list.keys()).toEqual(['p3', 'p1']);
  });

  it('takes pods that are in one cluster for what they are, and those that are gone for their names', () => {
    const cluster = clusterOf({ ...NO_OBJECTS, pods: [aPod('a'), aPod('b')] });
    const [a, b] = cluster.pods.values();
    if (!a || !b) throw new Error('no pods');
    const list = NO_DISRUPTED_PODS.with(a, instant(0)).with(b, instant(1000));
    expect([...list.with(a, instant(2000)).keys()]).toEqual(['b', 'a']);
    cluster.removePod(a);
    const again = cluster.addPod(aPod('a'));
    expect([...list.with(again, instant(3000))]).toEqual([
      ['b', 1000],
      ['a', 3000],
    ]);
  });

  it('is made by name from what was found, and then means no pod in particular', () => {
    const list = disruptedPods(listOf([3, 1]));
    expect([...list]).toEqual([
      ['p3', 0],
      ['p1', 1000],
    ]);
    expect(list.pod).toBeUndefined();
    expect(disruptedPods(new Map())).toBe(NO_DISRUPTED_PODS);
  });
});

function listOf(pods: readonly number[]): DisruptedPods {
  let list = NO_DISRUPTED_PODS;
  for (const [second, pod] of pods.entries()) list = list.with(podNumbered(pod), instant(1000 * second));
  return list;
}

function podNumbered(pod: number): Pod {
  return podOutside(aPod(`p${pod}`));
}
