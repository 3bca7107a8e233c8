import { describe, expect, it } from 'vitest';
import { minutes } from '../../src/units.ts';
import { faultsIn, readScenario, summaryOf } from '../support/scenarioText.ts';

const START = '2026-11-24T01:00:00[Europe/Berlin]';
const withWindows = (maintenance: string, preset = 'ack-replace') => ({
  start: START,
  roll: `{preset: ${preset}, pool: workers, maxUnavailable: 1, maintenance: ${maintenance}}`,
});
const planOf = (maintenance: string, preset?: string) => readScenario(withWindows(maintenance, preset)).roll.maintenance;
const faultsOf = (maintenance: string, preset?: string) => summaryOf(faultsIn(withWindows(maintenance, preset)));

describe('maintenance windows', () => {
  it('are Thursday for 3 hours to ACK unless they say otherwise', () => {
    expect(planOf('{windows: [{start: "03:00"}]}')).toEqual({
      timeZone: 'Europe/Berlin',
      windows: [{ days: ['Thu'], start: '03:00', length: { duration: minutes(180) } }],
      exclusions: [],
      onClose: 'finishInFlightThenPause',
    });
  });

  it('may be written as the recurrence that ACK takes', () => {
    const rule =
      '{windows: [{rrule: "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SA", since: 2026-11-24, start: "22:00", end: "02:00"}], timeZone: UTC}';
    expect(planOf(rule)).toMatchObject({
      timeZone: 'UTC',
      windows: [{ days: ['Tue', 'Sat'], weeks: { every: 2, since: '2026-11-24' }, start: '22:00', length: { end: '02:00' } }],
    });
    expect(planOf('{windows: [{rrule: FREQ=WEEKLY, start: "03:00"}]}')?.windows[0]?.days).toEqual(['Thu']);
  });

  it('open every day where neither scenario nor preset names days', () => {
    const plan = planOf('{windows: [{start: "03:00", duration: 3h}], onClose: runOn}', 'cce-sync');
    expect(plan).toMatchObject({ onClose: 'runOn', windows: [{ days: ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'] }] });
  });

  it('are listed among the inputs', () => {
    const exclusions = 'exclusions: [{from: 2026-12-24, to: 2026-12-27T12:00}]';
    const { inputs } = readScenario(
      withWindows(`{windows: [{start: "03:00"}, {days: [Sat], start: "01:00", end: "05:00"}], ${exclusions}}`),
    );
    expect(inputs).toContainEqual({
      name: 'roll.maintenance',
      origin: 'assumed',
      value: 'Thu 03:00 for 3h and Sat 01:00 to 05:00 (Europe/Berlin), not from 2026-12-24 to 2026-12-27T12:00, finishInFlightThenPause',
    });
  });

  it.each([
    ['{windows: [{rrule: FREQ=DAILY, start: "03:00"}]}', ['windows[0].rrule: recurs by DAILY, expected FREQ=WEEKLY']],
    ['{windows: [{rrule: FREQ=WEEKLY;COUNT=3, start: "03:00"}]}', ['windows[0].rrule: COUNT has no place in a maintenance window']],
    ['{windows: [{rrule: FREQ=WEEKLY;UNTIL=20270101, start: "03:00"}]}', ['windows[0].rrule: UNTIL has no place in a maintenance window']],
    ['{windows: [{rrule: FREQ=WEEKLY;BYDAY=1TH, start: "03:00"}]}', ['windows[0].rrule: BYDAY is not a list of days']],
    ['{windows: [{rrule: weekly, start: "03:00"}]}', ['windows[0].rrule: not a recurrence rule']],
    ['{windows: [{rrule: FREQ=WEEKLY;INTERVAL=0, start: "03:00"}]}', ['windows[0].rrule: INTERVAL is not a number of weeks']],
    [
      '{windows: [{rrule: FREQ=WEEKLY;INTERVAL=2, start: "03:00"}]}',
      ['windows[0].since: missing or no date: it tells which weeks are meant'],
    ],
    ['{windows: [{rrule: FREQ=WEEKLY, days: [Mon], start: "03:00"}]}', ['windows[0].days: not with an rrule']],
    ['{windows: [{start: "03:00", duration: 25h}]}', ['windows[0].duration: must be at most 24h']],
    ['{windows: [{start: "03:00", duration: 59m}]}', ['windows[0].duration: must be at least 1h']],
    ['{windows: [{duration: 3h}]}', ['windows[0]: missing start']],
    ['{windows: [{start: "3:00"}]}', ['windows[0].start: not a time of day, such as 03:00']],
    ['{windows: [{start: "03:00", end: "04:00", duration: 1h}]}', ['windows[0].end: not with a duration']],
    ['{windows: [{start: "03:00"}], timeZone: Mars}', ['timeZone: no time zone named "Mars"']],
    ['{windows: [{start: "03:00"}], exclusions: [{from: Christmas, to: 2026-12-27}]}', ['exclusions[0].from: not a time without a zone']],
    ['{windows: [{start: "03:00"}], exclusions: [{from: 2026-12-27, to: 2026-12-24}]}', ['exclusions[0].to: not after from']],
  ])('are refused: %s', (maintenance, faults) => {
    expect(faultsOf(maintenance)).toEqual(faults.map((fault) => `roll.maintenance${fault.startsWith('[') ? '' : '.'}${fault}`));
  });

  it('need to be given in full where the system has none', () => {
    expect(faultsOf('{windows: [{start: "03:00"}]}', 'cce-sync')).toEqual([
      'roll.maintenance: missing onClose',
      'roll.maintenance.windows[0]: missing duration',
    ]);
  });
});
