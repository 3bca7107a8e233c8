import { describe, expect, it } from 'vitest';
import type { MaintenancePlan } from '../../src/rolls/MaintenancePlan.ts';
import type { RollPlan } from '../../src/rolls/RollPlan.ts';
import { run } from '../../src/run/run.ts';
import { type Duration, minutes } from '../../src/units.ts';
import { aNode } from '../support/builders.ts';
import { onThursday, thursday } from '../support/maintenance.ts';
import { aScenario } from '../support/scenarios.ts';

const WEEK = 7 * 24 * 60;
const forty = Array.from({ length: 40 }, (_, index) => aNode(`node-${index + 1}`));

/** 40 nodes of 8 minutes each, one at a time, from the moment at which the window opens. */
function rolled(
  maintenance: Partial<MaintenancePlan> = {},
  { horizon = minutes(2 * WEEK), ...roll }: Partial<RollPlan> & { horizon?: Duration } = {},
) {
  const plan = { maxUnavailable: 1, ...roll, maintenance: { ...thursday, ...maintenance } };
  return run(aScenario({ cluster: { nodes: forty }, start: onThursday(), horizon, roll: plan }), '1');
}

/** Minutes after the start at which the turn of each node came, undefined where it never did. */
const turns = ({ roll }: ReturnType<typeof rolled>) =>
  roll.nodes.map(({ outcome, startedAt, cordonedAt }) => {
    const turn = startedAt ?? cordonedAt;
    return outcome === 'notStarted' || turn === undefined ? undefined : turn / 60_000;
  });

describe('a roll that does not fit its maintenance window', () => {
  it('finishes the node that is under way and goes on when the next window opens', () => {
    const result = rolled();
    const { nodes, outcome, maintenance } = result.roll;
    expect(turns(result).slice(0, 23)).toEqual(Array.from({ length: 23 }, (_, index) => index * 8));
    expect(nodes.filter(({ endedAt }) => endedAt <= minutes(180))).toHaveLength(22);
    expect(nodes[22]?.endedAt).toBe(minutes(184));
    expect(turns(result).slice(23)).toEqual(Array.from({ length: 17 }, (_, index) => WEEK + index * 8));
    expect(outcome).toBe('completed');
    expect(maintenance?.openings.map(({ started }) => started)).toEqual([23, 17]);
    expect(maintenance?.suspended).toBe(minutes(WEEK - 184));
    expect(result.roll.duration).toBe(minutes(WEEK + 17 * 8));
  });

  it('ends as windowClosed when the horizon comes before the next window', () => {
    const { roll, objectives, findings, isCutOff } = rolled({}, { horizon: minutes(24 * 60) });
    expect(roll.outcome).toBe('windowClosed');
    expect(roll.nodes.filter(({ outcome }) => outcome === 'notStarted')).toHaveLength(17);
    expect(roll.maintenance?.next).toEqual({ opensAt: minutes(WEEK), closesAt: minutes(WEEK + 180) });
    expect(roll.duration).toBe(minutes(184));
    expect(isCutOff).toBe(true);
    expect(objectives[0]).toMatchObject({
      outcome: 'fails',
      evidence: '17 of 40 nodes left when no window opens any more before the horizon',
    });
    expect(findings.find(({ code }) => code === 'NODE_NOT_STARTED')?.message).toMatch(
      /^17 nodes were not reached .*: no maintenance window opens again before the horizon$/,
    );
  });

  it('leaves nodes alone that wait beyond the horizon', () => {
    const { roll } = rolled(
      { windows: [{ days: ['Wed'], start: '03:00', length: { duration: minutes(60) } }] },
      { horizon: minutes(24 * 60), cordon: 'wholePool' },
    );
    expect(roll.outcome).toBe('windowClosed');
    expect(roll.nodes.every(({ cordonedAt, outcome }) => cordonedAt === undefined && outcome === 'notStarted')).toBe(true);
    expect(roll.nodes[0]?.reason).toBe('no maintenance window opens before the horizon');
  });
});

describe('the close of a window', () => {
  it.each([
    ['finishInFlightThenPause', [0, 8, WEEK, WEEK + 8]],
    ['noNewStart', [0, 8, WEEK, WEEK + 8]],
    ['runOn', [0, 8, 16, 24]],
  ] as const)('with %s lets nodes start at %j', (onClose, expected) => {
    const windows = [{ days: ['Thu'] as const, start: '03:00', length: { duration: minutes(10) } }];
    expect(turns(rolled({ onClose, windows })).slice(0, 4)).toEqual(expected);
  });

  it('lets nobody start in the instant at which it closes', () => {
    const windows = [{ days: ['Thu'] as const, start: '03:00', length: { duration: minutes(16) } }];
    expect(turns(rolled({ windows })).slice(0, 3)).toEqual([0, 8, WEEK]);
  });

  it.each([
    ['finishInFlightThenPause', [1, 2, 4, 1, 2, 4]],
    ['noNewStart', [1, 2, 4, 8, 8, 8]],
  ] as const)('with %s makes the batches of a ramp %j', (onClose, expected) => {
    const windows = [{ days: ['Thu'] as const, start: '03:00', length: { duration: minutes(20) } }];
    const pacing = { kind: 'ramp', factor: 2 } as const;
    const { batches } = rolled({ onClose, windows }, { pacing, maxUnavailable: 8 }).roll;
    expect(batches.slice(0, 6).map(({ nodes }) => nodes.length)).toEqual(expected);
  });

  it('lets a place that becomes free stay free', () => {
    const windows = [{ days: ['Thu'] as const, start: '03:00', length: { duration: minutes(12) } }];
    const expected = [0, 0, 0, 8, 8, 8, WEEK, WEEK, WEEK];
    expect(turns(rolled({ windows }, { pacing: { kind: 'window' }, maxUnavailable: 3 })).slice(0, 9)).toEqual(expected);
  });
});

describe('a roll that begins outside of its windows', () => {
  const windows = [{ days: ['Thu'] as const, start: '05:00', length: { duration: minutes(60) } }];

  it.each(['finishInFlightThenPause', 'noNewStart', 'runOn'] as const)('waits for the first with %s', (onClose) => {
    const result = rolled({ windows, onClose });
    expect(turns(result)[0]).toBe(120);
    expect(result.roll.maintenance?.openings[0]).toMatchObject({ opensAt: minutes(120), closesAt: minutes(180) });
  });

  it('cordons the pool when it opens', () => {
    expect(rolled({ windows }, { cordon: 'wholePool' }).roll.nodes[39]?.cordonedAt).toBe(minutes(120));
  });
});
