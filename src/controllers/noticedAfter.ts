import { type Duration, milliseconds, NEVER, seconds } from '../units.ts';

const FIRST = seconds(0.5);
const GROWTH = 1.05;
const JITTER = 0.1;
const LONGEST = seconds(7);

/**
 * How long after its request the attach-detach controller notices that an attach or detach which takes `duration` is complete.
 *
 * It does not watch the attachment but polls it after 0.5 s, then in steps that grow by 5 % up to 7 s, each longer by 0 to 10 %: on average
 * 0.53, 1.08, 1.66, 2.26, 2.90, 3.57 … seconds after the request. `random` gives numbers in [0, 1).
 * @see kubernetes/kubernetes pkg/volume/csi/csi_attacher.go (waitForVolumeAttachDetachStatusWithLister)
 */
export function noticedAfter(duration: Duration, random: { next(): number }): Duration {
  if (duration === NEVER) return NEVER;
  let step: number = FIRST;
  let look = 0;
  do {
    look += step * (1 + JITTER * random.next());
    step = Math.min(LONGEST, step * GROWTH);
  } while (look < duration);
  return milliseconds(Math.max(look, duration));
}
