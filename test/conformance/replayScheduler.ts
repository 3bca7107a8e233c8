import type { BoundDecision, Decision, NodeScores } from '../../src/scheduler/Decision.ts';
import { scheduleOne } from '../../src/scheduler/scheduleOne.ts';
import { type Comparison, compared } from './Comparison.ts';
import type { BoundStep, DecideStep, SchedulerTrace, UnschedulableStep } from './scheduler/SchedulerTrace.ts';
import { SchedulerWorld } from './scheduler/SchedulerWorld.ts';

/**
 * Replays one recording of scheduling decisions. Every decision is compared and then made as recorded, so that one disagreement does
 * not spoil the next; where nodes are equally good, the recorded one is taken.
 */
export function replayScheduler(recording: unknown, file: string): Comparison[] {
  const trace = recording as SchedulerTrace;
  const world = new SchedulerWorld(trace);
  return trace.steps.flatMap((step, index) => {
    if (step.op !== 'decide') {
      world.perform(step);
      return [];
    }
    const pod = world.expect(step);
    const comparisons = compareDecision(step, scheduleOne(world.state, pod), { file, step: `${index} ${step.pod}` });
    world.follow(step, pod);
    return comparisons;
  });
}

type Place = Pick<Comparison, 'file' | 'step'>;

function compareDecision(step: DecideStep, decision: Decision, place: Place): Comparison[] {
  const result = compared({ ...place, what: 'result' }, step.result, decision.kind);
  if (step.result === 'bound' && decision.kind === 'bound') return [result, ...compareBound(step, decision, place)];
  if (step.result === 'unschedulable' && decision.kind === 'unschedulable') {
    return [result, ...compareUnschedulable(step, { ...decision, victims: decision.victims.map(({ key }) => key) }, place)];
  }
  return [result];
}

function compareBound(step: BoundStep, decision: BoundDecision, place: Place): Comparison[] {
  const feasible = compared({ ...place, what: 'feasible' }, [...step.feasible].sort(), [...decision.feasible].sort());
  const node = compared({ ...place, what: 'node' }, step.node, decision.node);
  const total = compared(
    { ...place, what: 'total' },
    byNode(step.feasible, step.total),
    byNode(decision.feasible, decision.scores?.totals),
  );
  return [feasible, node, total, ...compareScores(step, decision, place)];
}

function compareScores({ feasible, scores = {} }: BoundStep, decision: BoundDecision, place: Place): Comparison[] {
  const actual = weighted(decision.scores);
  return [...new Set([...Object.keys(scores), ...actual.keys()])].map((plugin) =>
    compared({ ...place, what: 'score', plugin }, byNode(feasible, scores[plugin]), byNode(decision.feasible, actual.get(plugin))),
  );
}

function weighted(scores: NodeScores | undefined): Map<string, readonly number[]> {
  return new Map(scores?.plugins.map(({ plugin, weight, normalized }) => [plugin, normalized.map((score) => weight * score)]));
}

/** Numbers by node name, sorted by name. */
function byNode(nodes: readonly string[], numbers: readonly number[] | undefined): unknown {
  return numbers && nodes.map((node, i) => [node, numbers[i]] as const).sort(([a], [b]) => (a < b ? -1 : 1));
}

interface Refused {
  readonly message: string;
  readonly nominated: string | undefined;
  readonly victims: readonly string[];
}

function compareUnschedulable(step: UnschedulableStep, actual: Refused, place: Place): Comparison[] {
  return [
    compared({ ...place, what: 'message' }, step.message, actual.message),
    compared({ ...place, what: 'nominated', plugin: 'DefaultPreemption' }, step.nominated, actual.nominated),
    compared({ ...place, what: 'victims', plugin: 'DefaultPreemption' }, [...(step.victims ?? [])].sort(), [...actual.victims].sort()),
  ];
}
