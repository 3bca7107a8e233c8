import type { Goal, Objective, Scenario, WorkloadMatch } from '../scenario/Scenario.ts';
import { between, formatDuration, START } from '../units.ts';
import type { ObjectiveOutcome, RunResult, WorkloadOutcome } from './RunResult.ts';
import { rollEnd } from './rollEnd.ts';

type Figures = Omit<RunResult, 'objectives'>;
type Judgement = Pick<ObjectiveOutcome, 'outcome' | 'evidence'>;

/** Whether `objective` held in one run, with the figure that decides; `unknown` when the scenario lacks an input it needs. */
export function judge(objective: Objective, run: Figures, scenario: Scenario): ObjectiveOutcome {
  return { objective, ...judgeGoal(objective.goal, run, scenario) };
}

function judgeGoal(goal: Goal, run: Figures, scenario: Scenario): Judgement {
  switch (goal.kind) {
    case 'rollCompletes':
      return verdict(run.roll.outcome === 'completed', `the roll ended as ${run.roll.outcome}`);
    case 'noPodPending':
      return verdict(
        run.scheduling.peakPending === 0,
        `up to ${count(run.scheduling.peakPending, 'pod')} pending at once because of the roll`,
      );
    case 'noOutageOfReplicated':
      return worst(
        run.workloads.filter(({ desired, kind }) => desired >= 2 && kind !== 'Job'),
        'outage',
        0,
      );
    case 'maxOutage':
      return worst(matching(run, goal.workloads), 'outage', goal.limit);
    case 'maxDegraded':
      return worst(matching(run, goal.workloads), 'degraded', goal.limit);
    case 'maxBelowFloor':
      return worst(matching(run, goal.workloads), 'belowFloor', goal.limit);
    case 'maxDuration':
      return verdict(
        run.roll.duration <= goal.limit && isOver(run),
        `the roll takes ${formatDuration(run.roll.duration)}${isOver(run) ? '' : ' and is not over'}`,
      );
    case 'endBefore': {
      const end = rollEnd(run.roll.nodes);
      return verdict(end <= goal.limit && isOver(run), `the roll ends ${formatDuration(between(START, end))} after the start`);
    }
    case 'maxUnservedRequests':
      if (scenario.demand.length === 0) return { outcome: 'unknown', evidence: 'the scenario gives no demand' };
      return atMost(run.unservedRequests, goal.limit, 'unserved requests');
    case 'maxPendingPodSeconds':
      return atMost(run.scheduling.pendingPodSeconds, goal.limit, 'pending pod-seconds');
    case 'maxPeakPending':
      return atMost(run.scheduling.peakPending, goal.limit, 'pods pending at once');
    case 'maxNeverScheduled':
      return atMost(run.scheduling.neverScheduled.length, goal.limit, 'pods never scheduled');
    case 'maxForcedKills':
      return atMost(
        run.roll.nodes.reduce((sum, { forcedKills }) => sum + forcedKills, 0),
        goal.limit,
        'pods killed against their budget',
      );
    case 'minHeadroom':
      return judgeHeadroom(goal, run);
  }
}

function judgeHeadroom({ resource, limit }: Extract<Goal, { kind: 'minHeadroom' }>, { headroom }: Figures): Judgement {
  if (resource !== 'cpu' && resource !== 'memory' && resource !== 'pods')
    return { outcome: 'unknown', evidence: `headroom of ${resource} is not measured` };
  const { min, at } = headroom[resource];
  return verdict(min >= limit, `least headroom of ${resource} is ${percent(min)}, ${formatDuration(between(START, at))} after the start`);
}

function worst(workloads: readonly WorkloadOutcome[], figure: 'outage' | 'degraded' | 'belowFloor', limit: number): Judgement {
  const most = workloads.reduce<WorkloadOutcome | undefined>((best, one) => (best && best[figure] >= one[figure] ? best : one), undefined);
  if (!most || most[figure] === 0) return { outcome: 'holds', evidence: `no workload has any ${WORDS[figure]}` };
  const harmed = workloads.filter((one) => one[figure] > limit).length;
  const others = harmed > 1 ? `, ${harmed} workloads in all over the limit` : '';
  return verdict(
    most[figure] <= limit,
    `${most.kind} ${most.namespace}/${most.name} has ${formatDuration(most[figure])} of ${WORDS[figure]}${others}`,
  );
}

const WORDS = { outage: 'outage', degraded: 'degraded service', belowFloor: 'time below its floor' };

function matching({ workloads }: Figures, match: WorkloadMatch | undefined): WorkloadOutcome[] {
  if (!match) return [...workloads];
  const { kind, namespace, name, labels } = match;
  return workloads.filter(
    (one) =>
      (kind ?? one.kind) === one.kind &&
      (namespace ?? one.namespace) === one.namespace &&
      (name ?? one.name) === one.name &&
      Object.entries(labels ?? {}).every(([key, value]) => one.labels[key] === value),
  );
}

function isOver({ roll: { outcome } }: Figures): boolean {
  return outcome === 'completed' || outcome === 'failed';
}

function atMost(value: number, limit: number, what: string): Judgement {
  return verdict(value <= limit, `${Number(value.toFixed(1))} ${what}`);
}

function verdict(holds: boolean, evidence: string): Judgement {
  return { outcome: holds ? 'holds' : 'fails', evidence };
}

function count(amount: number, noun: string): string {
  return `${amount} ${noun}${amount === 1 ? '' : 's'}`;
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}
