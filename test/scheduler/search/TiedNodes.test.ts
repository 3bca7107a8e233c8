import { describe, expect, it } from 'vitest';
import { TiedNodes } from '../../../src/scheduler/search/TiedNodes.ts';

const NODES = 100;

describe('TiedNodes', () => {
  it('forgets those that a higher total leaves behind', () => {
    const ties = new TiedNodes(NODES);
    ties.clear();
    ties.reach(3, 10);
    ties.reachAll(2, 0b101, 10);
    expect(listOf(ties)).toEqual([3, 64, 66]);
    ties.reach(40, 11);
    expect([listOf(ties), ties.height]).toEqual([[40], 11]);
  });

  it('takes in a word without any node as nothing', () => {
    const ties = new TiedNodes(NODES);
    ties.clear();
    expect(ties.isEmpty).toBe(true);
    ties.reach(99, 10);
    ties.join(0, 0);
    ties.join(1, 1 << 31);
    ties.join(2, 0);
    expect(listOf(ties)).toEqual([99, 63]);
  });

  it('holds every node in a word of its own', () => {
    const ties = new TiedNodes(NODES);
    ties.clear();
    for (let position = 0; position < NODES; position += 1) ties.reach(position, 0);
    ties.join(3, 0);
    expect(listOf(ties)).toEqual(Array.from({ length: NODES }, (_, position) => position));
  });

  it('arranges the nodes as a scan that goes round visits them', () => {
    const ties = new TiedNodes(NODES);
    ties.clear();
    for (const position of [70, 5, 34, 33, 99]) ties.reach(position, 1);
    ties.list();
    ties.arrange(34);
    expect([...ties.positions.subarray(0, ties.count)]).toEqual([34, 70, 99, 5, 33]);
  });
});

function listOf(ties: TiedNodes): number[] {
  ties.list();
  return [...ties.positions.subarray(0, ties.count)];
}
