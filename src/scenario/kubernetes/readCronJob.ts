import { z } from 'zod';
import type { CronJob } from '../../cluster/CronJob.ts';
import type { Job } from '../../cluster/Workload.ts';
import { isTimeZone, parseCronSchedule } from '../../controllers/cronSchedule.ts';
import { NEVER, seconds } from '../../units.ts';
import { epochOf, metadata } from './metadata.ts';
import type { ReadContext } from './ReadContext.ts';
import { readJob } from './readJob.ts';
import { type ReadResult, readWith } from './readWith.ts';
import type { WorkloadDraft } from './readWorkload.ts';

/** A CronJob whose template waits for the priority classes. */
export type CronJobDraft = Omit<CronJob, 'job'> & { readonly job: WorkloadDraft<Job> };

const schema = z.object({
  metadata,
  spec: z.object({
    schedule: z
      .string()
      .refine((text) => parseCronSchedule(text) !== undefined, 'expected five cron fields, or a word such as @hourly or @every 1h'),
    timeZone: z.string().refine(isTimeZone, 'expected a time zone such as Europe/Berlin').nullish(),
    concurrencyPolicy: z.enum(['Allow', 'Forbid', 'Replace']).nullish(),
    startingDeadlineSeconds: z.number().int().nonnegative().nullish(),
    suspend: z.boolean().nullish(),
    jobTemplate: z.object({ spec: z.looseObject({}) }),
  }),
  status: z.object({ lastScheduleTime: z.string().nullish() }).nullish(),
});

/** Reads a CronJob; its Job template is read as a Job that bears the CronJob's name. */
export function readCronJob(value: unknown, context: ReadContext): ReadResult<CronJobDraft> {
  const outer = readWith(schema, value, ({ metadata: meta, spec, status }) => ({ meta, spec, status }));
  if ('issues' in outer) return outer;
  const { meta, spec, status } = outer.value;
  const countedFromEpoch = epochOf(status?.lastScheduleTime ?? meta.creationTimestamp);
  const job = readJob({ apiVersion: 'batch/v1', kind: 'Job', metadata: meta, spec: spec.jobTemplate.spec }, context);
  if ('issues' in job) return { issues: job.issues.map((issue) => ({ ...issue, path: ['spec', 'jobTemplate', ...issue.path] })) };
  return {
    value: {
      namespace: job.value.namespace,
      name: job.value.name,
      schedule: spec.schedule,
      timeZone: spec.timeZone ?? undefined,
      concurrencyPolicy: spec.concurrencyPolicy ?? 'Allow',
      startingDeadline: typeof spec.startingDeadlineSeconds === 'number' ? seconds(spec.startingDeadlineSeconds) : NEVER,
      isSuspended: spec.suspend ?? false,
      ...(countedFromEpoch === undefined ? {} : { countedFromEpoch }),
      job: job.value,
    },
  };
}
