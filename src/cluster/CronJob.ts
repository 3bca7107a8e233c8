import type { Duration } from '../units.ts';
import type { Job } from './Workload.ts';

/** Starts a Job on a schedule. Plain data: can be sent to a worker thread. @see kubernetes/api batch/v1/types.go (CronJobSpec) */
export interface CronJob {
  readonly namespace: string;
  readonly name: string;
  /** Five fields, or a word such as `@hourly` or `@every 1h`. */
  readonly schedule: string;
  /** IANA name; undefined: the zone of the control plane, taken for that of the scenario's start. */
  readonly timeZone: string | undefined;
  /** What happens when a Job of it is still going on: both run, the new one is skipped, or the old one is deleted. */
  readonly concurrencyPolicy: 'Allow' | 'Forbid' | 'Replace';
  /** How late a Job may be started; NEVER: however late. */
  readonly startingDeadline: Duration;
  readonly isSuspended: boolean;
  /** From when `@every` counts: the last start or else the creation, in milliseconds since 1970; absent: from t = 0. */
  readonly countedFromEpoch?: number;
  /** The Job that is made each time, under a name of its own. */
  readonly job: Job;
}
