import type { Cluster } from '../cluster/Cluster.ts';
import type { ChangeHandlers, ClusterListener } from '../cluster/ClusterChange.ts';
import type { Pod } from '../cluster/Pod.ts';
import type { PodClass } from '../cluster/PodClass.ts';
import { type Job, type Workload, workloadKey } from '../cluster/Workload.ts';
import type { EventHandle } from '../sim/OneOffEvents.ts';
import type { Simulation } from '../sim/Simulation.ts';
import { after, type Instant, START, seconds } from '../units.ts';
import { isActive } from './availability.ts';
import { deletePod } from './deletePod.ts';
import { excessJobPods } from './excessJobPods.ts';
import type { JobIndexes, PendingIndex } from './JobIndexes.ts';
import { JobProgress } from './JobProgress.ts';
import { PodFactory } from './PodFactory.ts';
import { podFailureAction } from './podFailureAction.ts';
import { type ControllerOptions, Reconciler } from './Reconciler.ts';
import { wholeSecond } from './wholeSecond.ts';

export interface JobControllerOptions extends ControllerOptions {
  /** Wall clock of t = 0, to which the start times of Jobs and the ends of their pods relate. Absent: a whole second. */
  readonly startEpochMilliseconds?: number;
}

/**
 * Keeps as many pods of every Job running as it asks for, and replaces those that fail after a back-off of 10 s, 20 s, 40 s … from the end
 * of the last one, which is written down in whole seconds of the wall clock: the wait is up to 1 s shorter.
 *
 * A deleted pod counts as failed at once, and its end delays nothing any more. The exception, in 1.33 to 1.35: while another pod of its Job
 * is Ready, a refused status update keeps the deleted pod from being counted until the back-off is over. Its end then restarts the back-off
 * and its object stays as long, so drains wait for it. Pods never complete by themselves here.
 *
 * With `backoffLimitPerIndex` every index has a back-off and a limit of its own, and the object of a deleted pod stays until the next pod of
 * its index is created, or the index is given up.
 *
 * A Job whose `activeDeadlineSeconds` are over fails, and its pods are deleted. Deadlines alone do not keep a run going.
 * @see kubernetes/kubernetes pkg/controller/job/job_controller.go (manageJob, trackJobStatusAndRemoveFinalizers, pastActiveDeadline),
 * backoff_utils.go
 */
export class JobController implements ClusterListener {
  readonly on: ChangeHandlers = {
    workloadAdded: ({ workload }) => this.noteWorkload(workload),
    workloadUpdated: ({ workload }) => this.noteWorkload(workload),
    podTerminating: ({ pod }) => this.noteDeletion(pod),
    podPhaseChanged: ({ pod }) => {
      if (pod.isFinished) this.noteEnd(pod);
    },
    podRemoved: ({ pod }) => {
      if (!pod.isFinished) this.noteEnd(pod);
    },
  };
  private readonly sim: Simulation;
  private readonly cluster: Cluster;
  private readonly factory: PodFactory;
  private readonly queue: Reconciler<string>;
  private readonly progress = new Map<string, JobProgress>();
  private readonly retries = new Map<string, EventHandle>();
  private readonly startEpochMilliseconds: number;

  /** Reconciles everything that the cluster holds in this instant. */
  constructor({ sim, cluster, startEpochMilliseconds = 0 }: JobControllerOptions) {
    this.sim = sim;
    this.cluster = cluster;
    this.startEpochMilliseconds = startEpochMilliseconds;
    this.factory = new PodFactory({ sim, cluster });
    this.queue = new Reconciler(sim, (key) => this.reconcile(key));
    for (const workload of cluster.workloads.values()) this.noteWorkload(workload);
  }

  /** How many pods of the Job with workload key `key` failed or were deleted before they were done. */
  lostPods(key: string): number {
    return this.progress.get(key)?.failed ?? 0;
  }

  /** Whether `job` will create no more pods: it has succeeded or failed, or runs none. */
  isOver(job: Job): boolean {
    const progress = this.progress.get(workloadKey(job));
    return progress !== undefined && (hasFailed(job, progress) || wantedPods(job, progress) === 0);
  }

