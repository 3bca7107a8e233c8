import type { MaintenancePlan } from '../../src/rolls/MaintenancePlan.ts';
import type { ZonedStart } from '../../src/scenario/Scenario.ts';
import { minutes } from '../../src/units.ts';

/** Thursday 03:00 for 3 h. */
export const thursday: MaintenancePlan = {
  timeZone: 'UTC',
  windows: [{ days: ['Thu'], start: '03:00', length: { duration: minutes(180) } }],
  exclusions: [],
  onClose: 'finishInFlightThenPause',
};

/** A Thursday in UTC, at 03:00 unless another hour is given. */
export function onThursday(hour = 3): ZonedStart {
  const text = `2026-11-26T${String(hour).padStart(2, '0')}:00:00+00:00[UTC]`;
  return { text, timeZone: 'UTC', epochMilliseconds: Date.UTC(2026, 10, 26, hour) };
}
