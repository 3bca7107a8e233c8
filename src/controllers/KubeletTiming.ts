import type { Pod } from '../cluster/Pod.ts';
import type { Duration } from '../units.ts';
import type { PullTiming } from './ImagePulls.ts';

/** How long pods take to start and to end; asked again for every start and every end. */
export interface KubeletTiming {
  /** From the images being there to Running; no time when absent. */
  start?(pod: Pod): Duration;
  /** From Running to Ready, or, for `answering`, until the containers answer their probes; NEVER: that does not happen. */
  ready(pod: Pod): Duration;
  /** What `ready` ends with: the Ready condition (the default) or containers that answer, in which case the probes follow. */
  readyIs?(pod: Pod): 'Ready' | 'answering';
  /** The time from Ready containers until the readiness gates are true, for a pod whose gates were never all true; absent: no time. */
  gates?(pod: Pod): Duration;
  /**
   * Whether the containers of `pod` are known to run until they are deleted and `ready` to end with the Ready condition, so that its start
   * needs nothing else. Absent: not known.
   */
  runsOn?(pod: Pod): boolean;
  /** From Running to the end of the containers by a failure of their own; NEVER when absent. */
  crash?(pod: Pod): Duration;
  /** From Running to the successful end of the pod by itself; NEVER when absent. */
  complete?(pod: Pod): Duration;
  /** From SIGTERM to the end of each container; preStop hooks come before it, and the grace period cuts it. */
  exit(pod: Pod): Duration;
  /** undefined: images are there at once. Read at every pull. */
  readonly images: PullTiming | undefined;
}
