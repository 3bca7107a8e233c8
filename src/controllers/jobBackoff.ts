import { after, type Duration, type Instant, instant, minutes, START, seconds } from '../units.ts';

const FIRST_BACKOFF = seconds(10);
const LONGEST_BACKOFF = minutes(10);

/** An end of a pod so long before the start of a run that no back-off follows from it any more. */
export const LONG_AGO = instant(-LONGEST_BACKOFF);

/** Until when the next pod waits after so many `failures`, the last at `lastAt`: 10 s, doubling with each, 10 min at most. */
export function jobBackoffEnd(failures: number, lastAt: Instant = START): Instant {
  if (failures === 0) return START;
  return after(lastAt, Math.min(FIRST_BACKOFF * 2 ** (failures - 1), LONGEST_BACKOFF) as Duration);
}
