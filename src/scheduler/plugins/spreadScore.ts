import type { Pod } from '../../cluster/Pod.ts';
import type { CycleContext } from '../CycleContext.ts';
import type { NodeInfo } from '../NodeInfo.ts';
import type { NodeScorer } from '../Plugin.ts';
import type { CountsByNode } from '../PodsByNode.ts';
import { normalizeSpread, roundHalfAway, spreadPart, topologyWeight } from '../spreadScores.ts';
import {
  countsByNode,
  defaultConstraints,
  HOSTNAME,
  hasAllKeys,
  isCounted,
  ownConstraints,
  type SpreadConstraint,
} from './spreadConstraints.ts';

/**
 * Ranks nodes by the soft spread constraints of `pod`, or by the default ones. A pod with hard constraints only is not ranked.
 * @see kubernetes/kubernetes pkg/scheduler/framework/plugins/podtopologyspread/scoring.go
 */
export function prepareSpreadScore(pod: Pod, context: CycleContext, feasible: readonly NodeInfo[]): NodeScorer | undefined {
  const isOwn = pod.spec.topologySpreadConstraints.length > 0;
  const constraints = isOwn ? ownConstraints(pod, 'ScheduleAnyway') : defaultConstraints(pod, context);
  if (constraints.length === 0) return undefined;
  // Default constraints also rank nodes that lack one of the labels.
  const qualifies = isOwn ? (info: NodeInfo) => hasAllKeys(info.node, constraints) : () => true;
  const ranked = feasible.filter(qualifies);
  const counted = context.snapshot.nodes.filter(qualifies);
  const parts = constraints.map((constraint) => scoredPart({ constraint, pod, context, ranked, counted }));
  const isRanked = new Set(ranked);
  return {
    score: (node) => (isRanked.has(node) ? roundHalfAway(sumOf(parts, node)) : 0),
    normalize: (scores) => normalizeSpread(scores.map((score, i) => (isIgnored(feasible[i], isRanked) ? undefined : score))),
  };
}

/** What one constraint adds to the raw score of a node; undefined for a node without its label. */
type ScoredPart = (node: NodeInfo) => number | undefined;

interface PartInput {
  readonly constraint: SpreadConstraint;
  readonly pod: Pod;
  readonly context: CycleContext;
  /** The feasible nodes that take part, and all nodes whose pods count. */
  readonly ranked: readonly NodeInfo[];
  readonly counted: readonly NodeInfo[];
}

function scoredPart(input: PartInput): ScoredPart {
  const { constraint, pod, context, ranked } = input;
  const { topologyKey, maxSkew } = constraint;
  const byNode = countsByNode(constraint, pod, context);
  if (topologyKey === HOSTNAME) {
    const weight = topologyWeight(ranked.length);
    return (info) => (topologyKey in info.node.labels ? spreadPart(byNode.get(info) ?? 0, weight, maxSkew) : undefined);
  }
  const domains = countDomains(input, byNode);
  const weight = topologyWeight(domains.size);
  return ({ node }) => {
    const value = node.labels[topologyKey];
    return value === undefined ? undefined : spreadPart(domains.get(value) ?? 0, weight, maxSkew);
  };
}

/** Pods by domain, for the domains that a ranked node is in; a node without the label is in the domain of the empty name. */
function countDomains({ constraint, pod, ranked, counted }: PartInput, byNode: CountsByNode): Map<string, number> {
  const domains = new Map<string, number>();
  for (const { node } of ranked) domains.set(node.labels[constraint.topologyKey] ?? '', 0);
  for (const info of counted) {
    const pods = byNode.get(info);
    if (pods === undefined || !isCounted(constraint, pod, info.node)) continue;
    const value = info.node.labels[constraint.topologyKey] ?? '';
    const known = domains.get(value);
    if (known !== undefined) domains.set(value, known + pods);
  }
  return domains;
}

function sumOf(parts: readonly ScoredPart[], node: NodeInfo): number {
  let sum = 0;
  for (const part of parts) sum += part(node) ?? 0;
  return sum;
}

function isIgnored(node: NodeInfo | undefined, ranked: ReadonlySet<NodeInfo>): boolean {
  return node === undefined || !ranked.has(node);
}
