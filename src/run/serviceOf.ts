import { type Duration, type Instant, START } from '../units.ts';
import type { Floor } from './probes/BudgetTrack.ts';
import type { StepsBack } from './probes/StepsBack.ts';
import type { WorkloadTrack } from './probes/WorkloadTrack.ts';
import type { Shortfall } from './RunResult.ts';

/** A stretch of a run in which pods of a workload were owed and none served. */
export interface Interruption {
  readonly start: Instant;
  readonly end: Instant;
  /** Whether it had ended: false when no pod served at the end of the count either. */
  readonly isOver: boolean;
}

/** How well a workload served. */
export interface Service {
  /** The smallest number of serving pods that lasted for any time; the number at the start when no time passes. */
  readonly minReady: number;
  readonly outages: readonly Interruption[];
  /** How long no pod served although some should have. */
  readonly outage: Duration;
  /** How long fewer pods served than were owed. */
  readonly degraded: Duration;
  /** How long pods were owed and fewer were there than one of its floors wants. */
  readonly belowFloor: Duration;
  /** The longest single stretch of each. */
  readonly longest: Readonly<Record<Shortfall, Duration>>;
  /** What had not ended at the end of the count. */
  readonly unended: readonly Shortfall[];
}

/** The pods of a workload over time, and what they are measured by. */
export type Served = Pick<WorkloadTrack, 'ready' | 'owed'> & { readonly floors: readonly Floor[] };

/**
 * Summarizes the steps of a workload between t = 0 and `end` in a single pass. It goes backwards, because steps can only be followed that
 * way.
 */
export function serviceOf(track: Served, end: Instant): Service {
  const [ready, owed] = [track.ready.backFrom(end), track.owed.backFrom(end)];
  const floors = track.floors.map((floor) => new FloorBack(floor, end));
  const outages: { start: Instant; end: Instant; isOver: boolean }[] = [];
  const unended = shortfallsOf(ready.value, owed.value, floors.some(isBelow) ? 'below' : 'reached');
  const isDownAtEnd = unended.includes('outage');
  const [outage, degraded, belowFloor] = [new Stretches(), new Stretches(), new Stretches()];
  let minReady = end > START ? Number.POSITIVE_INFINITY : ready.value;
  for (let until = end; until > START; ) {
    ready.goBefore(until);
    owed.goBefore(until);
    let start = Math.max(ready.since, owed.since, START) as Instant;
    for (const floor of floors) start = Math.max(start, floor.goBefore(until)) as Instant;
    const serving = ready.value;
    if (serving < minReady) minReady = serving;
    const isDown = serving === 0 && owed.value > 0;
    outage.count(isDown, until - start);
    degraded.count(serving < owed.value, until - start);
    belowFloor.count(owed.value > 0 && floors.some(isBelow), until - start);
    if (isDown) {
      const next = outages[outages.length - 1];
      if (next?.start === until) next.start = start;
      else outages.push({ start, end: until, isOver: until < end || !isDownAtEnd });
    }
    until = start;
  }
  return {
    minReady,
    outages: outages.reverse(),
    outage: outage.total as Duration,
    degraded: degraded.total as Duration,
    belowFloor: belowFloor.total as Duration,
    longest: { outage: outage.longest, degraded: degraded.longest, belowFloor: belowFloor.longest } as Service['longest'],
    unended,
  };
}

/** How long something was so in all, and at a time. */
class Stretches {
  total = 0;
  longest = 0;
  private length = 0;

  /** For `time`, next to what was counted before, it was so or not. */
  count(isSo: boolean, time: number): void {
    this.length = isSo ? this.length + time : 0;
    if (!isSo) return;
    this.total += time;
    this.longest = Math.max(this.longest, this.length);
  }
}

/** How a workload still falls short when the clock has stopped, which is later than a count that ends with the roll. */
export function shortfallsNow({ ready, owed, floors }: Served): readonly Shortfall[] {
  const isBelowFloor = floors.some(({ wanted, track }) => track.ready.current < wanted.current);
  return shortfallsOf(ready.current, owed.current, isBelowFloor ? 'below' : 'reached');
}

const NONE: readonly Shortfall[] = [];

/** A workload that owes no pod falls short of nothing, whatever its budget says. */
function shortfallsOf(ready: number, owed: number, floor: 'below' | 'reached'): readonly Shortfall[] {
  if (owed === 0 || (ready >= owed && floor === 'reached')) return NONE;
  return [
    ...(ready === 0 ? ['outage' as const] : []),
    ...(ready < owed ? ['degraded' as const] : []),
    ...(floor === 'below' ? ['belowFloor' as const] : []),
  ];
}

/** Goes backwards over what a budget wants of the pods under it and how many of them served. */
class FloorBack {
  private readonly wanted: StepsBack;
  private readonly ready: StepsBack;

  constructor({ wanted, track }: Floor, end: Instant) {
    this.wanted = wanted.backFrom(end);
    this.ready = track.ready.backFrom(end);
  }

  get isBelow(): boolean {
    return this.ready.value < this.wanted.value;
  }

  /** @returns since when it was as it was right before `at`. */
  goBefore(at: Instant): Instant {
    return Math.max(this.wanted.goBefore(at).since, this.ready.goBefore(at).since) as Instant;
  }
}

function isBelow(floor: FloorBack): boolean {
  return floor.isBelow;
}
