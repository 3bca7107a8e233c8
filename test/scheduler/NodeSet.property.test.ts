import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Node } from '../../src/cluster/Node.ts';
import type { NodeInfo } from '../../src/scheduler/NodeInfo.ts';
import { NodeSet } from '../../src/scheduler/NodeSet.ts';
import { aNode } from '../support/builders.ts';
import { nodeInfo } from '../support/nodeInfo.ts';

const nodes = Array.from({ length: 100 }, (_, slot) => inSlot(slot));
const steps = fc.array(fc.record({ isAdded: fc.boolean(), slot: fc.nat(99) }), { maxLength: 300 });

describe('NodeSet', () => {
  it('holds what a set would hold', () => {
    fc.assert(
      fc.property(steps, (list) => {
        const [set, model] = [new NodeSet(), new Set<number>()];
        for (const { isAdded, slot } of list) {
          const node = nodes[slot] ?? inSlot(slot);
          if (isAdded) {
            set.add(node);
            model.add(slot);
          } else {
            set.delete(node);
            model.delete(slot);
          }
        }
        expect(set.size).toBe(model.size);
        expect(nodes.filter((node) => set.has(node)).map(({ slot }) => slot)).toEqual([...model].sort((a, b) => a - b));
      }),
    );
  });
});

function inSlot(slot: number): NodeInfo {
  return Object.assign(nodeInfo(new Node(aNode(`n${slot}`))), { slot });
}
