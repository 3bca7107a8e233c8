/** Names of the days of a week as Kubernetes users in all zones read them, Monday first. */
export const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'] as const;

/** A place in the week by the wall clock: `day` 0 is Monday, `hour` 0 to 23. */
export interface WeekHour {
  readonly day: number;
  readonly hour: number;
}

const RFC_9557 = /^(\d{4})-(\d{2})-(\d{2})T(\d{2})/;

/**
 * Reads day of the week and hour off the wall clock of an RFC 9557 text such as `2026-11-24T01:00:00+01:00[Europe/Berlin]`.
 * @returns undefined when the text does not begin with a date and a time.
 */
export function weekHourOf(text: string): WeekHour | undefined {
  const match = RFC_9557.exec(text);
  if (!match) return undefined;
  const date = new Date(Date.UTC(Number(match[1]), Number(match[2]) - 1, Number(match[3])));
  return { day: (date.getUTCDay() + 6) % 7, hour: Number(match[4]) };
}
