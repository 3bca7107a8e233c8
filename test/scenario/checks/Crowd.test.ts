import { describe, expect, it } from 'vitest';
import { Crowd } from '../../../src/scenario/checks/Crowd.ts';
import type { Request } from '../../../src/scenario/checks/requestsOf.ts';
import { aNode } from '../../support/builders.ts';

const nodes = ['a', 'b', 'c', 'd'].map((name) => aNode(name, { memory: 1, allocatable: { memory: 4000 } }));
const alike = (pods: number, cpu: number, memory = 0) => ({ pods, asked: asking(cpu, memory) });

function asking(cpu: number, memory = 0): readonly Request[] {
  const asked: readonly Request[] = [
    ['cpu', cpu],
    ['memory', memory],
    ['pods', 1],
  ];
  return asked.filter(([, each]) => each > 0);
}

describe('Crowd', () => {
  it.each([
    ['the last of as many as four nodes have room for', [alike(16, 1000)], asking(1000), 1, true],
    ['one more than that', [alike(17, 1000)], asking(1000), 1, false],
    ['a large one among small ones that can be spread over all nodes', [alike(4, 1000), alike(1, 4000)], asking(4000), 1, false],
    ['a large one among too few of them', [alike(3, 1000), alike(1, 4000)], asking(4000), 1, true],
    ['the first of many', [alike(40, 1000), alike(6, 2000)], asking(1000), 40, true],
    ['one that is larger than any node', [alike(1, 5000)], asking(5000), 1, false],
    ['one whose resources others use up on different nodes', [alike(2, 4000), alike(2, 0, 4000), alike(1, 1, 1)], asking(1, 1), 1, false],
    ['one with others that use up both on the same nodes', [alike(3, 4000, 4000), alike(1, 1, 1)], asking(1, 1), 1, true],
  ] as const)('judges whether there is room for %s', (_, crowd, asked, itself, expected) => {
    expect(new Crowd(crowd).leavesOpen(nodes, asked, itself)).toBe(expected);
  });

  it('looks at small and large nodes one by one', () => {
    const mixed = [aNode('small', { cpu: 1 }), aNode('large', { cpu: 8 })];
    expect(new Crowd([alike(8, 1000), alike(1, 1000)]).leavesOpen(mixed, asking(1000), 1)).toBe(true);
    expect(new Crowd([alike(9, 1000), alike(1, 1000)]).leavesOpen(mixed, asking(1000), 1)).toBe(false);
  });
});
