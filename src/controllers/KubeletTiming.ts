import type { Pod } from '../cluster/Pod.ts';
import type { Duration } from '../units.ts';
import type { PullTiming } from './ImagePulls.ts';

/** How long pods take to start and to end; asked anew for every start and every end. */
export interface KubeletTiming {
  /** From the images being there to Running; no time when absent. */
  start?(pod: Pod): Duration;
  /** From Running to Ready, or, for `answering`, until the containers answer their probes; NEVER: that does not happen. */
  ready(pod: Pod): Duration;
  /** Whether `ready` ends with the Ready condition (also when absent) or with containers that answer; then the probes follow. */
  readyIs?(pod: Pod): 'Ready' | 'answering';
  /** From Ready containers to true readiness gates, of a pod that has gates and never had them all true; no time when absent. */
  gates?(pod: Pod): Duration;
  /**
   * Whether it is known that the containers of `pod` run on by themselves until they are deleted, and that `ready` ends with the Ready
   * condition: nothing else is asked of its start then. Not known when absent.
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
