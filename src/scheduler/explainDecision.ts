import type { Pod } from '../cluster/Pod.ts';
import { bestNodes } from './bestNodes.ts';
import type { NodeScores } from './Decision.ts';
import { type Filters, prepareFilters } from './Filters.ts';
import type { NodeVerdict } from './NodeVerdict.ts';
import type { SchedulerState } from './SchedulerState.ts';
import { scoreNodes } from './scoreNodes.ts';

/** What every plugin says of every node for one pod, whatever a search would have stopped at. */
export interface Explanation {
  /** The plugin that refuses the pod before any node is looked at; then there are no nodes. */
  readonly outright: NodeVerdict | undefined;
  /** In the scheduler's order. */
  readonly nodes: readonly NodeAssessment[];
  /** Nodes with the highest total; the scheduler takes any of them. */
  readonly best: readonly string[];
}

/** What every plugin says of one node. */
export interface NodeAssessment {
  readonly node: string;
  /** Of every plugin that refuses the node, in profile order; the scheduler itself stops at the first. */
  readonly refusals: readonly NodeVerdict[];
  /** undefined for a node that is refused. */
  readonly total: number | undefined;
  /** One for each plugin that took part, in profile order; empty for a node that is refused. */
  readonly scores: readonly NodePluginScore[];
}

export interface NodePluginScore {
  readonly plugin: string;
  readonly weight: number;
  readonly raw: number;
  /** In [0, 100]; times `weight` it goes into the total. */
  readonly normalized: number;
}

/**
 * Explains where `pod` could go. Looks at all nodes and scores even a single feasible one; leaves the start index and the count of ties
 * alone.
 */
export function explainDecision(state: SchedulerState, pod: Pod): Explanation {
  const prepared = prepareFilters(state.profile.filters, pod, state);
  if (prepared.kind === 'refuse') return { outright: prepared.verdict, nodes: [], best: [] };
  const refusals = new Map(state.snapshot.nodes.map((node) => [node.name, refusalsOn(node.name, prepared.filters, state)]));
  const feasible = state.snapshot.nodes.filter(({ name }) => refusals.get(name)?.length === 0);
  const scores = scoreNodes(state, pod, feasible);
  const names = feasible.map(({ name }) => name);
  const places = new Map(names.map((name, i) => [name, i]));
  const nodes = state.snapshot.nodes.map(({ name }) => {
    const place = places.get(name) ?? -1;
    return { node: name, refusals: refusals.get(name) ?? [], total: scores.totals[place], scores: scoresAt(place, scores) };
  });
  return { outright: undefined, nodes, best: bestNodes(names, scores.totals) };
}

/** A node that is refused only because of pods nominated to it has that one verdict. */
function refusalsOn(name: string, filters: Filters, state: SchedulerState): readonly NodeVerdict[] {
  const node = state.snapshot.node(name);
  if (!node) return [];
  const all = filters.allVerdicts(node);
  const decisive = filters.check(node);
  return decisive && all.length === 0 ? [decisive] : all;
}

function scoresAt(index: number, { plugins }: NodeScores): readonly NodePluginScore[] {
  if (index < 0) return [];
  return plugins.map(({ plugin, weight, raw, normalized }) => ({
    plugin,
    weight,
    raw: raw[index] ?? 0,
    normalized: normalized[index] ?? 0,
  }));
}
