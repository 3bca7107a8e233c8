import type { PodRequests, ScoringRequests } from '../cluster/podRequests.ts';
import { Remembered } from '../cluster/Remembered.ts';

/** A text that is equal for equal requests, by which pods find what they share. */
export const requestsKeys = new Remembered(({ milliCpu, memory, ephemeralStorage, scalars, pendingScore, placedScore }: PodRequests) => {
  const placed = placedScore === pendingScore ? '' : scoringKey(placedScore);
  const others = scalars.length === 0 ? '' : JSON.stringify(scalars);
  return `${milliCpu} ${memory} ${ephemeralStorage} ${scoringKey(pendingScore)} ${placed} ${others}`;
});

function scoringKey({ milliCpu, memory }: ScoringRequests): string {
  return `${milliCpu} ${memory}`;
}
