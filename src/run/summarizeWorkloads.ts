import type { LostData } from '../rolls/NodeReset.ts';
import { StepFunction } from '../stats/StepFunction.ts';
import { type Instant, START } from '../units.ts';
import { causeOfOutage } from './causeOfOutage.ts';
import type { PodLife } from './probes/PodLog.ts';
import type { QuorumFloor } from './probes/QuorumProbe.ts';
import type { WorkloadTrack } from './probes/WorkloadTrack.ts';
import type { Remains } from './Remains.ts';
import type { QuorumOutcome, WorkloadOutcome } from './RunResult.ts';
import { serviceOf, shortfallsNow } from './serviceOf.ts';

/** What the roll did to each workload, in order of kind, namespace and name. */
export function summarizeWorkloads(remains: Remains): WorkloadOutcome[] {
  const { facts, probes } = remains;
  const lives = probes.pods && groupByWorkload(probes.pods.lives);
  const lost = lostByWorkload(remains);
  const cordons = new Map(facts.resets.map(({ node, cordonedAt }) => [node, cordonedAt]));
  const wasted = probes.workloads.wasted(cordons);
  return probes.workloads.all().map((track) => {
    const own = { lives: lives?.get(track.key) ?? NO_LIVES, lostData: lost.get(track.key) ?? [], wastedMoves: wasted.get(track) ?? 0 };
    return summarizeOne(remains, track, own);
  });
}

const NO_LIVES: readonly PodLife[] = [];

/** What is known of one workload's pods. */
interface OwnPods extends Pick<WorkloadOutcome, 'lostData' | 'wastedMoves'> {
  readonly lives: readonly PodLife[];
}

function summarizeOne(remains: Remains, track: WorkloadTrack, { lives, lostData, wastedMoves }: OwnPods): WorkloadOutcome {
  const { facts, probes, countedUntil: end } = remains;
  const { kind, namespace, name, labels, moves, surplus, ready, owed } = track;
  const quorum = probes.quorums?.floorOf(track, end);
  const served = quorum ? { ready, owed, floors: [quorum] } : track;
  const { outages, unended, ...service } = serviceOf(served, end);
  const lasting = shortfallsNow(served);
  return {
    kind,
    namespace,
    name,
    labels,
    desired: track.desired.backFrom(START).value,
    ...service,
    hasFloor: served.floors.length > 0,
    ...(quorum ? { quorum: quorumOutcome(quorum, end) } : {}),
    unended: unended.filter((shortfall) => lasting.includes(shortfall)),
    moves,
    surplus,
    wastedMoves,
    outages: outages.map((outage) => ({
      ...outage,
      isOver: outage.isOver || !lasting.includes('outage'),
      cause: probes.pods
        ? causeOfOutage({ ...outage, lives, resets: facts.resets, replacement: remains.scenario.roll.replacement, lostData })
        : [],
    })),
    lostData,
  };
}

function quorumOutcome({ quorum, track, isSyncing }: QuorumFloor, end: Instant): QuorumOutcome {
  return { size: quorum, leastInSync: new StepFunction(track.ready.series()).minimum(START, end).value, isSyncing };
}

function groupByWorkload(lives: Iterable<PodLife>): Map<string, PodLife[]> {
  const groups = new Map<string, PodLife[]>();
  for (const life of lives) {
    const group = groups.get(life.workload);
    if (group) group.push(life);
    else groups.set(life.workload, [life]);
  }
  return groups;
}

function lostByWorkload({ facts, probes }: Remains): Map<string, LostData[]> {
  const lost = new Map<string, LostData[]>();
  if (!probes.pods) return lost;
  const losses = facts.resets.flatMap((reset) => reset.lostData);
  if (losses.length === 0) return lost;
  const workloadOf = new Map(probes.pods.lives.map(({ pod, workload }) => [pod.key, workload]));
  for (const loss of losses) {
    const workload = workloadOf.get(loss.pod) ?? '';
    const known = lost.get(workload);
    if (known) known.push(loss);
    else lost.set(workload, [loss]);
  }
  return lost;
}
