import type { MaintenancePlan, RecurringWindow } from '../rolls/MaintenancePlan.ts';
import { formatDuration } from '../units.ts';

/** Maintenance windows in one line, for the list of inputs: `Thu 03:00 for 3h (Europe/Berlin), finishInFlightThenPause`. */
export function describeMaintenance({ timeZone, windows, exclusions, onClose }: MaintenancePlan): string {
  const without = exclusions.map(({ from, to }) => `, not from ${from} to ${to}`).join('');
  return `${windows.map(describeWindow).join(' and ')} (${timeZone})${without}, ${onClose}`;
}

function describeWindow({ days, weeks, start, length }: RecurringWindow): string {
  const on = days.length === 7 ? 'daily' : days.join(', ');
  const until = 'end' in length ? `to ${length.end}` : `for ${formatDuration(length.duration)}`;
  return `${on} ${start} ${until}${weeks ? ` every ${weeks.every} weeks` : ''}`;
}
