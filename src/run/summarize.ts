import type { NodeReset } from '../rolls/NodeReset.ts';
import type { RollFacts } from '../rolls/RollFacts.ts';
import { StepFunction } from '../stats/StepFunction.ts';
import { shareOver } from '../stats/shareOver.ts';
import { between, type Duration, type Instant, START, ZERO } from '../units.ts';
import { NO_EVENTS } from './EventColumns.ts';
import { isFine } from './isFine.ts';
import { jobFindings } from './jobFindings.ts';
import { judge } from './judge.ts';
import { leftCordonedFindings } from './leftCordonedFindings.ts';
import { leftEmptyFindings } from './leftEmptyFindings.ts';
import { maintenanceOutcome } from './maintenanceOutcome.ts';
import { missedRequestFindings } from './missedRequestFindings.ts';
import { nodesAway, peakNodes } from './nodeCounts.ts';
import { quotaFindings } from './quotaFindings.ts';
import type { Remains } from './Remains.ts';
import type { BudgetOutcome, RollOutcome, RunResult, RunSeries, SchedulingOutcome, StepSeries } from './RunResult.ts';
import { rollEnd } from './rollEnd.ts';
import { runFindings } from './runFindings.ts';
import { summarizePods } from './summarizePods.ts';
import { summarizeWorkloads } from './summarizeWorkloads.ts';
import { demandFigures } from './unservedDemand.ts';
import { untriedBecause } from './untriedBecause.ts';
import { type RefusedPod, refusedPods, refusingBudgets } from './waits/refusedPods.ts';
import { waitFindings } from './waits/waitFindings.ts';

/** Turns what the procedures returned and the probes saw into the result of the run. */
export function summarize(remains: Remains): RunResult {
  const { scenario, seed, world, probes } = remains;
  const endedAt = world.sim.now;
  const workloads = summarizeWorkloads(remains);
  const refused = refusedPods(remains);
  const figures = {
    seed,
    roll: rollOutcome(remains),
    scheduling: schedulingOutcome(remains),
    workloads,
    budgets: budgetOutcomes(remains, refused),
    headroom: {
      cpu: probes.headroom.least('cpu', endedAt),
      memory: probes.headroom.least('memory', endedAt),
      pods: probes.headroom.least('pods', endedAt),
    },
    preemptions: probes.attempts.preemptions,
    hasTies: world.scheduler.tiesBroken > 0,
    ...demandFigures(remains),
    eventsFired: world.sim.eventsFired,
    endedAt,
    isCutOff: isCutOff(remains),
  };
  const result = probes.pods ? { ...figures, ...storyOf(remains, figures, refused) } : { ...figures, ...NO_STORY };
  return { ...result, objectives: scenario.objectives.map((objective) => judge(objective, result, scenario)) };
}

type Story = Pick<RunResult, 'findings' | 'series' | 'pods' | 'events'>;

/** What a run shows beyond its figures. */
function storyOf(remains: Remains, figures: Omit<RunResult, keyof Story | 'objectives'>, refused: readonly RefusedPod[]): Story {
  const { probes } = remains;
  const others = [
    ...waitFindings(remains, refused),
    ...jobFindings(remains),
    ...missedRequestFindings(remains),
    ...leftCordonedFindings(remains),
    ...leftEmptyFindings(remains),
    ...quotaFindings(remains),
  ];
  return {
    findings: runFindings(figures, others, remains.scenario.roll),
    series: seriesOf(remains),
    pods: summarizePods(probes),
    events: probes.events?.columns() ?? NO_EVENTS,
  };
}

const NO_STEPS: StepSeries = { times: [], values: [] };
const NO_SERIES = { nodesAway: NO_STEPS, podsPending: NO_STEPS, headroom: { cpu: NO_STEPS, memory: NO_STEPS, pods: NO_STEPS }, ready: [] };
const NO_STORY: Story = { findings: [], series: NO_SERIES, pods: [], events: NO_EVENTS };

function isCutOff({ ending, facts, world: { sim } }: Remains): boolean {
  return ending === 'horizon' || facts.isWindowClosed || (ending === 'finished' && !sim.isIdle);
}

