import type { LostData, NodeReset } from '../rolls/NodeReset.ts';
import type { RollPlan } from '../rolls/RollPlan.ts';
import { between, formatDuration, type Instant, START } from '../units.ts';
import type { PodLife } from './probes/PodLog.ts';
import { untriedBecause } from './untriedBecause.ts';

/** One outage of a workload, with the lives of its pods and the resets of the roll. */
export interface OutageFacts {
  readonly start: Instant;
  readonly end: Instant;
  readonly lives: readonly PodLife[];
  readonly resets: readonly NodeReset[];
  readonly replacement: RollPlan['replacement'];
  /** Data of the workload's pods that a reset destroyed. */
  readonly lostData: readonly LostData[];
}

/** Why no pod served from `start` to `end`, first cause first: the node, the pod that went, the wait for a node, the start. */
export function causeOfOutage(facts: OutageFacts): string[] {
  const successor = firstServing(facts);
  const away = successor && resetUnder(successor, facts);
  if (away) return causeOfAbsence(successor, away, facts);
  return [...causeOfBeginning(facts), ...(successor ? causeOfDelay(successor, facts) : [NO_SUCCESSOR])];
}

const NO_SUCCESSOR = 'no replacement was created';

/** Why no pod served any more: the last one was asked to go, or its machine went away under it. */
function causeOfBeginning(facts: OutageFacts): string[] {
  const left = lastLeft(facts);
  if (left?.leftAt === facts.start) return causeOfLoss(left, facts);
  const cutOff = lastCutOff(facts);
  if (cutOff) return cutOff;
  return left ? causeOfLoss(left, facts) : [];
}

/** How the reset of its node took a pod away that was still there. */
function lastCutOff(facts: OutageFacts): string[] | undefined {
  for (const life of facts.lives) {
    const reset = life.leftAt === undefined || life.leftAt > facts.start ? resetUnder(life, facts) : undefined;
    if (reset?.resetAt === undefined) continue;
    return [
      cordonOf(reset, facts),
      `pod ${life.pod.key} was still on it when the ${facts.replacement === 'replace' ? 'deletion of its machine' : 'reset'} began at ${at(reset.resetAt)}, and not Ready from ${at(facts.start)} on`,
    ];
  }
  return undefined;
}

/** The pod that was asked to go last before the outage or when it began. */
function lastLeft({ start, lives }: OutageFacts): PodLife | undefined {
  return lives.filter(({ leftAt }) => leftAt !== undefined && leftAt <= start).reduce(later, undefined);
}

function later(best: PodLife | undefined, life: PodLife): PodLife {
  return best && (best.leftAt ?? START) > (life.leftAt ?? START) ? best : life;
}

/**
 * The pod that served first when the outage was over, otherwise the one that came nearest to it: created since and gone later, or not Ready.
 */
function firstServing({ start, end, lives }: OutageFacts): PodLife | undefined {
  const left = lives.filter(({ goneAt }) => goneAt === undefined);
  return (
    lives.find(({ readyAt }) => readyAt === end) ??
    left.find(({ pod }) => pod.createdAt >= start) ??
    left.find(({ pod }) => !pod.ready) ??
    lives.find(({ pod, leftAt }) => pod.createdAt >= start && (leftAt === undefined || leftAt > start))
  );
}

/** The reset during which `pod` stayed bound to its node and was not drained, as pods of DaemonSets and static pods are not. */
function resetUnder({ pod }: PodLife, { start, end, resets }: OutageFacts): NodeReset | undefined {
  return resets.find(
    ({ node, resetAt, endedAt }) =>
      node === pod.nodeName && resetAt !== undefined && (pod.boundAt ?? end) <= resetAt && resetAt <= start && start <= endedAt,
  );
}

function causeOfAbsence({ pod, readyAt }: PodLife, reset: NodeReset, facts: OutageFacts): string[] {
  const { node, readyAt: backAt } = reset;
  const { end } = facts;
  const isBack = backAt !== undefined && backAt <= end;
  return [
    cordonOf(reset, facts),
    `pod ${pod.key} stayed bound to it and was not Ready while it was away${isBack ? `, up to ${at(backAt)}` : ''}`,
    isBack && readyAt === end
      ? `pod ${pod.key} needed ${lasting(backAt, end)} to become Ready again`
      : `pod ${pod.key} did not become Ready on ${node} up to ${at(end)}`,
  ];
}

