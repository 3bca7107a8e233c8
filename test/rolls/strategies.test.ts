import { describe, expect, it } from 'vitest';
import { strategies } from '../../src/rolls/registry.ts';

const waiting = ['c', 'd', 'e'];

describe('barrier', () => {
  it('starts a whole batch when nothing is being reset', () => {
    expect(strategies.barrier.nextStep({ waiting, resetting: [] }, { maxUnavailable: 2 })).toEqual({ kind: 'reset', nodes: ['c', 'd'] });
  });

  it('waits while one node of the batch is not finished', () => {
    expect(strategies.barrier.nextStep({ waiting, resetting: ['b'] }, { maxUnavailable: 2 })).toEqual({ kind: 'wait' });
  });
});

describe('window', () => {
  it('takes the free places at once', () => {
    expect(strategies.window.nextStep({ waiting, resetting: ['b'] }, { maxUnavailable: 3 })).toEqual({ kind: 'reset', nodes: ['c', 'd'] });
  });

  it('waits when no place is free', () => {
    expect(strategies.window.nextStep({ waiting, resetting: ['a', 'b'] }, { maxUnavailable: 2 })).toEqual({ kind: 'wait' });
  });
});

describe.each(Object.values(strategies))('$name', (strategy) => {
  it('is done when nothing waits and nothing is being reset', () => {
    expect(strategy.nextStep({ waiting: [], resetting: [] }, { maxUnavailable: 1 })).toEqual({ kind: 'done' });
  });

  it('waits for the last nodes when none is left to start', () => {
    expect(strategy.nextStep({ waiting: [], resetting: ['b'] }, { maxUnavailable: 1 })).toEqual({ kind: 'wait' });
  });

  it('bears the name under which it is registered', () => {
    expect(Object.entries(strategies).find(([, entry]) => entry === strategy)?.[0]).toBe(strategy.name);
  });
});
