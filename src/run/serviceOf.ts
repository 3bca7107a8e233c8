import { type Duration, type Instant, NEVER, START } from '../units.ts';
import type { WorkloadTrack } from './probes/WorkloadTrack.ts';
import type { StepSeries } from './RunResult.ts';

/** A stretch of a run. */
export interface Interval {
  readonly start: Instant;
  readonly end: Instant;
}

/** How well a workload served. */
export interface Service {
  /** Fewest pods that served for some time; those at the start when no time passes. */
  readonly minReady: number;
  /** The longest intervals in which pods were owed and none served. */
  readonly outages: readonly Interval[];
  /** How long fewer pods served than were owed. */
  readonly degraded: Duration;
  /** How long fewer pods served than its budgets want. */
  readonly belowFloor: Duration;
}

/** Goes once through the steps of a workload from t = 0 to `end`. */
export function serviceOf({ ready, owed, floor }: WorkloadTrack, end: Instant): Service {
  const [serving, wanted, least] = [new Cursor(ready.series()), new Cursor(owed.series()), new Cursor(floor.series())];
  const outages: { start: Instant; end: Instant }[] = [];
  let [minReady, degraded, belowFloor] = [serving.value, 0, 0];
  for (let start: Instant = START; start < end; ) {
    const until = Math.min(serving.until, wanted.until, least.until, end) as Instant;
    minReady = Math.min(minReady, serving.value);
    if (serving.value < wanted.value) degraded += until - start;
    if (serving.value < least.value) belowFloor += until - start;
    if (wanted.value > 0 && serving.value === 0) extend(outages, start, until);
    serving.goTo(until);
    wanted.goTo(until);
    least.goTo(until);
    start = until;
  }
  return { minReady, outages, degraded: degraded as Duration, belowFloor: belowFloor as Duration };
}

function extend(intervals: { start: Instant; end: Instant }[], start: Instant, end: Instant): void {
  const last = intervals[intervals.length - 1];
  if (last?.end === start) last.end = end;
  else intervals.push({ start, end });
}

/** Goes forward over a series of steps, from t = 0 on. */
class Cursor {
  /** The value where it stands, 0 before the first step. */
  value = 0;
  /** Up to when that holds. */
  until: Instant = NEVER;
  private readonly series: StepSeries;
  private next = 0;

  constructor(series: StepSeries) {
    this.series = series;
    this.goTo(START);
  }

  goTo(at: Instant): void {
    const { times, values } = this.series;
    while ((times[this.next] ?? NEVER) <= at) this.value = values[this.next++] ?? 0;
    this.until = times[this.next] ?? NEVER;
  }
}
