import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TimeHeap } from '../../src/sim/TimeHeap.ts';

describe('TimeHeap', () => {
  it('gives the earliest one of what it holds, however many there are', () => {
    fc.assert(
      fc.property(fc.array(fc.option(fc.nat(2000), { freq: 4 }), { maxLength: 800, size: 'max' }), (steps) => {
        const heap = new TimeHeap();
        const times: number[] = [];
        const held = new Set<number>();
        for (const time of steps) {
          if (time === null) takeEarliest(heap, times, held);
          else {
            heap.add(times.length, time);
            held.add(times.length);
            times.push(time);
          }
        }
        while (held.size > 0) takeEarliest(heap, times, held);
        expect(heap.isEmpty).toBe(true);
      }),
      { numRuns: 10 },
    );
  });
});

function takeEarliest(heap: TimeHeap, times: readonly number[], held: Set<number>): void {
  expect(heap.isEmpty).toBe(held.size === 0);
  if (heap.isEmpty) return;
  const earliest = Math.min(...[...held].map((slot) => times[slot] ?? 0));
  expect(heap.earliest).toBe(earliest);
  const slot = heap.removeEarliest();
  expect(held.delete(slot)).toBe(true);
  expect(times[slot]).toBe(earliest);
}
