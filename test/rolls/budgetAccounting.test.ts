import { describe, expect, it } from 'vitest';
import type { NodeDescription } from '../../src/cluster/Node.ts';
import type { RollPlan } from '../../src/rolls/RollPlan.ts';
import { run } from '../../src/run/run.ts';
import type { Disturbance } from '../../src/scenario/Scenario.ts';
import { after, minutes, NEVER, START } from '../../src/units.ts';
import { aNode } from '../support/builders.ts';
import { aScenario, aTiming } from '../support/scenarios.ts';

const NAMES = ['a', 'b', 'c', 'd', 'e'];
const notReady = { ready: 'False' } as const;
const cordoned = { unschedulable: true };
const INFLIGHT = { budgetAccounting: 'inflight' } as const;
const UNREADY = { budgetAccounting: 'anyUnready' } as const;
const EITHER = { budgetAccounting: 'unreadyOrCordoned' } as const;

interface Story {
  readonly roll: Partial<RollPlan>;
  readonly states?: Readonly<Record<string, Partial<NodeDescription>>>;
  readonly disturbances?: readonly Disturbance[];
  readonly failing?: string;
}

/** Rolls `a` to `e` in a sliding window, each in 8 minutes. */
function rolled({ roll, states = {}, disturbances = [], failing }: Story) {
  const nodes = NAMES.map((name) => aNode(name, states[name] ?? {}));
  const resets = failing === undefined ? {} : { [failing]: NEVER };
  return run(
    aScenario({ cluster: { nodes }, roll: { pacing: { kind: 'window' }, ...roll }, timing: aTiming({ resets }), disturbances }),
    '1',
  );
}

/** Minutes after which the turn of each node came, `-` if it never did. */
function turns(story: Story) {
  return rolled(story)
    .roll.nodes.map(({ cordonedAt }) => (cordonedAt === undefined ? '-' : cordonedAt / minutes(1)))
    .join(' ');
}

const changeOf = (node: string, at: number, unschedulable: boolean): Disturbance => ({
  at: after(START, minutes(at)),
  kind: 'changeNode',
  node,
  change: { unschedulable },
});

describe('a node that is not Ready', () => {
  const states = { e: notReady };

  it.each([
    ['inflight', INFLIGHT, '0 8 16 24 32'],
    ['anyUnready', UNREADY, '- - - - -'],
    ['unreadyOrCordoned', EITHER, '- - - - -'],
  ])('with accounting %s and maxUnavailable 1 lets nodes start as its places allow', (_, roll, expected) => {
    expect(turns({ roll: { ...roll, maxUnavailable: 1 }, states })).toBe(expected);
  });

  it('leaves one place of two, and is passed over itself where cordoned nodes count', () => {
    expect(turns({ roll: { ...EITHER, maxUnavailable: 2 }, states })).toBe('0 8 16 24 -');
    expect(turns({ roll: { ...UNREADY, maxUnavailable: 2 }, states })).toBe('0 8 16 24 32');
  });

  it('is named as the reason why others were not reached', () => {
    const { roll, findings } = rolled({ roll: { ...EITHER, maxUnavailable: 1 }, states });
    expect(roll.outcome).toBe('stuck');
    expect(findings.find(({ code }) => code === 'NODE_NOT_STARTED')?.message).toMatch(
      /: e is not Ready or cordoned \(1 of maxUnavailable 1\), and nothing /,
    );
  });

  it('counts although the plan does not take it', () => {
    expect(turns({ roll: { ...EITHER, maxUnavailable: 1, nodes: ['a', 'b'] }, states })).toBe('- -');
    const elsewhere = { e: { ...notReady, pool: 'others' } };
    expect(turns({ roll: { ...EITHER, maxUnavailable: 1, nodes: ['a', 'b'] }, states: elsewhere })).toBe('0 8');
  });
});

describe('a node that was cordoned by hand', () => {
  const states = { b: cordoned };

  it.each([
    ['inflight', INFLIGHT, '0 8 16 24 32'],
    ['anyUnready', UNREADY, '0 8 16 24 32'],
    ['unreadyOrCordoned', EITHER, '- - - - -'],
  ])('with accounting %s lets nodes start as its places allow', (_, roll, expected) => {
    expect(turns({ roll: { ...roll, maxUnavailable: 1 }, states })).toBe(expected);
  });

  it('has its turn once it is uncordoned', () => {
    expect(turns({ roll: { ...EITHER, maxUnavailable: 1 }, states, disturbances: [changeOf('b', 5, false)] })).toBe('5 13 21 29 37');
  });

  it('holds up a roll that is under way, and no longer than it is cordoned', () => {
    const disturbances = [changeOf('e', 5, true), changeOf('e', 30, false)];
    expect(turns({ roll: { ...EITHER, maxUnavailable: 1 }, disturbances })).toBe('0 30 38 46 54');
  });

  it('frees its place when it is deleted', () => {
    const disturbances: Disturbance[] = [{ at: after(START, minutes(3)), kind: 'deleteNode', node: 'b' }];
    expect(turns({ roll: { ...EITHER, maxUnavailable: 1 }, states, disturbances })).toBe('3 - 11 19 27');
  });

  it('leaves fewer nodes to a batch', () => {
    const roll = { ...EITHER, maxUnavailable: 3, pacing: { kind: 'barrier' } } as const;
    expect(turns({ roll, states })).toBe('0 - 0 8 8');
  });
});

describe('a node that has failed', () => {
  const failure = { readyTimeout: minutes(30), then: 'continue', retries: 0 } as const;

  it('keeps its place where nodes count that are not Ready', () => {
    expect(turns({ roll: { ...INFLIGHT, maxUnavailable: 2, failure }, failing: 'a' })).toBe('0 0 8 16 24');
    expect(turns({ roll: { ...UNREADY, maxUnavailable: 1, failure }, failing: 'a' })).toBe('0 - - - -');
  });
});
