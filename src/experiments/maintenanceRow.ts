import type { MaintenanceOutcome } from '../run/maintenanceOutcome.ts';
import type { ZonedStart } from '../scenario/Scenario.ts';
import { wallClock } from '../scenario/wallClock.ts';
import { toSeconds } from '../units.ts';

/** The maintenance windows of one roll in a results document. */
export interface MaintenanceRow {
  readonly onClose: 'finishInFlightThenPause' | 'runOn' | 'noNewStart';
  /** Time in which no window was open and no node under way, after the first one had started. */
  readonly suspendedSeconds: number;
  /** Those that opened before the roll was over, in order of time; `started` nodes started from each of them on. */
  readonly windows: readonly (OpeningRow & { readonly started: number })[];
  /** The window beyond the horizon that nodes still wait for; null: none do, or none opens within a year. */
  readonly next: OpeningRow | null;
}

/** A window on the wall clock (RFC 9557 text) and in seconds from t = 0. One that was open at the start opens then. */
export interface OpeningRow {
  readonly opens: string;
  readonly closes: string;
  readonly opensSeconds: number;
  readonly closesSeconds: number;
}

/** The windows of a roll as a document shows them. */
export function maintenanceRow({ plan, openings, next, suspended }: MaintenanceOutcome, start: ZonedStart): MaintenanceRow {
  const rowOf = ({ opensAt, closesAt }: NonNullable<MaintenanceOutcome['next']>): OpeningRow => ({
    opens: wallClock(start, opensAt, plan.timeZone),
    closes: wallClock(start, closesAt, plan.timeZone),
    opensSeconds: toSeconds(opensAt),
    closesSeconds: toSeconds(closesAt),
  });
  return {
    onClose: plan.onClose,
    suspendedSeconds: toSeconds(suspended),
    windows: openings.map(({ started, ...opening }) => ({ ...rowOf(opening), started })),
    next: next ? rowOf(next) : null,
  };
}