  concerns({ owner }: PodClass): boolean {
    return owner?.kind === 'Job';
  }

  private noteWorkload(workload: Workload): void {
    if (workload.kind === 'Job') this.noteJob(workload);
  }

  private noteJob(job: Job): void {
    const key = workloadKey(job);
    if (!this.progress.has(key)) {
      this.progress.set(key, new JobProgress(this.cluster.podsOwnedBy(job), job));
      this.planDeadline(key, job);
    }
    this.queue.request(key, key);
  }

  private planDeadline(key: string, { activeDeadlineSeconds, startedEpoch }: Job): void {
    if (activeDeadlineSeconds === undefined) return;
    const { now } = this.sim;
    const startedAt = startedEpoch === undefined ? now : Math.min(now, startedEpoch - this.startEpochMilliseconds);
    const deadline = after(startedAt as Instant, seconds(activeDeadlineSeconds));
    const event = { kind: 'jobDeadline', entity: key, isBackground: true, fire: () => this.expire(key) };
    this.sim.schedule(event, Math.max(now, deadline) as Instant, 'React');
  }

  private expire(key: string): void {
    const job = this.cluster.workloads.get(key);
    if (job?.kind !== 'Job' || (this.isOver(job) && ![...this.cluster.podsOwnedBy(job)].some(isActive))) return;
    this.cluster.recordEvent(key, 'DeadlineExceeded', 'Job was active longer than specified deadline');
    this.cluster.updateWorkload({ ...job, parallelism: 0, deadlineExceededAt: this.sim.now });
  }

  private noteDeletion(pod: Pod): void {
    this.notePod(pod, (progress, job) => {
      if (!pod.isFinished && job.podReplacementPolicy !== 'Failed') progress.noteDeletion(pod, this.stamp());
    });
  }

  private noteEnd(pod: Pod): void {
    this.notePod(pod, (progress, job) => {
      if (!pod.isCounted) progress.noteEnd(pod, this.stamp(), podFailureAction(job, pod));
    });
  }

  /** Now, as the status of a container or a deletion time has it. */
  private stamp(): Instant {
    return wholeSecond(this.sim.now, this.startEpochMilliseconds);
  }

  private notePod(pod: Pod, note: (progress: JobProgress, job: Job) => void): void {
    const job = this.cluster.ownerOf(pod);
    if (job?.kind !== 'Job') return;
    const key = workloadKey(job);
    const progress = this.progress.get(key);
    if (progress) note(progress, job);
    this.queue.request(key, key);
  }

  private reconcile(key: string): void {
    const job = this.cluster.workloads.get(key);
    const progress = this.progress.get(key);
    if (job?.kind !== 'Job' || !progress) return;
    const pods = [...this.cluster.podsOwnedBy(job)];
    if (hasFailed(job, progress)) {
      this.deleteAll(job, pods);
      return;
    }
    const wanted = missingPods(job, progress, pods);
    const missing = this.cluster.terminatingNamespaces.has(job.namespace) ? Math.min(0, wanted) : wanted;
    this.delete(excessJobPods(pods.filter(isActive), -missing));
    const { created, resumeAt } = this.create(job, progress, { missing, pods });
    if (resumeAt > this.sim.now) {
      this.retries.get(key)?.cancel();
      this.retries.set(key, this.queue.requestAt(key, key, resumeAt));
      if (created === 0 && pods.some((pod) => pod.isServing)) return;
    }
    this.count(job, pods);
    this.publish(job, progress);
  }

  /** Creates the `missing` pods that no back-off holds up any more. @returns how many, and when the next may be created: START for never. */
  private create(
    job: Job,
    progress: JobProgress,
    { missing, pods }: { readonly missing: number; readonly pods: readonly Pod[] },
  ): { readonly created: number; readonly resumeAt: Instant } {
    const { now } = this.sim;
    if (missing <= 0) return { created: 0, resumeAt: START };
    if (progress.indexes) return this.createIndexed(job, progress.indexes, progress.indexes.pending(missing, job, holders(job, pods)));
    const resumeAt = progress.backoffEnd();
    if (resumeAt > now) return { created: 0, resumeAt };
    for (let created = 0; created < missing; created += 1) this.factory.createNumbered(job);
    return { created: missing, resumeAt: START };
  }

