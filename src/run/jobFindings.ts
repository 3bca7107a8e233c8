import { type Job, type PerIndex, type Workload, workloadKey } from '../cluster/Workload.ts';
import { firstNames } from '../rolls/firstNames.ts';
import type { Finding } from '../scenario/Scenario.ts';
import { between, type Duration, formatDuration, instant, START, seconds, ZERO } from '../units.ts';
import { countedWere } from './counted.ts';
import type { PodLife } from './probes/PodLog.ts';
import type { WorkloadTrack } from './probes/WorkloadTrack.ts';
import type { Remains } from './Remains.ts';

/** Jobs whose pods were ended before they finished, with the work that has to be repeated, and Jobs that have given up or took too long. */
export function jobFindings(remains: Remains): Finding[] {
  const jobs = remains.probes.workloads.all().filter(({ kind }) => kind === 'Job');
  return jobs.flatMap((job) => {
    const expired = expiredJob(job, remains);
    const lost = lostPods(job, remains).filter(({ leftAt }) => leftAt !== expired?.deadlineExceededAt);
    return [
      ...(lost.length > 0 ? [workLost(job, lost)] : []),
      ...(lost.length > 0 && hasGivenUp(job, remains) ? [gaveUp(job)] : []),
      ...(expired ? [tookTooLong(job, expired)] : []),
      ...indexesGivenUp(job, remains),
    ];
  });
}

/** The object of `job` if its deadline has ended it. */
function expiredJob(job: WorkloadTrack, { world: { cluster } }: Remains): Job | undefined {
  const workload = cluster.workloads.get(keyOf(job));
  return workload?.kind === 'Job' && workload.deadlineExceededAt !== undefined ? workload : undefined;
}

/** Indexes that failed too often since the start. */
function indexesGivenUp(job: WorkloadTrack, { world: { cluster }, scenario }: Remains): Finding[] {
  const before = perIndexOf(scenario.cluster.workloads.find((workload) => workloadKey(workload) === keyOf(job)));
  const now = perIndexOf(cluster.workloads.get(keyOf(job)));
  const failed = (now?.failed ?? []).filter((index) => !before?.failed.includes(index)).sort((a, b) => a - b);
  if (failed.length === 0) return [];
  return [
    {
      code: 'JOB_INDEXES_GIVEN_UP',
      severity: 'error',
      object: keyOf(job),
      message: `index ${firstNames(failed.map(String))} of it is given up: more pods of one index were ended than backoffLimitPerIndex (${now?.backoffLimit}) allows`,
      hint: 'let its podFailurePolicy ignore disruptions (DisruptionTarget), raise backoffLimitPerIndex, or roll when it is done',
    },
  ];
}

function perIndexOf(workload: Workload | undefined): PerIndex | undefined {
  return workload?.kind === 'Job' ? workload.perIndex : undefined;
}

function lostPods(job: WorkloadTrack, { probes }: Remains): PodLife[] {
  const key = keyOf(job);
  const lives = probes.pods?.lives ?? [];
  return lives.filter(({ workload, leftAt, pod }) => workload === key && leftAt !== undefined && pod.phase !== 'Succeeded');
}

function keyOf({ kind, namespace, name }: WorkloadTrack): string {
  return `${kind}/${namespace}/${name}`;
}

function workLost(job: WorkloadTrack, lost: readonly PodLife[]): Finding {
  const work = lost.reduce((sum, life) => sum + worked(life), 0) as Duration;
  return {
    code: 'JOB_WORK_LOST',
    severity: 'warning',
    object: keyOf(job),
    message: `${countedWere(lost.length, 'pod')} ended before being done, which loses ${formatDuration(work)} of work`,
    hint: 'let the drain wait for them (a budget and a long drain time), or roll when they are done',
  };
}

/** From its binding or the start of the run to its deletion. */
function worked({ pod: { boundAt }, leftAt }: PodLife): Duration {
  return boundAt === undefined || leftAt === undefined ? ZERO : between(instant(Math.max(boundAt, START)), leftAt);
}

/** Whether pods are wanted and none is there, when nothing is left to happen. A Job that is not among the objects never makes any. */
function hasGivenUp({ kind, namespace, name, desired, workload }: WorkloadTrack, { world: { cluster } }: Remains): boolean {
  if (!workload) return false;
  const pods = [...cluster.podsOwnedBy({ kind, namespace, name })];
  return desired.current > 0 && pods.every((pod) => pod.isFinished);
}

function gaveUp(job: WorkloadTrack): Finding {
  return {
    code: 'JOB_GAVE_UP',
    severity: 'error',
    object: keyOf(job),
    message: `it makes no more pods although it is not done: more of them were ended than its backoffLimit allows`,
    hint: 'raise its backoffLimit, or protect its pods with a budget and a drain that waits for them',
  };
}

function tookTooLong(job: WorkloadTrack, { activeDeadlineSeconds = 0, deadlineExceededAt = START }: Job): Finding {
  const limit = formatDuration(seconds(activeDeadlineSeconds));
  const isLate = deadlineExceededAt > START;
  return {
    code: 'JOB_DEADLINE_EXCEEDED',
    severity: 'warning',
    object: keyOf(job),
    message: `its activeDeadlineSeconds (${limit}) were over ${isLate ? `after ${formatDuration(between(START, deadlineExceededAt))}` : 'at the start'}, so it failed and its pods were deleted`,
    hint: isLate
      ? 'say when its pods are done (timing.pods), roll when it is done, or give it more time'
      : 'see whether spec.start is about the time of the dump',
  };
}
