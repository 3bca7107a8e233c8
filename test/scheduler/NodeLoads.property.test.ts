import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NodeLoads } from '../../src/scheduler/NodeLoads.ts';
import { PodDemands } from '../../src/scheduler/PodDemands.ts';

const steps = fc.array(fc.record({ verb: fc.constantFrom('add', 'add', 'remove', 'leave'), node: fc.nat(3), pod: fc.nat(99) }), {
  maxLength: 400,
});

describe('NodeLoads', () => {
  it('has the pods of every node in order of arrival, but the last one in the place of one that went', () => {
    fc.assert(
      fc.property(steps, (list) => {
        const loads = new NodeLoads(new PodDemands('1.34'), 1);
        const known = Array.from({ length: 4 }, () => ({ row: loads.take(), pods: [] as number[] }));
        for (const { verb, node: index, pod } of list) {
          const node = known[index];
          if (!node) continue;
          const place = node.pods.indexOf(pod);
          if (verb === 'add' && place < 0) {
            loads.add(node.row, pod, 0);
            node.pods.push(pod);
          }
          if (verb === 'remove') {
            expect(loads.remove(node.row, pod, 0)).toBe(place >= 0);
            const last = place < 0 ? undefined : node.pods.pop();
            if (last !== undefined && place < node.pods.length) node.pods[place] = last;
          }
          if (verb === 'leave') {
            loads.give(node.row);
            node.row = loads.take();
            node.pods = [];
          }
        }
        for (const { row, pods } of known) expect([loads.podsOn(row), loads.countOn(row)]).toEqual([pods, pods.length]);
      }),
    );
  });
});
