import { describe, expect, it } from 'vitest';
import type { Pacing } from '../../src/rolls/RollPlan.ts';
import type { RollProgress } from '../../src/rolls/RollStrategy.ts';
import { strategies } from '../../src/rolls/registry.ts';
import { minutes } from '../../src/units.ts';

const waiting = ['c', 'd', 'e'];

/** What a strategy says next, of nodes `c`, `d` and `e` that wait unless told otherwise. */
function nextStep(pacing: Pacing, maxUnavailable: number, progress: Partial<RollProgress> = {}) {
  return strategies[pacing.kind].nextStep(
    { waiting, resetting: [], unavailable: 0, batches: 0, rested: 0, ...progress },
    { pacing, maxUnavailable },
  );
}

describe('barrier', () => {
  it('starts a whole batch when nothing is being reset', () => {
    expect(nextStep({ kind: 'barrier' }, 2)).toEqual({ kind: 'reset', nodes: ['c', 'd'] });
  });

  it('waits while one node of the batch is not finished', () => {
    expect(nextStep({ kind: 'barrier' }, 2, { resetting: ['b'], batches: 1 })).toEqual({ kind: 'wait' });
  });

  const interval = minutes(10);
  const pause = { pause: 'first', resumeAfter: minutes(30) } as const;
  it.each<[string, Partial<Pacing>, Partial<RollProgress>, object]>([
    ['before the first batch', { interval }, {}, { kind: 'reset' }],
    ['after each batch', { interval }, { batches: 2, rested: 1 }, { kind: 'rest', time: interval }],
    ['once after each batch', { interval }, { batches: 2, rested: 2 }, { kind: 'reset' }],
    ['when nobody waits', { interval }, { batches: 2, rested: 1, waiting: [] }, { kind: 'done' }],
    ['as long as the pause after the first batch takes', { interval, ...pause }, { batches: 1 }, { kind: 'rest', time: minutes(30) }],
    ['for the interval after the batches without a pause', { interval, ...pause }, { batches: 2 }, { kind: 'rest', time: interval }],
    ['only where the roll pauses', pause, { batches: 2, rested: 1 }, { kind: 'reset' }],
    ['after every batch', { ...pause, pause: 'every' }, { batches: 2, rested: 1 }, { kind: 'rest', time: minutes(30) }],
  ])('rests %s', (_, knobs, progress, step) => {
    expect(nextStep({ kind: 'barrier', ...knobs }, 2, progress)).toMatchObject(step);
  });
});

describe('ramp', () => {
  it('starts more nodes with each batch', () => {
    const pacing: Pacing = { kind: 'ramp', factor: 2 };
    expect(nextStep(pacing, 9)).toEqual({ kind: 'reset', nodes: ['c'] });
    expect(nextStep(pacing, 9, { batches: 1 })).toEqual({ kind: 'reset', nodes: ['c', 'd'] });
    expect(nextStep(pacing, 9, { batches: 2 })).toEqual({ kind: 'reset', nodes: ['c', 'd', 'e'] });
  });
});

describe('window', () => {
  it('takes the free places at once', () => {
    expect(nextStep({ kind: 'window' }, 3, { resetting: ['b'] })).toEqual({ kind: 'reset', nodes: ['c', 'd'] });
  });

  it('waits when no place is free', () => {
    expect(nextStep({ kind: 'window' }, 2, { resetting: ['a', 'b'] })).toEqual({ kind: 'wait' });
  });
});

describe.each(['barrier', 'window'] as const)('other nodes that use up places of a %s', (kind) => {
  it('leave fewer of them', () => {
    expect(nextStep({ kind }, 3, { unavailable: 1 })).toEqual({ kind: 'reset', nodes: ['c', 'd'] });
  });

  it.each([2, 3])('leave none when they are %i of 2', (unavailable) => {
    expect(nextStep({ kind }, 2, { unavailable })).toEqual({ kind: 'wait' });
  });
});

describe.each(Object.values(strategies))('$name', (strategy) => {
  const plan = { maxUnavailable: 1, pacing: { kind: 'barrier' } } as const;
  const over = { waiting: [], unavailable: 0, batches: 3, rested: 2 };

  it('is done when nothing waits and nothing is being reset', () => {
    expect(strategy.nextStep({ ...over, resetting: [] }, plan)).toEqual({ kind: 'done' });
  });

  it('waits for the last nodes when none is left to start', () => {
    expect(strategy.nextStep({ ...over, resetting: ['b'] }, plan)).toEqual({ kind: 'wait' });
  });

  it('bears the name under which it is registered', () => {
    expect(Object.entries(strategies).find(([, entry]) => entry === strategy)?.[0]).toBe(strategy.name);
  });
});