function rollOutcome({ scenario, facts, ending, world }: Remains): RollOutcome {
  const { preset, pool, maxUnavailable, surge: plan } = scenario.roll;
  const begin = Math.min(
    ...facts.resets.flatMap(({ createdAt, cordonedAt, startedAt }) => createdAt ?? cordonedAt ?? startedAt ?? []),
  ) as Instant;
  const end = rollEnd(facts.resets);
  const duration = Number.isFinite(begin) ? between(begin, end) : ZERO;
  const outcome = ending === 'finished' ? outcomeOf(facts) : ending;
  const maintenance = maintenanceOutcome(scenario, facts, world.roll.openings);
  const surge = plan ? { surge: { nodes: plan.nodes, peakNodes: peakNodes(facts.resets) } } : {};
  const roll = { preset, pool, maxUnavailable, ...surge, outcome, duration, batches: batchesOf(facts.resets), nodes: facts.resets };
  return maintenance ? { ...roll, maintenance } : roll;
}

function outcomeOf({ resets, isWindowClosed }: RollFacts): RollOutcome['outcome'] {
  if (isWindowClosed) return 'windowClosed';
  return resets.every(isFine) ? 'completed' : 'failed';
}

function batchesOf(resets: readonly NodeReset[]): RollOutcome['batches'] {
  const batches = new Map<number, { nodes: string[]; start: Instant; end: Instant }>();
  for (const { node, batch, outcome, cordonedAt, startedAt = cordonedAt, endedAt } of resets) {
    if (startedAt === undefined || outcome === 'notStarted') continue;
    const known = batches.get(batch) ?? { nodes: [], start: startedAt, end: endedAt };
    known.nodes.push(node);
    known.end = Math.max(known.end, endedAt) as Instant;
    batches.set(batch, known);
  }
  return [...batches.values()];
}

function schedulingOutcome({ world, probes, countedUntil: end }: Remains): SchedulingOutcome {
  const { attempts, pending } = probes;
  const series = new StepFunction(pending.series.series());
  return {
    decisions: attempts.decisions,
    slowDecisions: world.scheduler.slowDecisions,
    failedAttempts: attempts.failed,
    peakPending: series.maximum(START, end).value,
    mostUnplaced: pending.mostAtOnce,
    pendingPodSeconds: series.integral(START, end) / 1000,
    pendingBefore: [...pending.before].map((pod) => pod.key),
    neverScheduled: pending.now().map((pod) => ({ pod: pod.key, message: world.scheduler.lastMessage(pod) ?? untriedBecause(pod) })),
    reasons: attempts.reasons(),
  };
}

/** A budget is stuck if it refuses a pod of a node that was not drained and nothing is left to happen that could change that. */
function budgetOutcomes({ world, facts, ending }: Remains, refused: readonly RefusedPod[]): BudgetOutcome[] {
  const held = heldByBudget(facts.resets);
  const refusing = refusingBudgets(refused);
  const isOver = ending !== 'horizon' && world.sim.isIdle;
  return [...world.cluster.budgets.values()].map((budget) => {
    const { key, namespace, name } = budget;
    const { refusals, blocked } = held.get(key) ?? NEVER_HELD;
    return { namespace, name, refusals, blocked: blocked as Duration, stuck: isOver && refusing.has(budget) };
  });
}

/** How a budget held up a roll: refusals, and the time that nodes waited for it. */
interface Held {
  refusals: number;
  blocked: number;
}

const NEVER_HELD: Readonly<Held> = { refusals: 0, blocked: 0 };

function heldByBudget(resets: readonly NodeReset[]): ReadonlyMap<string, Held> {
  const byBudget = new Map<string, Held>();
  for (const { budget, refusals, blocked } of resets.flatMap(({ refusedBy }) => refusedBy)) {
    const held = byBudget.get(budget) ?? { ...NEVER_HELD };
    byBudget.set(budget, { refusals: held.refusals + refusals, blocked: held.blocked + blocked });
  }
  return byBudget;
}

function seriesOf({ probes, facts }: Remains): RunSeries {
  const { headroom } = probes;
  return {
    nodesAway: nodesAway(facts.resets),
    podsPending: probes.pending.series.series(),
    headroom: { cpu: headroom.series('cpu'), memory: headroom.series('memory'), pods: headroom.series('pods') },
    ready: probes.workloads
      .all()
      .map(({ kind, namespace, name, ready, desired }) => ({
        workload: `${kind}/${namespace}/${name}`,
        share: shareOver(ready.series(), desired.series()),
      }))
      .filter(({ share }) => share.values.some((value) => value < 1)),
  };
}
