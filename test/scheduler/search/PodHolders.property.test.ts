import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NodeCounts } from '../../../src/scheduler/NodeCounts.ts';
import { hasBit } from '../../../src/scheduler/search/bits.ts';
import { PodHolders } from '../../../src/scheduler/search/PodHolders.ts';
import { RefusedNodes } from '../../../src/scheduler/search/RefusedNodes.ts';

const NODES = 40;
/** A pod more on a node, or one less if it has any, and whether somebody asks after it. */
const anyMove = fc.record({ slot: fc.nat(NODES - 1), comes: fc.boolean(), isAsked: fc.boolean() });
type Move = typeof anyMove extends fc.Arbitrary<infer M> ? M : never;

describe('PodHolders', () => {
  it('leaves out the nodes that hold a pod at the time, however seldom somebody asks', () => {
    const check = (moves: readonly Move[]) => {
      const counts = new NodeCounts();
      const positionOf = Int32Array.from({ length: NODES }, (_, slot) => NODES - 1 - slot);
      const holders = new PodHolders(counts, positionOf, NODES);
      const pods = new Array<number>(NODES).fill(0);
      for (const { slot, comes, isAsked } of [...moves, { slot: 0, comes: true, isAsked: true }]) {
        const change = comes ? 1 : -Math.min(1, pods[slot] ?? 0);
        if (change !== 0) counts.add(slot, change);
        pods[slot] = (pods[slot] ?? 0) + change;
        if (!isAsked) continue;
        const refused = RefusedNodes.among(NODES);
        holders.refuseAll(refused);
        expect(pods.map((_, each) => hasBit(refused.words, positionOf[each] ?? 0))).toEqual(pods.map((count) => count > 0));
        expect(refused.isEmpty).toBe(pods.every((count) => count === 0));
      }
    };
    fc.assert(fc.property(fc.array(anyMove, { maxLength: 120 }), check));
  });
});
