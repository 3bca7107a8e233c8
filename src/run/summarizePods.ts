import type { Probes } from './observe.ts';
import type { PodRow } from './RunResult.ts';

/** One row per pod that moved, waited or appeared during the run, and per pod that left; pods that stayed where they were are left out. */
export function summarizePods({ pods }: Probes): PodRow[] {
  if (!pods) return [];
  const eventful = pods.lives.filter(({ isOriginal, leftAt, failedAttempts }) => !isOriginal || leftAt !== undefined || failedAttempts > 0);
  return eventful.map(({ pod, workload, readyAt, goneAt, cause, failedAttempts }) => ({
    pod: pod.key,
    workload,
    node: pod.nodeName,
    createdAt: pod.createdAt,
    boundAt: pod.boundAt,
    readyAt,
    goneAt,
    cause,
    failedAttempts,
  }));
}
