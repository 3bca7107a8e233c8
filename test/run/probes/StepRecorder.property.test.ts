import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { StepLog } from '../../../src/run/probes/StepLog.ts';
import { StepRecorder } from '../../../src/run/probes/StepRecorder.ts';
import { StepFunction } from '../../../src/stats/StepFunction.ts';
import { instant } from '../../../src/units.ts';

const steps = fc.array(fc.record({ later: fc.nat(2), value: fc.nat(3), figure: fc.nat(2) }), { minLength: 1, maxLength: 60 });

/** Records the steps of three figures that share a log, each at the instant of the one before or later. */
function recorded(list: readonly { readonly later: number; readonly value: number; readonly figure: number }[]) {
  const log = new StepLog();
  const recorders = [0, 1, 2].map(() => new StepRecorder(log));
  let now = 0;
  const rows = list.map(({ later, value, figure }) => {
    now += later;
    recorders[figure]?.record(instant(now), value);
    return { at: now, value, figure };
  });
  return recorders.map((recorder, figure) => ({ recorder, rows: rows.filter((row) => row.figure === figure), end: now }));
}

describe('StepRecorder', () => {
  it('gives the last value of every instant, and no two equal ones side by side', () => {
    fc.assert(
      fc.property(steps, (list) => {
        for (const { recorder, rows, end } of recorded(list)) {
          const { times, values } = recorder.series();
          for (let at = 0; at <= end; at += 1) {
            const last = rows.findLast((row) => row.at <= at)?.value ?? 0;
            expect(new StepFunction({ times, values }).at(at)).toBe(last);
            expect(recorder.backFrom(instant(at)).value).toBe(last);
          }
          for (const at of [end, end + 1]) expect(recorder.before(instant(at))).toBe(rows.findLast((row) => row.at < at)?.value ?? 0);
          expect(values.every((value, index) => value !== values[index - 1])).toBe(true);
          expect(times.every((time, index) => index === 0 || time > (times[index - 1] ?? 0))).toBe(true);
        }
      }),
    );
  });

  it('keeps apart figures that are many', () => {
    const log = new StepLog();
    const recorders = Array.from({ length: 200 }, () => new StepRecorder(log));
    for (const at of [0, 1]) for (const [index, recorder] of recorders.entries()) recorder.record(instant(at), index + at);
    expect(recorders.map((recorder) => recorder.series().values)).toEqual(recorders.map((_, index) => [index, index + 1]));
  });

  it('changes by what is given, from what it was', () => {
    const recorder = new StepRecorder();
    recorder.record(instant(0), 4);
    for (const [at, more] of [
      [1, 1],
      [1, 1],
      [3, -2],
      [3, -1],
      [4, 1],
    ] as const)
      recorder.change(instant(at), more);
    expect(recorder.series()).toEqual({ times: [0, 1, 3, 4], values: [4, 6, 3, 4] });
  });

  it('keeps a first step of 0', () => {
    const recorder = new StepRecorder();
    recorder.record(instant(3), 0);
    expect(recorder.series()).toEqual({ times: [3], values: [0] });
  });
});
