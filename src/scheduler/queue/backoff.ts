import type { KubernetesVersion } from '../../cluster/KubernetesVersion.ts';
import { after, type Duration, type Instant, instant, milliseconds, seconds } from '../../units.ts';
import type { QueuedPod } from './QueuedPod.ts';

const INITIAL = seconds(1);
const LONGEST = seconds(10);
const WINDOW = seconds(1);

/** How long a pod waits after its `count`-th failure in a row: 1, 2, 4, 8, 10, 10 … seconds; 0 before the first. */
export function backoffDuration(count: number): Duration {
  return count === 0 ? milliseconds(0) : milliseconds(Math.min(LONGEST, INITIAL * 2 ** (count - 1)));
}

/**
 * The whole second on which the back-off that starts at `queued.since` ends. Up to 1.33 the duration follows from the number of attempts,
 * later from the refusals or, after an error, the errors in a row.
 * @see kubernetes/kubernetes pkg/scheduler/backend/queue/backoff_queue.go (getBackoffTime)
 */
export function backoffEnd(queued: QueuedPod, version: KubernetesVersion): Instant {
  const count = version === '1.33' ? queued.attempts : queued.consecutiveErrors || queued.rejections;
  return count === 0 ? instant(0) : startOfSecond(after(queued.since, backoffDuration(count)));
}

/** Whether `queued` still backs off at `now`: to the end of the second on which the back-off ends. */
export function isBackingOff(queued: QueuedPod, now: Instant): boolean {
  return queued.backoffEnd > 0 && queued.backoffEnd >= startOfSecond(now);
}

/** When a pod whose back-off ends at `end` leaves its queue: the queue is looked through on every whole second. */
export function backoffLeave(end: Instant): Instant {
  return after(end, WINDOW);
}

function startOfSecond(at: Instant): Instant {
  return instant(Math.floor(at / WINDOW) * WINDOW);
}
