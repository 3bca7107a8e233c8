import { workloadKey } from '../cluster/Workload.ts';
import type { LostData } from '../rolls/NodeReset.ts';
import { StepFunction } from '../stats/StepFunction.ts';
import { type Duration, type Instant, NEVER, START } from '../units.ts';
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
  const isDown: Holds = (has, wants) => wants > 0 && has === 0;
  const outages = intervals(ready, owed, end, isDown);
  return {
    kind,
    namespace,
    name,
    labels,
    desired: new StepFunction(track.desired.series()).at(START),
    minReady: new StepFunction(ready).minimum(START, end).value,
    outage: total(outages),
    degraded: total(intervals(ready, owed, end, isLess)),
    belowFloor: total(intervals(ready, floor, end, isLess)),
    moves: countOf(lives, ({ leftAt }) => leftAt !== undefined),
    wastedMoves: countOf(lives, (life) => isWasted(life, cordons)),
    outages: outages.map(
      ({ start, end: until }): Outage => ({
        start,
        end: until,
        isOver: !isDown(new StepFunction(ready).at(until), new StepFunction(owed).at(until)),
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

const isLess: Holds = (has, wants) => has < wants;

interface Interval {
  readonly start: Instant;
  readonly end: Instant;
}

/** Two figures of one moment. */
type Holds = (has: number, other: number) => boolean;

/** The maximal intervals up to `end` in which `holds` of the values of both series. */
function intervals(first: StepSeries, second: StepSeries, end: Instant, holds: Holds): Interval[] {
  const found: { start: Instant; end: Instant }[] = [];
  let [i, j] = [0, 0];
  for (let start: Instant = START; start < end; ) {
    while (i < first.times.length && (first.times[i] ?? NEVER) <= start) i += 1;
    while (j < second.times.length && (second.times[j] ?? NEVER) <= start) j += 1;
    const until = Math.min(first.times[i] ?? NEVER, second.times[j] ?? NEVER, end) as Instant;
    const last = found[found.length - 1];
    const isSo = holds(first.values[i - 1] ?? 0, second.values[j - 1] ?? 0);
    if (isSo && last?.end === start) last.end = until;
    else if (isSo) found.push({ start, end: until });
    start = until;
  }
  return found;
}

function countOf(lives: readonly PodLife[], isCounted: (life: PodLife) => boolean): number {
  let count = 0;
  for (const life of lives) if (isCounted(life)) count += 1;
  return count;
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
  const lost = new Map<string, LostData[]>();
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
