import { describe, expect, it } from 'vitest';
import { subjectOf } from '../../../src/scenario/checks/Check.ts';
import { windowTooShort } from '../../../src/scenario/checks/windowTooShort.ts';
import type { Disturbance, Goal, Scenario } from '../../../src/scenario/Scenario.ts';
import { instant, minutes } from '../../../src/units.ts';
import { aNode } from '../../support/builders.ts';
import { aScenario, aTimeAfterStart, aTiming } from '../../support/scenarios.ts';

const nodes = ['a', 'b', 'c', 'd', 'e'].map((name) => aNode(name));

describe('windowTooShort', () => {
  it('says how long the roll takes at least', () => {
    expect(windowTooShort(subjectOf(rolled({ goal: within(39) })))).toEqual([
      {
        code: 'WINDOW_TOO_SHORT',
        severity: 'error',
        object: 'Objective/in time',
        message: '5 nodes with maxUnavailable 1 take at least 40m, and the roll has 39m',
        hint: expect.stringContaining('allow 40m and what the drains take'),
      },
    ]);
  });

  // Five resets of 8 min, but for the first, which takes 20.
  it.each<[string, number, Partial<Scenario['roll']>, Parameters<typeof aTiming>[0]]>([
    ['one node at a time', 40, {}, {}],
    ['batches of two', 24, { maxUnavailable: 2 }, {}],
    ['a window of two', 20, { maxUnavailable: 2, pacing: { kind: 'window' } }, {}],
    ['batches, each as long as its longest node', 36, { maxUnavailable: 2 }, { resets: { a: minutes(20) } }],
    ['batches of which the last has one node', 28, { maxUnavailable: 2, nodes: ['b', 'c', 'a'] }, { resets: { a: minutes(20) } }],
    ['batches in an order left to chance', 36, { maxUnavailable: 2, order: 'random' }, { resets: { a: minutes(20), c: minutes(14) } }],
    ['a window whose longest node sets its length', 30, { maxUnavailable: 5, pacing: { kind: 'window' } }, { resets: { a: minutes(30) } }],
    ['pauses between nodes', 40 + 4 * 5, { pacing: { kind: 'barrier', soak: minutes(5) } }, {}],
    ['pauses between batches', 24 + 2 * 5, { maxUnavailable: 2, pacing: { kind: 'barrier', soak: minutes(5) } }, {}],
    ['intervals between batches', 24 + 2 * 5, { maxUnavailable: 2, pacing: { kind: 'barrier', interval: minutes(5) } }, {}],
    [
      'a pause after the first batch',
      24 + 30 + 5,
      { maxUnavailable: 2, pacing: { kind: 'barrier', interval: minutes(5), pause: 'first', resumeAfter: minutes(30) } },
      {},
    ],
    ['growing batches', 24, { maxUnavailable: 5, pacing: { kind: 'ramp', factor: 2 } }, {}],
    [
      'growing batches in an order left to chance, the longest nodes in the largest',
      20 + 8 + 8,
      { maxUnavailable: 5, order: 'random', pacing: { kind: 'ramp', factor: 2 } },
      { resets: { a: minutes(20), b: minutes(20) } },
    ],
    ['places of a window that are kept for a while', 26, { maxUnavailable: 2, pacing: { kind: 'window', soak: minutes(4) } }, {}],
    [
      'a long node beside a kept place',
      30,
      { maxUnavailable: 4, pacing: { kind: 'window', soak: minutes(9) } },
      { resets: { a: minutes(30) } },
    ],
  ])('knows %s', (_, least, roll, timing) => {
    expect(windowTooShort(subjectOf(rolled({ goal: within(least), roll, timing })))).toEqual([]);
    expect(windowTooShort(subjectOf(rolled({ goal: within(least - 1), roll, timing })))).toHaveLength(1);
  });

  it('counts the gate, a node that is given up before it is back, and none that somebody deletes', () => {
    const gate = { minReady: minutes(2), postInstall: minutes(4), waitPostInstallFinish: true };
    expect(windowTooShort(subjectOf(rolled({ goal: within(59), roll: { gate } })))).toHaveLength(1);
    const failure = { readyTimeout: minutes(3), then: 'continue' as const, retries: 0 };
    expect(windowTooShort(subjectOf(rolled({ goal: within(15), roll: { failure } })))).toEqual([]);
    const disturbances = [{ at: instant(1), kind: 'deleteNode' as const, node: 'e' }];
    expect(windowTooShort(subjectOf(rolled({ goal: within(32), disturbances })))).toEqual([]);
  });

  it('compares the end too', () => {
    const goal = (time: number) => ({ kind: 'endBefore' as const, limit: aTimeAfterStart(minutes(time)) });
    expect(windowTooShort(subjectOf(rolled({ goal: goal(40) })))).toEqual([]);
    expect(windowTooShort(subjectOf(rolled({ goal: goal(39) })))).toHaveLength(1);
  });
});

interface Roll {
  readonly goal: Goal;
  readonly roll?: Partial<Scenario['roll']>;
  readonly timing?: Parameters<typeof aTiming>[0];
  readonly disturbances?: readonly Disturbance[];
}

function rolled({ goal, roll = {}, timing = {}, disturbances = [] }: Roll): Scenario {
  const objectives = [{ name: 'in time', probability: 1, goal }];
  return aScenario({ cluster: { nodes }, roll, timing: aTiming(timing), objectives, disturbances });
}

function within(limit: number): Goal {
  return { kind: 'maxDuration', limit: minutes(limit) };
}
