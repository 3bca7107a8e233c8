import { describe, expect, it } from 'vitest';
import { subjectOf } from '../../../src/scenario/checks/Check.ts';
import { recoveryOutlastsDrain } from '../../../src/scenario/checks/recoveryOutlastsDrain.ts';
import type { PodTiming, Scenario } from '../../../src/scenario/Scenario.ts';
import { type Duration, minutes, NEVER } from '../../../src/units.ts';
import { aBudget, aNode, aStatefulSet } from '../../support/builders.ts';
import { aRoll, aScenario, aTiming } from '../../support/scenarios.ts';

interface Case {
  /** Until a member is Ready again. */
  readonly ready: Duration;
  readonly limits?: Parameters<typeof aBudget>[1];
  readonly roll?: Partial<Scenario['roll']>;
  readonly drain?: Partial<Scenario['roll']['drain']>;
  readonly timing?: Partial<PodTiming>;
}

/** Five members on four nodes with resets of 8 min and a drain time of 10 min, after which what is left is killed. */
function found({ ready, limits = { maxUnavailable: 1 }, roll = {}, drain = {}, timing = {} }: Case) {
  const nodes = ['a', 'b', 'c', 'd'].map((name) => aNode(name));
  const cluster = { nodes, workloads: [aStatefulSet('db', 5)], budgets: [aBudget('db', limits)] };
  const plan = aRoll(cluster);
  const times = aTiming({ ready });
  return recoveryOutlastsDrain(
    subjectOf(
      aScenario({
        cluster,
        timing: { ...times, pods: times.pods.map((each) => ({ ...each, ...timing })) },
        roll: { ...roll, drain: { ...plan.drain, timeout: minutes(10), ...drain } },
      }),
    ),
  );
}

describe('recoveryOutlastsDrain', () => {
  it('adds up the reset and the drain that follow an eviction', () => {
    expect(found({ ready: minutes(18) })).toEqual([]);
    expect(found({ ready: minutes(19) })).toEqual([
      {
        code: 'RECOVERY_OUTLASTS_DRAIN',
        severity: 'warning',
        object: 'PodDisruptionBudget/default/db',
        message:
          'a pod under it is Ready again 19m after it has left, and the drain that waits for that is over after 18m (8m until it begins, 10m of drain); then its pods are killed against it',
        hint: expect.stringContaining('give drains more than 11m '),
      },
    ]);
  });

  it.each<[string, number, Omit<Case, 'ready'>]>([
    ['nodes of one batch, which are drained together', 10, { roll: { maxUnavailable: 2 } }],
    ['two disruptions, one after the other', 26, { limits: { maxUnavailable: 2 } }],
    ['two disruptions in batches of two', 18, { limits: { maxUnavailable: 2 }, roll: { maxUnavailable: 2 } }],
    ['a pause between nodes', 23, { roll: { pacing: { kind: 'barrier', soak: minutes(5) } } }],
    ['an interval between nodes', 23, { roll: { pacing: { kind: 'barrier', interval: minutes(5) } } }],
    ['batches that grow from one node on', 18, { roll: { maxUnavailable: 9, pacing: { kind: 'ramp', factor: 9 } } }],
  ])('knows %s', (_, enough, rest) => {
    expect(found({ ready: minutes(enough), ...rest })).toEqual([]);
    expect(found({ ready: minutes(enough + 1), ...rest })).toHaveLength(1);
  });

  it.each<[string, Omit<Case, 'ready'>]>([
    ['a drain without a limit', { drain: { timeout: NEVER } }],
    ['a drain that goes on', { drain: { onTimeout: 'retryForever' } }],
    ['a drain that asks no budget', { drain: { mode: 'delete' } }],
    ['a budget that never allows anything', { limits: { maxUnavailable: 0 } }],
    ['a budget that lets all go', { limits: { maxUnavailable: 5 } }],
    ['a single node', { roll: { nodes: ['a'] } }],
    ['pods that are never Ready', { timing: { ready: { kind: 'constant', value: minutes(60), never: 1 } } }],
  ])('says nothing of %s', (_, rest) => {
    expect(found({ ready: minutes(60), ...rest })).toEqual([]);
  });

  it.each([
    ['failRoll', 'then the roll fails'],
    ['failNode', 'then their nodes fail'],
  ] as const)('tells what %s means', (onTimeout, end) => {
    expect(found({ ready: minutes(60), drain: { onTimeout } })[0]?.message.endsWith(end)).toBe(true);
  });
});
