import { workloadKey } from '../cluster/Workload.ts';
import type { LostData } from '../rolls/NodeReset.ts';
import { StepFunction } from '../stats/StepFunction.ts';
import { type Duration, type Instant, START } from '../units.ts';
import { causeOfOutage } from './causeOfOutage.ts';
import type { PodLife } from './probes/PodLog.ts';
import type { WorkloadTrack } from './probes/WorkloadProbe.ts';
import type { Remains } from './Remains.ts';
import type { Outage, StepSeries, WorkloadOutcome } from './RunResult.ts';

/** What the roll did to each workload, in order of kind, namespace and name. */
export function summarizeWorkloads(remains: Remains): WorkloadOutcome[] {
  const lives = groupByWorkload(remains.probes.pods.lives);
  const lost = lostByWorkload(remains);
  const cordons = new Map(remains.facts.resets.map(({ node, cordonedAt }) => [node, cordonedAt]));
  return remains.probes.workloads.all().map((track) => {
    return summarizeOne(remains, track, { lives: lives.get(workloadKey(track)) ?? [], lost, cordons });
  });
}

function summarizeOne({ facts, countedUntil: end }: Remains, track: WorkloadTrack, { lives, lost, cordons }: Findings): WorkloadOutcome {
  const { kind, namespace, name, labels } = track;
  const lostData = lost.get(workloadKey(track)) ?? [];
  const [ready, owed, floor] = [track.ready.series(), track.owed.series(), track.floor.series()];
  const isDown = ([has = 0, wants = 0]: readonly number[]) => wants > 0 && has === 0;
  const outages = intervals([ready, owed], end, isDown);
  return {
    kind,
    namespace,
    name,
    labels,
    desired: new StepFunction(track.desired.series()).at(START),
    minReady: new StepFunction(ready).minimum(START, end).value,
    outage: total(outages),
    degraded: total(intervals([ready, owed], end, ([has = 0, wants = 0]) => has < wants)),
    belowFloor: total(intervals([ready, floor], end, ([has = 0, least = 0]) => has < least)),
    moves: lives.filter(({ leftAt }) => leftAt !== undefined).length,
    wastedMoves: lives.filter((life) => isWasted(life, cordons)).length,
    outages: outages.map(
      ({ start, end: until }): Outage => ({
        start,
        end: until,
        isOver: !isDown([new StepFunction(ready).at(until), new StepFunction(owed).at(until)]),
        cause: causeOfOutage({ start, end: until, lives, resets: facts.resets, lostData }),
      }),
    ),
    lostData,
  };
}

/** What is known of one workload's pods, and when each node was cordoned. */
interface Findings {
  readonly lives: readonly PodLife[];
  readonly lost: ReadonlyMap<string, readonly LostData[]>;
  readonly cordons: ReadonlyMap<string, Instant | undefined>;
}

interface Interval {
  readonly start: Instant;
  readonly end: Instant;
}

/** The maximal intervals up to `end` in which `holds` of the values of all `series`. */
function intervals(series: readonly StepSeries[], end: Instant, holds: (values: readonly number[]) => boolean): Interval[] {
  const steps = series.map((one) => new StepFunction(one));
  const times = [...new Set<Instant>([START, ...series.flatMap((one) => one.times)])].filter((at) => at < end).sort((a, b) => a - b);
  const found: { start: Instant; end: Instant }[] = [];
  times.forEach((start, index) => {
    if (!holds(steps.map((step) => step.at(start)))) return;
    const until = times[index + 1] ?? end;
    const last = found.at(-1);
    if (last?.end === start) last.end = until;
    else found.push({ start, end: until });
  });
  return found;
}

function total(list: readonly Interval[]): Duration {
  return list.reduce((sum, { start, end }) => sum + end - start, 0) as Duration;
}

/** A move is wasted when its target is still to be reset, so that the pod has to move again. */
function isWasted({ pod: { boundAt, nodeName }, isOriginal }: PodLife, cordons: Findings['cordons']): boolean {
  if (isOriginal || boundAt === undefined || nodeName === undefined) return false;
  const cordonedAt = cordons.get(nodeName);
  return cordonedAt !== undefined && cordonedAt > boundAt;
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
  const workloadOf = new Map(probes.pods.lives.map(({ pod, workload }) => [pod.key, workload]));
  const lost = new Map<string, LostData[]>();
  for (const loss of facts.resets.flatMap((reset) => reset.lostData)) {
    const workload = workloadOf.get(loss.pod) ?? '';
    lost.set(workload, [...(lost.get(workload) ?? []), loss]);
  }
  return lost;
}
