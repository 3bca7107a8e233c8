import type { Duration, Instant } from '../units.ts';

/** The days of the week as scenarios write them, Monday first. */
export const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'] as const;

export type Weekday = (typeof weekdays)[number];

/** K11: when nodes may be rolled, on the wall clock. */
export interface MaintenancePlan {
  /** The zone of the wall clock that `windows` and `exclusions` go by. */
  readonly timeZone: string;
  /** Where several are open at once, one of them is enough. */
  readonly windows: readonly RecurringWindow[];
  /** When no window is open, in order as given. */
  readonly exclusions: readonly Exclusion[];
  /**
   * What happens to a roll that is not over when its window closes. Nodes that have started are finished whatever it says.
   *
   * `finishInFlightThenPause`: the roll as a whole pauses and is resumed when the next window opens, so a ramp begins anew; `noNewStart`: no
   * node starts outside of a window, and the roll goes on as if it had not stopped; `runOn`: windows decide about the start alone.
   */
  readonly onClose: 'finishInFlightThenPause' | 'runOn' | 'noNewStart';
}

/** A window of the wall clock that opens at the same time of day again and again. */
export interface RecurringWindow {
  /** The days on which it opens. */
  readonly days: readonly Weekday[];
  /** Only every so many weeks, counted from the week of `since`, a date such as 2026-11-26; absent: every week. */
  readonly weeks?: { readonly every: number; readonly since: string };
  /** Time of day such as 03:00. */
  readonly start: string;
  /** For how long it stays open, or the time of day at which it closes: the next day unless that is later than `start`. */
  readonly length: { readonly duration: Duration } | { readonly end: string };
}

/** From a moment of the wall clock to another, such as 2026-12-24T00:00. */
export interface Exclusion {
  readonly from: string;
  readonly to: string;
}

/** A window of one roll: nodes may start from `opensAt` on and before `closesAt`. */
export interface Opening {
  readonly opensAt: Instant;
  readonly closesAt: Instant;
}

/** The opening of `openings`, which are in order of time, that has not ended at `at`: it is open, or the next to open; undefined: none. */
export function openingAt(openings: readonly Opening[], at: Instant): Opening | undefined {
  return openings.find(({ closesAt }) => closesAt > at);
}
