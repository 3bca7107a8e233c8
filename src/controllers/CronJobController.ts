import type { Cluster } from '../cluster/Cluster.ts';
import type { CronJob } from '../cluster/CronJob.ts';
import type { PodTemplate } from '../cluster/PodSpec.ts';
import { type Job, workloadKey } from '../cluster/Workload.ts';
import type { Simulation } from '../sim/Simulation.ts';
import { instant } from '../units.ts';
import { type CronSchedule, nextDue, parseCronSchedule } from './cronSchedule.ts';
import { deletePod } from './deletePod.ts';

/** What a CronJob controller works on. */
export interface CronJobOptions {
  readonly sim: Simulation;
  readonly cluster: Cluster;
  /** Wall clock of t = 0, and the zone of schedules that name none. */
  readonly start: { readonly epochMilliseconds: number; readonly timeZone: string };
}

/**
 * Starts the Jobs of every CronJob when they are due, `NAME-MINUTES` after the minutes since 1970, as long as anything else goes on.
 *
 * A schedule alone does not keep a run going. Starts that were missed before t = 0 are not made up for.
 * @see kubernetes/kubernetes pkg/controller/cronjob/cronjob_controllerv2.go
 */
export class CronJobController {
  private readonly sim: Simulation;
  private readonly cluster: Cluster;
  private readonly start: CronJobOptions['start'];

  constructor({ sim, cluster, start }: CronJobOptions) {
    this.sim = sim;
    this.cluster = cluster;
    this.start = start;
    for (const cronJob of cluster.cronJobs.values()) {
      const schedule = parseCronSchedule(cronJob.schedule);
      if (schedule && !cronJob.isSuspended) this.plan(cronJob, schedule);
    }
  }

  private plan(cronJob: CronJob, schedule: CronSchedule): void {
    const { epochMilliseconds, timeZone } = this.start;
    const due = nextDue(schedule, epochMilliseconds + this.sim.now, cronJob.timeZone ?? timeZone);
    if (due === undefined) return;
    const fire = () => {
      this.startJob(cronJob, Math.floor(due / 60_000));
      this.plan(cronJob, schedule);
    };
    const event = { kind: 'cronJob', entity: `${cronJob.namespace}/${cronJob.name}`, isBackground: true, fire };
    this.sim.schedule(event, instant(due - epochMilliseconds), 'React');
  }

  private startJob(cronJob: CronJob, minute: number): void {
    const active = this.activeJobs(cronJob);
    if (active.length > 0 && cronJob.concurrencyPolicy === 'Forbid') return;
    if (cronJob.concurrencyPolicy === 'Replace') for (const job of active) this.delete(job);
    const job = jobOf(cronJob, minute);
    if (!this.cluster.workloads.has(workloadKey(job))) this.cluster.addWorkload(job);
  }

  private activeJobs({ namespace, name }: CronJob): Job[] {
    return [...this.cluster.workloads.values()].filter(
      (workload): workload is Job =>
        workload.kind === 'Job' &&
        workload.namespace === namespace &&
        workload.owner?.kind === 'CronJob' &&
        workload.owner.name === name &&
        [...this.cluster.podsOwnedBy(workload)].some((pod) => !pod.isFinished),
    );
  }

  private delete(job: Job): void {
    const pods = [...this.cluster.podsOwnedBy(job)];
    this.cluster.removeWorkload(job);
    for (const pod of pods) deletePod(this.cluster, pod, { now: this.sim.now, cause: 'Delete' });
  }
}

function jobOf({ namespace, name, job }: CronJob, minute: number): Job {
  const jobName = `${name}-${minute}`;
  const selector = { requirements: [{ key: JOB_NAME, operator: 'In' as const, values: [jobName] }] };
  const owner = { apiVersion: 'batch/v1', kind: 'CronJob', name };
  return { ...job, namespace, name: jobName, owner, selector, template: named(job.template, jobName) };
}

const JOB_NAME = 'batch.kubernetes.io/job-name';

function named(template: PodTemplate, jobName: string): PodTemplate {
  return { ...template, labels: { ...template.labels, [JOB_NAME]: jobName, 'job-name': jobName } };
}
