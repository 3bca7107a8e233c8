import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { replicationSeed, runSerially } from '../../src/experiments/RunJob.ts';
import { searchWindow } from '../../src/experiments/searchWindow.ts';
import { startsBetween, weekFrom } from '../../src/experiments/startsBetween.ts';
import { run } from '../../src/run/run.ts';
import type { Scenario, ZonedStart } from '../../src/scenario/Scenario.ts';
import { probabilityInterval } from '../../src/stats/probabilityInterval.ts';
import { minutes, seconds } from '../../src/units.ts';
import { aDeployment, aNode } from '../support/builders.ts';
import { aScenario } from '../support/scenarios.ts';

const start = {
  text: '2026-10-19T00:00:00+02:00[Europe/Berlin]',
  timeZone: 'Europe/Berlin',
  epochMilliseconds: Date.parse('2026-10-19T00:00:00+02:00'),
};
const isBusy = (hour: number) => hour % 24 >= 8 && hour % 24 < 20;

/** Demand doubles from 08:00 to 20:00; 6 nodes take 48 minutes. */
const scenario = aScenario({
  start,
  cluster: { nodes: Array.from({ length: 6 }, (_, index) => aNode(`n${index}`)), workloads: [aDeployment('web', 6, { cpu: 1 })] },
  demand: [{ match: {}, requestsPerSecond: Array.from({ length: 168 }, (_, hour) => (isBusy(hour) ? 600 : 300)), perReplica: 100 }],
});

const { from, to } = weekFrom(start);

describe('searchWindow', () => {
  it('recommends only starts that keep the roll inside the quiet hours', async () => {
    const starts = startsBetween(from, to, minutes(60));
    const { best, starts: tried } = await searchWindow(scenario, starts, { runBatch: runSerially, version: '0.0.0' });
    expect(tried).toHaveLength(169);
    expect(best).toHaveLength(5);
    for (const text of best) {
      const chosen = starts.find((one) => one.text === text) ?? start;
      const { durationSeconds } = tried.find((one) => one.start === text) ?? { durationSeconds: Number.NaN };
      const end = { ...chosen, epochMilliseconds: chosen.epochMilliseconds + seconds(durationSeconds) - 1 };
      expect(isBusy(hourAt(chosen)) || isBusy(hourAt(end))).toBe(false);
    }
  });

  it('lists no start that fails among the best where one keeps the objectives', async () => {
    const served = { name: 'all served', probability: 1, goal: { kind: 'maxUnservedRequests' as const, limit: 0 } };
    const hours = [0, 9, 10, 11].map((hour) => ({
      ...start,
      text: `${hour}:00`,
      epochMilliseconds: start.epochMilliseconds + minutes(60 * hour),
    }));
    const found = (tried: typeof hours) =>
      searchWindow({ ...scenario, objectives: [served] }, tried, { runBatch: runSerially, version: '0.0.0' });
    expect((await found(hours)).best).toEqual(['0:00']);
    expect((await found(hours.slice(1))).best).toHaveLength(3);
  });

  it('counts what the replicas that are left cannot serve', async () => {
    const busy = { ...start, epochMilliseconds: start.epochMilliseconds + minutes(10 * 60) };
    const { starts } = await searchWindow(scenario, [start, busy], { runBatch: runSerially, version: '0.0.0' });
    const [night, day] = starts.map(({ unservedRequests }) => unservedRequests);
    expect(night).toBe(0);
    expect(day).toBeGreaterThan(0);
  });

  it('holds a deadline against the clock, not against the start of the scenario', async () => {
    const objectives = [{ name: 'in time', probability: 1, goal: { kind: 'endBefore', limit: at(5) } } as const];
    const tried = [3, 4, 4.1, 4.3, 5, 6].map(at);
    const { starts } = await searchWindow({ ...scenario, objectives }, tried, { runBatch: runSerially, version: '0.0.0' });
    expect(starts.flatMap(({ breaks }) => breaks)).toEqual(starts.flatMap(({ outcome }) => (outcome === 'fails' ? 'in time' : [])));
    expect(starts.map(({ start: text, outcome }) => [text, outcome])).toEqual([
      ['3', 'holds'],
      ['4', 'holds'],
      ['4.1', 'holds'],
      ['4.3', 'fails'],
      ['5', 'fails'],
      ['6', 'fails'],
    ]);
  });

  it('finds no start better where all are equal, however their hours are cut', async () => {
    const even = scenario.demand.map((demand) => ({ ...demand, requestsPerSecond: demand.requestsPerSecond.map(() => 123.457) }));
    const tried = Array.from({ length: 24 }, (_, index) => at((17 * index) / 60));
    const { best, worst } = await searchWindow({ ...scenario, demand: even }, tried, { runBatch: runSerially, version: '0.0.0' });
    expect(best).toEqual(tried.slice(0, 5).map(({ text }) => text));
    expect(worst).toBeNull();
  });

  it('does not list the start among its inputs', async () => {
    const [begin, horizon] = ['start', 'horizon'].map((name) => ({ name, value: '', origin: 'assumed' as const }));
    const inputs = begin && horizon ? [begin, horizon] : [];
    expect((await searchWindow({ ...scenario, inputs }, [start], { runBatch: runSerially, version: '0.0.0' })).inputs).toEqual([horizon]);
  });

  it('names the worst start and why', async () => {
    const busy = { ...start, text: 'busy', epochMilliseconds: start.epochMilliseconds + minutes(10 * 60) };
    const { worst } = await searchWindow(scenario, [start, busy], { runBatch: runSerially, version: '0.0.0' });
    expect(worst).toMatchObject({ start: 'busy', reason: expect.stringContaining('unserved') });
  });
});

