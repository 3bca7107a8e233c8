import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clusterOf } from '../../../src/cluster/clusterOf.ts';
import type { Pod } from '../../../src/cluster/Pod.ts';
import { PendingPods } from '../../../src/run/probes/PendingPods.ts';
import { aPod } from '../../support/builders.ts';
import { NO_OBJECTS } from '../../support/noObjects.ts';

describe('PendingPods', () => {
  it('holds what a set would hold, in the same order', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(7), { maxLength: 60 }), (turns) => {
        const cluster = clusterOf(NO_OBJECTS);
        const pods = Array.from({ length: 8 }, (_, index) => cluster.addPod(aPod(`p${index}`)));
        const [list, set] = [new PendingPods(), new Set<Pod>()];
        for (const turn of turns) {
          const pod = pods[turn];
          if (!pod) continue;
          expect(list.has(pod)).toBe(set.has(pod));
          if (set.delete(pod)) list.delete(pod);
          else {
            set.add(pod);
            list.add(pod);
          }
          expect(list.size).toBe(set.size);
          expect(list.among(pods)).toEqual([...set]);
        }
      }),
    );
  });
});
