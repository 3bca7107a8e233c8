import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CEASES, MOVES, SERVES, WorkloadLog } from '../../../src/run/probes/WorkloadLog.ts';
import { instant } from '../../../src/units.ts';

const fact = fc.record({ number: fc.nat(1e6), what: fc.constantFrom(SERVES, CEASES, MOVES, CEASES | MOVES), isBinding: fc.boolean() });

describe('WorkloadLog', () => {
  it('gives back every row, and the bindings among them with their nodes', () => {
    fc.assert(
      fc.property(fc.array(fact, { minLength: 1, maxLength: 40 }), fc.constantFrom(1, 100), (facts, times) => {
        const all = Array.from({ length: times }, () => facts).flat();
        const log = new WorkloadLog();
        for (const [at, { number, what, isBinding }] of all.entries()) {
          if (isBinding) log.noteBinding(number, `node-${at}`, instant(at));
          else log.note(number, what, instant(at));
        }
        expect(log.rows).toBe(all.length);
        const others = [...all.entries()].filter(([, { isBinding }]) => !isBinding);
        expect(others.map(([at]) => [log.numberIn(at), log.whatIn(at), log.timeOf(at)])).toEqual(
          others.map(([at, { number, what }]) => [number, what, at]),
        );
        const bindings: unknown[] = [];
        log.forEachBinding((...binding) => bindings.push(binding));
        const bound = [...all.entries()].filter(([, { isBinding }]) => isBinding);
        expect(bindings).toEqual(bound.map(([at, { number }]) => [number, `node-${at}`, at]));
      }),
      { numRuns: 30 },
    );
  });

  it('gives the rows of each group in their order, but for bindings', () => {
    const log = new WorkloadLog();
    for (const [at, number] of [4, 0, 2, 1, 4, 3, 0].entries()) log.note(number, MOVES, instant(at));
    log.noteBinding(2, 'node', instant(6));
    log.note(1, MOVES, instant(6));
    expect([...log.rowsByGroup(1, [2, 0, 0, 2, 1], 3)]).toEqual([2, 3, 8, 4, 1, 5, 6]);
    expect([...log.rowsByGroup(9, [], 0)]).toEqual([]);
  });

  it('adds no row when nothing happened', () => {
    const log = new WorkloadLog();
    log.note(1, 0, instant(5));
    expect(log.rows).toBe(0);
  });
});