describe('searchWindow with replications', () => {
  const inTime = { name: 'in time', probability: 0.1, goal: { kind: 'endBefore', limit: at(2) } } as const;
  const random = {
    ...scenario,
    timing: {
      ...scenario.timing,
      nodes: [{ match: {}, reset: { kind: 'uniform', min: minutes(5), max: minutes(15) }, origin: 'assumed' }],
    },
    demand: scenario.demand.map((demand) => ({ ...demand, requestsPerSecond: demand.requestsPerSecond.map((_, hour) => 300 - hour) })),
    objectives: [inTime],
  } as const satisfies Scenario;
  const tried = [0, 0.9, 1].map(at);
  const search = searchWindow(random, tried, { replications: 40, runBatch: runSerially, version: '0.0.0' });

  it('runs each start under the same seeds and tells in which share of them the roll is over in time', async () => {
    const shares = tried.map((start) => {
      const ends = Array.from({ length: 40 }, (_, index) => run({ ...random, start }, replicationSeed('1', index)).roll.duration);
      return ends.filter((end) => start.epochMilliseconds + end <= at(2).epochMilliseconds).length;
    });
    expect(shares[2]).toBeGreaterThan(0);
    expect(shares[1]).toBeLessThan(40);
    const { starts, replications } = await search;
    expect(replications).toBe(40);
    expect(starts.map(({ probability }) => probability)).toEqual(shares.map((share) => share / 40));
    expect(starts.map(({ interval }) => interval)).toEqual(shares.map((share) => probabilityInterval(share, 40)));
  });

  it('prefers the better chance to the lesser load', async () => {
    const { starts, best } = await search;
    expect(starts.map(({ outcome }) => outcome)).toEqual(['holds', 'holds', 'holds']);
    expect(starts[2]?.requestsDuringRoll).toBeLessThan(starts[0]?.requestsDuringRoll ?? 0);
    expect(best).toEqual(tried.map(({ text }) => text));
    expect((await search).worst?.reason).toMatch(/it finishes in time in \d+ of 40 replications; on average \d{1,3}(,\d{3})* requests/);
  });

  it('tells no probability of a single run', async () => {
    const { starts } = await searchWindow(random, tried, { runBatch: runSerially, version: '0.0.0' });
    expect(starts.every((start) => !('probability' in start) && !('interval' in start))).toBe(true);
  });
});

/** So many hours after the start of the week. */
function at(hours: number): ZonedStart {
  return { ...start, text: `${hours}`, epochMilliseconds: start.epochMilliseconds + minutes(60 * hours) };
}

/** The hour on the clock where the roll takes place. */
function hourAt({ epochMilliseconds, timeZone }: ZonedStart): number {
  return Temporal.Instant.fromEpochMilliseconds(epochMilliseconds).toZonedDateTimeISO(timeZone).hour;
}
