import { describe, expect, it } from 'vitest';
import type { FailurePlan } from '../../src/rolls/RollPlan.ts';
import { run } from '../../src/run/run.ts';
import { type Duration, minutes, NEVER } from '../../src/units.ts';
import { aNode } from '../support/builders.ts';
import { aScenario, aTiming } from '../support/scenarios.ts';

const nodes = ['a', 'b', 'c', 'd', 'e'].map((name) => aNode(name));

/** Five nodes, two at a time; those in `resets` take longer than the 8 minutes of the others and have failed after 30. */
function rolled(failure: Omit<FailurePlan, 'readyTimeout' | 'retries'>, resets: Readonly<Record<string, Duration>>) {
  const roll = { maxUnavailable: 2, failure: { readyTimeout: minutes(30), retries: 0, ...failure } };
  return run(aScenario({ cluster: { nodes }, roll, timing: aTiming({ resets }) }), '1');
}

const outcomesOf = ({ roll }: ReturnType<typeof rolled>) => roll.nodes.map(({ outcome }) => outcome);

describe('a node that fails', () => {
  it.each([
    ['continue', ['failed', 'inService', 'inService', 'inService', 'inService']],
    ['stop', ['failed', 'inService', 'notStarted', 'notStarted', 'notStarted']],
    ['pause', ['failed', 'inService', 'notStarted', 'notStarted', 'notStarted']],
  ] as const)('lets a roll %s, so that nodes are %j', (then, outcomes) => {
    expect(outcomesOf(rolled({ then }, { a: NEVER }))).toEqual(outcomes);
  });

  it.each([
    [0, ['failed', 'inService', 'notStarted', 'notStarted', 'notStarted']],
    [1, ['failed', 'inService', 'failed', 'inService', 'notStarted']],
    [2, ['failed', 'inService', 'failed', 'inService', 'inService']],
  ])('stops a roll in which %i may fail, so that nodes are %j', (maxFailed, outcomes) => {
    expect(outcomesOf(rolled({ then: 'stop', maxFailed }, { a: NEVER, c: NEVER }))).toEqual(outcomes);
  });

  it('is counted in the reason why a roll stops', () => {
    const { roll } = rolled({ then: 'stop', maxFailed: 1 }, { a: NEVER, c: NEVER });
    expect(roll.nodes.at(-1)?.reason).toBe('2 nodes failed, more than maxFailed 1, and the plan stops then');
  });

  it.each([
    ['stop', 'a node failed and the plan stops then'],
    ['pause', 'a node failed and the roll pauses until somebody sees to it'],
  ] as const)('is told as the reason why a roll does %s', (then, reason) => {
    const { findings } = rolled({ then }, { a: NEVER });
    expect(findings.find(({ code }) => code === 'NODE_NOT_STARTED')?.message).toBe(`3 nodes were not reached (c, d, e): ${reason}`);
  });
});
