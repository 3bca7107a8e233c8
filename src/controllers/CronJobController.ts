import type { Cluster } from '../cluster/Cluster.ts';
import type { ChangeHandlers, ClusterListener } from '../cluster/ClusterChange.ts';
import type { CronJob } from '../cluster/CronJob.ts';
import type { Pod } from '../cluster/Pod.ts';
import type { PodClass } from '../cluster/PodClass.ts';
import type { PodTemplate } from '../cluster/PodSpec.ts';
import { type Job, workloadKey } from '../cluster/Workload.ts';
import type { Simulation } from '../sim/Simulation.ts';
import { instant } from '../units.ts';
import { type CronSchedule, nextDue, parseCronSchedule } from './cronSchedule.ts';
import { deletePod } from './deletePod.ts';
import type { JobController } from './JobController.ts';

/** What a CronJob controller works on. */
export interface CronJobOptions {
  readonly sim: Simulation;
  readonly cluster: Cluster;
  /** Tells which Jobs are over. */
  readonly jobs: Pick<JobController, 'isOver'>;
  /** Wall clock of t = 0, and the zone of schedules that name none. */
  readonly start: { readonly epochMilliseconds: number; readonly timeZone: string };
}

/**
 * Starts the Jobs of every CronJob when they are due. They are called `NAME-MINUTES`, after the minutes since 1970.
 *
 * A start that was forbidden because a Job was still going on is made up for when that Job is over, if it is the last one missed and within
 * the deadline for starting. Schedules alone do not keep a run going, and starts missed before t = 0 are not made up for.
 * @see kubernetes/kubernetes pkg/controller/cronjob/cronjob_controllerv2.go (syncCronJob)
 */
export class CronJobController implements ClusterListener {
  readonly on: ChangeHandlers = {
    podPhaseChanged: ({ pod }) => {
      if (pod.isFinished) this.noteEnd(pod);
    },
    podRemoved: ({ pod }) => this.noteEnd(pod),
  };
  private readonly sim: Simulation;
  private readonly cluster: Cluster;
  private readonly jobs: CronJobOptions['jobs'];
  private readonly start: CronJobOptions['start'];
  /** The last time at which each CronJob was due and did not start, in epoch milliseconds. */
  private readonly missed = new Map<CronJob, number>();

  constructor({ sim, cluster, jobs, start }: CronJobOptions) {
    this.sim = sim;
    this.cluster = cluster;
    this.jobs = jobs;
    this.start = start;
    for (const cronJob of cluster.cronJobs.values()) {
      const schedule = parseCronSchedule(cronJob.schedule);
      if (schedule && !cronJob.isSuspended) this.plan(cronJob, schedule);
    }
  }

  concerns({ owner }: PodClass): boolean {
    return owner?.kind === 'Job';
  }

  private plan(cronJob: CronJob, schedule: CronSchedule): void {
    const { epochMilliseconds, timeZone } = this.start;
    const due = nextDue(
      schedule,
      epochMilliseconds + this.sim.now,
      cronJob.timeZone ?? timeZone,
      cronJob.countedFromEpoch ?? epochMilliseconds,
    );
    if (due === undefined) return;
    const fire = () => {
      this.startJob(cronJob, due);
      this.plan(cronJob, schedule);
    };
    this.sim.schedule({ ...eventOf(cronJob), fire }, instant(due - epochMilliseconds), 'React');
  }

  private noteEnd(pod: Pod): void {
    if (this.missed.size === 0) return;
    const job = this.cluster.ownerOf(pod);
    const cronJob = job?.owner?.kind === 'CronJob' ? this.cluster.cronJobs.get(`${job.namespace}/${job.owner.name}`) : undefined;
    if (!cronJob || !this.missed.has(cronJob)) return;
    this.sim.schedule({ ...eventOf(cronJob), fire: () => this.makeUp(cronJob) }, this.sim.now, 'React');
  }

  private makeUp(cronJob: CronJob): void {
    const due = this.missed.get(cronJob);
    const late = due === undefined ? 0 : this.start.epochMilliseconds + this.sim.now - due;
    if (due !== undefined && late <= cronJob.startingDeadline) this.startJob(cronJob, due);
  }

  private startJob(cronJob: CronJob, due: number): void {
    if (this.cluster.terminatingNamespaces.has(cronJob.namespace)) return;
    const active = this.activeJobs(cronJob);
    if (active.length > 0 && cronJob.concurrencyPolicy === 'Forbid') {
      this.missed.set(cronJob, due);
      return;
    }
    this.missed.delete(cronJob);
    if (cronJob.concurrencyPolicy === 'Replace') for (const job of active) this.delete(job);
    const job = jobOf(cronJob, Math.floor(due / 60_000));
    if (!this.cluster.workloads.has(workloadKey(job))) this.cluster.addWorkload(job);
  }

  private activeJobs({ namespace, name }: CronJob): Job[] {
    return [...this.cluster.workloads.values()].filter(
      (workload): workload is Job =>
        workload.kind === 'Job' &&
        workload.namespace === namespace &&
        workload.owner?.kind === 'CronJob' &&
        workload.owner.name === name &&
        this.isActive(workload),
    );
  }

  /** A Job continues until its last pod has ended, and while it waits to create another. */
  private isActive(job: Job): boolean {
    return !this.jobs.isOver(job) || [...this.cluster.podsOwnedBy(job)].some((pod) => !pod.isFinished);
  }

  private delete(job: Job): void {
    const pods = [...this.cluster.podsOwnedBy(job)];
    this.cluster.removeWorkload(job);
    for (const pod of pods) deletePod(this.cluster, pod, { now: this.sim.now, cause: 'Delete' });
  }
}

function eventOf({ namespace, name }: CronJob) {
  return { kind: 'cronJob', entity: `${namespace}/${name}`, isBackground: true };
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