  private createIndexed(job: Job, indexes: JobIndexes, pending: readonly PendingIndex[]) {
    const { now } = this.sim;
    const ready = pending.filter(({ from }) => from <= now);
    for (const { index } of ready) indexes.assign(this.factory.createNumbered(job), index);
    const waiting = pending.flatMap(({ from }) => (from > now ? [from] : []));
    return { created: ready.length, resumeAt: waiting.length === 0 ? START : (Math.min(...waiting) as Instant) };
  }

  /** Writes down which indexes of `job` are given up: nobody wants their pods any more. */
  private publish(job: Job, { indexes }: JobProgress): void {
    if (!job.perIndex || !indexes || indexes.failed.size === job.perIndex.failed.length) return;
    this.cluster.updateWorkload({ ...job, perIndex: { ...job.perIndex, failed: [...indexes.failed] } });
  }

  /** The Job has failed: what is left of its pods goes. */
  private deleteAll(job: Job, pods: readonly Pod[]): void {
    this.count(job, pods);
    this.delete(pods.filter(isActive));
  }

  private delete(pods: readonly Pod[]): void {
    for (const pod of pods) deletePod(this.cluster, pod, { now: this.sim.now, cause: 'Delete' });
  }

  /** Counts the pods that are over for their Job. */
  private count(job: Job, pods: readonly Pod[]): void {
    const indexes = this.progress.get(workloadKey(job))?.indexes;
    const active = indexes ? [...this.cluster.podsOwnedBy(job)].filter(isActive) : [];
    for (const pod of pods) {
      if (isEndless(pod)) this.cluster.setPodPhase(pod, 'Failed');
      if (isOver(job, pod) && !indexes?.isKept(pod, active)) this.cluster.countPod(pod);
    }
  }
}

function hasFailed({ backoffLimit, deadlineExceededAt }: Job, { isFailed, failed }: JobProgress): boolean {
  return isFailed || failed > backoffLimit || deadlineExceededAt !== undefined;
}

/** A pod that is being deleted counts before it ends, unless only failed pods do. */
function isOver({ podReplacementPolicy }: Job, { isFinished, isTerminating }: Pod): boolean {
  return isFinished || (isTerminating && podReplacementPolicy !== 'Failed');
}

/** Whether no kubelet will ever end it: the pod garbage collector does, some seconds later. */
function isEndless({ isFinished, isTerminating, nodeName }: Pod): boolean {
  return !isFinished && isTerminating && nodeName === undefined;
}

/** Pods whose index gets no other pod beside them. */
function holders({ podReplacementPolicy }: Job, pods: readonly Pod[]): readonly Pod[] {
  return pods.filter((pod) => isActive(pod) || (podReplacementPolicy === 'Failed' && pod.isTerminating && !pod.isFinished));
}

/** How many pods are to be created; below 0: deleted. */
function missingPods(job: Job, progress: JobProgress, pods: readonly Pod[]): number {
  if (job.completions === undefined && progress.succeeded > 0) return 0;
  const missing = wantedPods(job, progress) - pods.filter(isActive).length;
  if (missing <= 0 || job.podReplacementPolicy !== 'Failed') return missing;
  return Math.max(0, missing - pods.filter((pod) => pod.isTerminating && !pod.isFinished).length);
}

/** How many pods are to run at a time from now on. In a Job without a number of completions none are replaced once one has succeeded. */
function wantedPods({ parallelism, completions }: Job, { succeeded, abandoned }: JobProgress): number {
  if (completions === undefined) return succeeded > 0 ? 0 : parallelism;
  return Math.min(parallelism, Math.max(0, completions - succeeded - abandoned));
}
