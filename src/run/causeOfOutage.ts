import type { NodeReset } from '../rolls/NodeReset.ts';
import { between, formatDuration, type Instant, START } from '../units.ts';
import type { PodLife } from './probes/PodLog.ts';

/** One outage of a workload, with the lives of its pods and the resets of the roll. */
export interface OutageFacts {
  readonly start: Instant;
  readonly end: Instant;
  readonly lives: readonly PodLife[];
  readonly resets: readonly NodeReset[];
}

/** Why nobody served from `start` to `end`, first cause first: the node, the pod that went, the wait for a node, the start. */
export function causeOfOutage(facts: OutageFacts): string[] {
  const lost = lastServing(facts);
  const successor = firstServing(facts);
  return [...(lost ? causeOfLoss(lost, facts) : []), ...(successor ? causeOfDelay(successor, facts) : [NO_SUCCESSOR])];
}

const NO_SUCCESSOR = 'no replacement was created';

/** The pod that stopped serving when the outage began. */
function lastServing({ start, lives }: OutageFacts): PodLife | undefined {
  return lives.filter(({ leftAt }) => leftAt !== undefined && leftAt <= start).reduce(later, undefined);
}

function later(best: PodLife | undefined, life: PodLife): PodLife {
  return best && (best.leftAt ?? START) > (life.leftAt ?? START) ? best : life;
}

/** The pod that served first when the outage was over, else the one that came nearest to it. */
function firstServing({ start, end, lives }: OutageFacts): PodLife | undefined {
  const ended = lives.find(({ readyAt }) => readyAt === end);
  return (
    ended ??
    lives.find(({ pod, goneAt }) => pod.createdAt >= start && goneAt === undefined) ??
    lives.find(({ pod }) => pod.createdAt >= start)
  );
}

function causeOfLoss({ pod, leftAt, cause }: PodLife, { resets }: OutageFacts): string[] {
  const node = pod.nodeName ?? '';
  const reset = resets.find(
    (row) => row.node === node && row.cordonedAt !== undefined && leftAt !== undefined && row.cordonedAt <= leftAt && leftAt <= row.endedAt,
  );
  const cordon = reset?.cordonedAt === undefined ? [] : [`node ${node} was cordoned at ${at(reset.cordonedAt)} to be reset`];
  return [...cordon, `pod ${pod.key} ${WORDS[cause ?? 'Delete']} on ${node} at ${at(leftAt ?? START)}`];
}

const WORDS = {
  EvictionByEvictionAPI: 'was evicted',
  PreemptionByScheduler: 'was preempted by a pod of higher priority',
  DeletionByTaintManager: 'was deleted because its node was unreachable',
  DeletionByPodGC: 'was removed because its node no longer exists',
  Delete: 'was deleted',
};

function causeOfDelay({ pod, readyAt, message, failedAttempts }: PodLife, { start, end }: OutageFacts): string[] {
  const exit =
    pod.createdAt > start ? [`its successor ${pod.key} was created ${lasting(start, pod.createdAt)} later, when the old pod was gone`] : [];
  if (pod.boundAt === undefined) return [...exit, `pod ${pod.key} found no node up to ${at(end)}: ${message ?? 'it was not tried'}`];
  const wait =
    pod.boundAt > pod.createdAt && failedAttempts > 0
      ? [`pod ${pod.key} waited ${lasting(pod.createdAt, pod.boundAt)} for a node: ${message ?? ''}`]
      : [];
  const startUp =
    readyAt === undefined
      ? `did not become Ready on ${pod.nodeName} up to ${at(end)}`
      : `needed ${lasting(pod.boundAt, readyAt)} to become Ready on ${pod.nodeName}`;
  return [...exit, ...wait, `pod ${pod.key} ${startUp}`];
}

function at(time: Instant): string {
  return formatDuration(between(START, time));
}

function lasting(from: Instant, to: Instant): string {
  return formatDuration(between(from, to));
}