function cordonOf({ node, cordonedAt }: NodeReset, { replacement }: OutageFacts): string {
  return `node ${node} was cordoned at ${at(cordonedAt ?? START)} to be ${replacement === 'replace' ? 'replaced' : 'reset'}`;
}

function causeOfLoss({ pod, leftAt, cause }: PodLife, facts: OutageFacts): string[] {
  const { resets } = facts;
  const node = pod.nodeName ?? '';
  const reset = resets.find(
    (row) => row.node === node && row.cordonedAt !== undefined && leftAt !== undefined && row.cordonedAt <= leftAt && leftAt <= row.endedAt,
  );
  const cordon = reset?.cordonedAt === undefined ? [] : [cordonOf(reset, facts)];
  return [...cordon, `pod ${pod.key} ${WORDS[cause ?? 'Delete']} on ${node} at ${at(leftAt ?? START)}`];
}

const WORDS = {
  EvictionByEvictionAPI: 'was evicted',
  PreemptionByScheduler: 'was preempted by a pod of higher priority',
  DeletionByTaintManager: 'was deleted because of a NoExecute taint (unreachable nodes have one)',
  DeletionByPodGC: 'was removed because its node no longer exists',
  TerminationByKubelet: 'was ended by the shutdown of its node',
  Delete: 'was deleted',
};

function causeOfDelay(life: PodLife, facts: OutageFacts): string[] {
  const { pod, readyAt, message, failedAttempts } = life;
  const { start, end } = facts;
  const created = `its successor ${pod.key} was created ${lasting(start, pod.createdAt)} later`;
  const exit = pod.createdAt > start ? [`${created}${whyLater(life, facts)}`] : [];
  if (pod.boundAt === undefined) return [...exit, `pod ${pod.key} found no node up to ${at(end)}: ${message ?? untriedBecause(pod)}`];
  const hasWaited = pod.boundAt > pod.createdAt && failedAttempts > 0;
  const wait = hasWaited ? [`pod ${pod.key} waited ${lasting(pod.createdAt, pod.boundAt)} for a node: ${message ?? ''}`] : [];
  return [
    ...exit,
    ...wait,
    ...heldVolumes(facts),
    readyAt === undefined
      ? neverReady(life, facts)
      : `pod ${pod.key} needed ${lasting(pod.boundAt, readyAt)} to become Ready on ${pod.nodeName}`,
  ];
}

/** What a successor that was not created at once had to wait for. */
function whyLater({ pod }: PodLife, { start, lives }: OutageFacts): string {
  const { createdAt, podClass } = pod;
  const left = lives.find(({ leftAt }) => leftAt === createdAt);
  if (left) return `, when pod ${left.pod.key} ${WORDS[left.cause ?? 'Delete']}`;
  const goneAt = Math.max(...lives.map((life) => (life.goneAt !== undefined && life.goneAt <= createdAt ? life.goneAt : START)));
  if (goneAt < createdAt && podClass.owner?.kind === 'Job') return ', after the back-off of its Job';
  return goneAt > start ? ', when the old pod was gone' : '';
}

/** Volumes of the workload's pods that a node took with it in the meantime. */
function heldVolumes({ start, end, lives, resets }: OutageFacts): string[] {
  return resets.flatMap(({ node, resetAt, unreportedUnmounts = [] }) => {
    if (resetAt === undefined || resetAt < start || resetAt > end) return [];
    const own = unreportedUnmounts.filter((unmount) => lives.some(({ pod }) => pod.key === unmount.pod));
    return own.map(
      ({ volume }) => `volume ${volume} stayed attached to ${node}, which went away at ${at(resetAt)} before it had reported it unmounted`,
    );
  });
}

function neverReady({ pod }: PodLife, { end, lostData }: OutageFacts): string {
  const loss = lostData.find((lost) => lost.pod === pod.key && lost.reason.startsWith('local volume'));
  const { failsToStart } = pod.spec;
  const why = loss ? `: it waits for its ${loss.reason}` : failsToStart === undefined ? '' : `: ${failsToStart}`;
  return `pod ${pod.key} did not become Ready on ${pod.nodeName} up to ${at(end)}${why}`;
}

function at(time: Instant): string {
  return formatDuration(between(START, time));
}

function lasting(from: Instant, to: Instant): string {
  return formatDuration(between(from, to));
}
