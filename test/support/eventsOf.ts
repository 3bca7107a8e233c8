import { type EventRow, eventRows } from '../../src/run/EventColumns.ts';
import type { RunResult } from '../../src/run/RunResult.ts';

/** The event log of a run as a list. */
export function eventsOf({ events }: Pick<RunResult, 'events'>): EventRow[] {
  return [...eventRows(events)];
}
