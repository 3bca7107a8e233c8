import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DisruptionBudget } from '../../src/cluster/DisruptionBudget.ts';
import { BudgetTrack } from '../../src/run/probes/BudgetTrack.ts';
import { StepLog } from '../../src/run/probes/StepLog.ts';
import type { StepRecorder } from '../../src/run/probes/StepRecorder.ts';
import { WorkloadTrack } from '../../src/run/probes/WorkloadTrack.ts';
import { serviceOf } from '../../src/run/serviceOf.ts';
import { instant } from '../../src/units.ts';
import { aBudget } from '../support/builders.ts';

const values = fc.array(fc.nat(2), { minLength: 1, maxLength: 12 });

/** One value for each of the instants 0, 1, 2, … of the figures that count: the last two are those of another workload under the same budget. */
const courses = fc.record({ ready: values, owed: values, floor: values, otherReady: values, otherFloor: values, end: fc.nat(14) });

const tracked = () => new WorkloadTrack({ kind: 'Deployment', namespace: 'default', name: 'web' }, {});
const budget = new DisruptionBudget(aBudget('web', {}), 0);

describe('serviceOf', () => {
  it('adds up what looking at every millisecond adds up', () => {
    fc.assert(
      fc.property(courses, ({ end, ...figures }) => {
        const [track, other, over, log] = [tracked(), tracked(), new BudgetTrack(budget), new StepLog()];
        const [own, others] = [over.take(track.ready, log), over.take(other.ready, log)];
        track.floors = [own];
        const record = (recorder: StepRecorder, course: readonly number[]) => {
          for (const [time, value] of course.entries()) recorder.record(instant(time), value);
        };
        record(track.ready, figures.ready);
        record(track.owed, figures.owed);
        record(own.wanted, figures.floor);
        record(other.ready, figures.otherReady);
        record(others.wanted, figures.otherFloor);
        const at = (figure: keyof typeof figures, time: number) => figures[figure][Math.min(time, figures[figure].length - 1)] ?? 0;
        const moments = Array.from({ length: end }, (_, time) => time);
        const isDown = (time: number) => at('owed', time) > 0 && at('ready', time) === 0;
        const { minReady, degraded, belowFloor, outages, longest, unended } = serviceOf(track, instant(end));
        expect(minReady).toBe(Math.min(...(end === 0 ? [0] : moments).map((time) => at('ready', time))));
        expect(degraded).toBe(moments.filter((time) => at('ready', time) < at('owed', time)).length);
        const selected = (time: number) => at('ready', time) + (at('otherFloor', time) > 0 ? at('otherReady', time) : 0);
        const isBelow = (time: number) => at('owed', time) > 0 && selected(time) < at('floor', time);
        expect(belowFloor).toBe(moments.filter(isBelow).length);
        expect(outages.flatMap(({ start, end: until }) => moments.slice(start, until))).toEqual(moments.filter(isDown));
        expect(outages.every(({ start }) => start === 0 || !isDown(start - 1))).toBe(true);
        expect(longest).toEqual({
          outage: longestRun(end, isDown),
          degraded: longestRun(end, (time) => at('ready', time) < at('owed', time)),
          belowFloor: longestRun(end, isBelow),
        });
        expect(unended.includes('degraded')).toBe(at('ready', end) < at('owed', end));
        expect(unended.includes('belowFloor')).toBe(isBelow(end));
        expect(unended.includes('outage')).toBe(isDown(end));
        expect(outages.map(({ isOver }) => isOver)).toEqual(outages.map(({ end: until }) => !isDown(until)));
      }),
    );
  });
});

/** How many moments follow one another at most, before `end`, at which it is so. */
function longestRun(end: number, isSo: (time: number) => boolean): number {
  const marks = Array.from({ length: end }, (_, time) => (isSo(time) ? 'x' : ' ')).join('');
  return Math.max(...marks.split(' ').map(({ length }) => length));
}
