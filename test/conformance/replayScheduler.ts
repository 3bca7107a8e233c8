import type { BoundDecision, Decision, NodeScores, UnschedulableDecision } from '../../src/scheduler/Decision.ts';
import type { NodeVerdict } from '../../src/scheduler/NodeVerdict.ts';
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
  const result = compared({ ...place, what: 'result' }, step.result, decision.kind === 'error' ? 'unschedulable' : decision.kind);
  if (step.result === 'bound' && decision.kind === 'bound') return [result, ...compareBound(step, decision, place)];
  if (step.result === 'unschedulable' && decision.kind === 'unschedulable') return [result, ...compareUnschedulable(step, decision, place)];
  if (step.result === 'unschedulable' && decision.kind === 'error') {
    return [result, compared({ ...place, what: 'message' }, step.message, decision.message)];
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
  return [feasible, node, total, ...compareRefusals(step, decision, place), ...compareScores(step, decision, place)];
}

/** Plugin by plugin, the nodes that it refuses: the recording only says which nodes were not feasible. */
function compareRefusals(step: BoundStep, { refusals }: BoundDecision, place: Place): Comparison[] {
  return pluginsOf(refusals).map((plugin) => {
    const refused = [...refusals].filter(([, verdict]) => verdict.plugin === plugin).map(([node]) => node);
    const recorded = refused.filter((node) => !step.feasible.includes(node));
    return compared({ ...place, what: 'refusals', plugin }, recorded, refused);
  });
}

function pluginsOf(refusals: ReadonlyMap<string, NodeVerdict>): readonly string[] {
  return [...new Set([...refusals.values()].map(({ plugin }) => plugin))];
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

function compareUnschedulable(step: UnschedulableStep, decision: UnschedulableDecision, place: Place): Comparison[] {
  const victims = decision.victims.map(({ key }) => key).sort();
  return [
    compared({ ...place, what: 'message' }, step.message, decision.message),
    ...compareReasons(step, decision, place),
    compared({ ...place, what: 'nominated', plugin: 'DefaultPreemption' }, step.nominated, decision.nominated),
    compared({ ...place, what: 'victims', plugin: 'DefaultPreemption' }, [...(step.victims ?? [])].sort(), victims),
  ];
}

/** Plugin by plugin, its part of the message's histogram: how many nodes it refused for each of its reasons. */
function compareReasons({ message }: UnschedulableStep, { refusals }: UnschedulableDecision, place: Place): Comparison[] {
  const [, histogram = ''] = /^0\/\d+ nodes are available: (.*?)\.( |$)/.exec(message) ?? [];
  const recorded = new Map(histogram.split(', ').map((entry) => [entry.slice(entry.indexOf(' ') + 1), Number.parseInt(entry, 10)]));
  return pluginsOf(refusals).map((plugin) => {
    const counts = new Map<string, number>();
    for (const verdict of refusals.values()) {
      for (const reason of verdict.plugin === plugin ? verdict.reasons : []) counts.set(reason, (counts.get(reason) ?? 0) + 1);
    }
    const expected = [...counts.keys()].map((reason) => [reason, recorded.get(reason) ?? 0]);
    return compared({ ...place, what: 'reasons', plugin }, expected, [...counts]);
  });
}
