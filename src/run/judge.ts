import type { Goal, Objective, Scenario } from '../scenario/Scenario.ts';
import { between, formatDuration, START, ZERO } from '../units.ts';
import { counted, inFigures } from './counted.ts';
import { isFine } from './isFine.ts';
import { excess, type Figures, type Judgement, undecided, verdict, whenOver } from './judgement.ts';
import { judgeShortfall, matching, replicated } from './judgeShortfall.ts';
import type { ObjectiveOutcome } from './RunResult.ts';
import { rollEnd } from './rollEnd.ts';

/**
 * Whether `objective` held in one run, with the figure that decides.
 *
 * A limit that was kept so far is still broken if what it limits never ends: the objective fails. It is `unknown` when only the horizon cut
 * the run off, or when the scenario lacks an input that the objective needs.
 */
export function judge(objective: Objective, run: Figures, scenario: Scenario): ObjectiveOutcome {
  return { objective, ...judgeGoal(objective.goal, run, scenario) };
}

function judgeGoal(goal: Goal, run: Figures, scenario: Scenario): Judgement {
  switch (goal.kind) {
    case 'rollCompletes':
      return judgeCompletion(run);
    case 'noPodPending': {
      const { peakPending: amount } = run.scheduling;
      return whenOver(run, amount === 0, { evidence: `up to ${counted(amount, 'pod')} pending at once because of the roll`, amount });
    }
    case 'noOutageOfReplicated':
      return judgeShortfall(run, 'outage', { ...replicated(run.workloads), limit: ZERO });
    case 'maxOutage':
      return judgeShortfall(run, 'outage', { ...matching(run.workloads, goal.workloads), limit: goal.limit });
    case 'maxDegraded':
      return judgeShortfall(run, 'degraded', { ...matching(run.workloads, goal.workloads), limit: goal.limit });
    case 'maxBelowFloor':
      return judgeShortfall(run, 'belowFloor', { ...matching(run.workloads, goal.workloads), limit: goal.limit });
    case 'maxDuration':
      return judgeEnd(run, run.roll.duration - goal.limit, `the roll takes ${formatDuration(run.roll.duration)}`);
    case 'endBefore': {
      const end = rollEnd(run.roll.nodes);
      const late = scenario.start.epochMilliseconds + end - goal.limit.epochMilliseconds;
      return judgeEnd(run, late, `the roll ends ${formatDuration(between(START, end))} after the start`);
    }
    case 'maxUnservedRequests':
      if (scenario.demand.length === 0) return undecided('the scenario gives no demand');
      return judgeSum(run, goal.limit, {
        value: run.unservedRequests,
        noun: 'unserved request',
        unended: run.missesRequestsAtEnd ? 'a workload stays short of replicas' : undefined,
      });
    case 'maxPendingPodSeconds':
      return judgeSum(run, goal.limit, {
        value: run.scheduling.pendingPodSeconds,
        noun: 'pending pod-second',
        unended: run.scheduling.neverScheduled.length > 0 ? 'pods are still pending' : undefined,
      });
    case 'maxPeakPending':
      return judgeCount(run, goal.limit, { value: run.scheduling.peakPending, noun: 'pod', rest: ' pending at once' });
    case 'maxNeverScheduled':
      return judgeCount(run, goal.limit, { value: run.scheduling.neverScheduled.length, noun: 'pod', rest: ' never scheduled' });
    case 'maxForcedKills':
      return judgeCount(run, goal.limit, { value: forcedKills(run), noun: 'pod', rest: ' killed against a budget' });
    case 'minHeadroom':
      return judgeHeadroom(goal, run);
  }
}

/** A roll that waits for a window beyond the horizon did not get done in those that it had: that is decided. */
function judgeCompletion(run: Figures): Judgement {
  const { outcome, nodes } = run.roll;
  if (outcome === 'horizon') return undecided('the roll is not over at the horizon');
  const amount = leftOut(run);
  if (outcome !== 'windowClosed') return verdict(outcome === 'completed', { evidence: `the roll ended as ${outcome}`, amount });
  const left = nodes.filter((reset) => reset.outcome === 'notStarted').length;
  const evidence = `${left} of ${counted(nodes.length, 'node')} left when no window opens any more before the horizon`;
  return verdict(false, { evidence, amount });
}

function judgeHeadroom({ resource, limit }: Extract<Goal, { kind: 'minHeadroom' }>, run: Figures): Judgement {
  if (resource !== 'cpu' && resource !== 'memory' && resource !== 'pods') return undecided(`headroom of ${resource} is not measured`);
  const { min, at } = run.headroom[resource];
  const evidence = `least headroom of ${resource} is ${percent(min)}, ${formatDuration(between(START, at))} after the start`;
  return whenOver(run, min >= limit, { evidence, amount: -min });
}

/**
 * A roll ends when the last node is back in service. A roll with a node that failed or is stuck never ends; one that the horizon cut off
 * may. `late` is by how many milliseconds the limit is exceeded, 0 or below when it is not. The evidence tells it because long durations are
 * written without their seconds.
 */
function judgeEnd(run: Figures, late: number, evidence: string): Judgement {
  const { outcome, nodes } = run.roll;
  const isInTime = late <= 0;
  if (outcome === 'completed') {
    return verdict(isInTime, { evidence: isInTime ? evidence : `${evidence}, ${excess(late)} too late`, amount: late });
  }
  if (outcome === 'horizon')
    return { outcome: isInTime ? 'unknown' : 'fails', evidence: `${evidence} and is not over at the horizon`, amount: late };
  const missing = `${inFigures(leftOut(run))} of ${counted(nodes.length, 'node')}`;
  const ending = outcome === 'failed' ? `, with ${missing} not back in service` : ' and is not over';
  return verdict(false, { evidence: `${evidence}${ending}`, amount: Number.POSITIVE_INFINITY });
}

/** How many nodes did not end the roll as they should. */
function leftOut({ roll }: Figures): number {
  return roll.nodes.filter((reset) => !isFine(reset)).length;
}

/** An amount of something: `noun` is one of it, and `rest` what is said of it after the noun. */
interface Counted {
  readonly value: number;
  readonly noun: string;
  readonly rest?: string;
}

/** A quantity that adds up over time; `unended` says why it would go on growing after the end of the run. */
interface Summed extends Counted {
  readonly unended: string | undefined;
}

function judgeSum(run: Figures, limit: number, { unended, ...sum }: Summed): Judgement {
  if (unended === undefined || sum.value > limit) return judgeCount(run, limit, sum);
  const { value: amount } = sum;
  return run.isCutOff
    ? { outcome: 'unknown', evidence: `${wording(sum)} up to the horizon, when ${unended}`, amount }
    : verdict(false, { evidence: `${wording(sum)} and no end of it: ${unended}`, amount: Number.POSITIVE_INFINITY });
}

function judgeCount(run: Figures, limit: number, count: Counted): Judgement {
  return whenOver(run, count.value <= limit, { evidence: wording(count), amount: count.value });
}

function wording({ value, noun, rest = '' }: Counted): string {
  return `${counted(value, noun)}${rest}`;
}

function forcedKills({ roll }: Figures): number {
  return roll.nodes.reduce((sum, node) => sum + node.forcedKills, 0);
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}
