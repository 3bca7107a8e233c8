import { describe, expect, it } from 'vitest';
import type { CronJob } from '../../src/cluster/CronJob.ts';
import { run } from '../../src/run/run.ts';
import type { Disturbance } from '../../src/scenario/Scenario.ts';
import { instant, minutes, NEVER, seconds } from '../../src/units.ts';
import { aJob, aNode } from '../support/builders.ts';
import { eventsOf } from '../support/eventsOf.ts';
import { aScenario, aTiming } from '../support/scenarios.ts';

/** Every ten minutes a Job whose pod takes `work` minutes, while three nodes are reset for 24 minutes in all. */
function started(options: Partial<CronJob>, work: number, disturbances: readonly Disturbance[] = []) {
  const cronJob: CronJob = {
    namespace: 'default',
    name: 'report',
    schedule: '*/10 * * * *',
    timeZone: undefined,
    concurrencyPolicy: 'Allow',
    startingDeadline: NEVER,
    isSuspended: false,
    job: aJob('report', 1, { cpu: 1 }),
    ...options,
  };
  const nodes = ['n1', 'n2', 'n3', 'n4'].map((name) => aNode(name));
  const { pods, ...timing } = aTiming();
  const complete = { kind: 'constant' as const, value: minutes(work) };
  const scenario = aScenario({
    cluster: { nodes, cronJobs: [cronJob] },
    roll: { nodes: ['n1', 'n2', 'n3'] },
    disturbances,
    timing: { ...timing, pods: pods.map((each) => ({ ...each, complete })) },
  });
  const result = run(scenario, '1');
  const created = eventsOf(result).filter(({ kind, object }) => kind === 'podCreated' && object.includes('report-'));
  return { result, times: created.map(({ at }) => at / 60_000) };
}

describe('a CronJob', () => {
  it('starts Jobs while the roll goes on, and does not keep the run going', () => {
    const { result, times } = started({}, 2);
    expect(times).toEqual([10, 20]);
    expect(result.roll).toMatchObject({ outcome: 'completed', duration: minutes(24) });
    expect(result.endedAt).toBeLessThan(minutes(30));
  });

  it('with a period starts Jobs at multiples of it since its last start, and from t = 0 on when that is not known', () => {
    const schedule = '@every 10m';
    expect(started({ schedule }, 2).times).toEqual([10, 20]);
    const { epochMilliseconds } = aScenario().start;
    expect(started({ schedule, countedFromEpoch: epochMilliseconds - 27 * 60_000 }, 2).times).toEqual([3, 13, 23]);
  });

  it.each([
    ['its deadline ends a Job', { job: { ...aJob('report', 2, { cpu: 1 }), activeDeadlineSeconds: 240 } }, 0],
    ['it replaces a Job', { concurrencyPolicy: 'Replace' as const, job: aJob('report', 2, { cpu: 1 }) }, 1],
  ])('is not down while pods end because %s, and only evicted ones have moved', (_, options, evictions) => {
    const { result } = started(options, 60);
    const [report] = result.workloads;
    const starts = report?.outages.map(({ start }) => start / 60_000) ?? [];
    expect(starts.every((start) => start % 10 === 0)).toBe(true);
    expect(report?.moves).toBe(evictions);
    expect(eventsOf(result).filter(({ detail }) => detail.cause === 'EvictionByEvictionAPI')).toHaveLength(evictions);
  });

  it('starts nothing while it is suspended', () => {
    expect(started({ isSuspended: true }, 2).times).toEqual([]);
  });

  it.each([
    { concurrencyPolicy: 'Allow' as const, expected: [10, 20] },
    { concurrencyPolicy: 'Forbid' as const, expected: [10, 22] },
  ])('with policy $concurrencyPolicy and work that takes 12 minutes starts at $expected', ({ concurrencyPolicy, expected }) => {
    expect(started({ concurrencyPolicy }, 12).times.slice(0, 2).map(Math.floor)).toEqual(expected);
  });

  it('starts nothing later than its deadline after it was due', () => {
    const policy = { concurrencyPolicy: 'Forbid' as const };
    expect(started({ ...policy, startingDeadline: seconds(120) }, 12).times.map(Math.floor)).toEqual([10, 22]);
    expect(started({ ...policy, startingDeadline: seconds(119) }, 12).times.map(Math.floor)).toEqual([10]);
  });

  it('is forbidden to start by a Job that waits to make its pod once more', () => {
    const deletion: Disturbance = { at: instant(minutes(8) - 5000), kind: 'deletePod', pod: 'default/report-29459524-00001' };
    const { times } = started({ concurrencyPolicy: 'Forbid', schedule: '*/4 * * * *' }, 30, [deletion]);
    // 10 s after the deletion the Job makes its next pod.
    expect(times.slice(0, 2)).toEqual([4, 8 + 5 / 60]);
  });

  it('with policy Replace ends the Job that is still going on', () => {
    const { result, times } = started({ concurrencyPolicy: 'Replace' }, 12);
    expect(times.slice(0, 2)).toEqual([10, 20]);
    const ended = eventsOf(result).filter(({ kind, at }) => kind === 'podTerminating' && at === instant(minutes(20)));
    expect(ended).toHaveLength(1);
  });

  it('follows the clock of its own zone', () => {
    expect(started({ schedule: '15 1 * * *', timeZone: 'Europe/Berlin' }, 2).times).toEqual([15]);
  });
});
