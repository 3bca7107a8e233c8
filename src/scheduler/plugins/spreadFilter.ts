import { selectorMatches } from '../../cluster/LabelSelector.ts';
import type { Pod } from '../../cluster/Pod.ts';
import type { CycleContext } from '../CycleContext.ts';
import type { NodeInfo } from '../NodeInfo.ts';
import { unresolvable, unschedulable } from '../NodeVerdict.ts';
import { type FilterPreparation, SKIP } from '../Plugin.ts';
import { countsByNode, hasAllKeys, isCounted, ownConstraints, type SpreadConstraint } from './spreadConstraints.ts';

/**
 * Checks the hard spread constraints of `pod`.
 * @see kubernetes/kubernetes pkg/scheduler/framework/plugins/podtopologyspread/filtering.go
 */
export function prepareSpreadFilter(pod: Pod, context: CycleContext): FilterPreparation {
  const constraints = ownConstraints(pod, 'DoNotSchedule');
  if (constraints.length === 0) return SKIP;
  const domains = constraints.map((constraint) => new DomainCounts(constraint, pod));
  const eligible = context.snapshot.nodes.filter(({ node }) => hasAllKeys(node, constraints));
  for (const domain of domains) domain.countNodes(eligible, context);
  const count = (other: Pod, node: NodeInfo, change: 1 | -1) => {
    if (other.namespace !== pod.namespace || !hasAllKeys(node.node, constraints)) return;
    for (const domain of domains) domain.countPod(other, node, change);
  };
  return {
    kind: 'filter',
    filter: {
      check: (node) => firstRefusal(domains, node),
      addPod: (other, node) => count(other, node, 1),
      removePod: (other, node) => count(other, node, -1),
    },
  };
}

/** Of a node without the label of a constraint. */
export const MISSING_LABEL = unresolvable("node(s) didn't match pod topology spread constraints (missing required label)");
/** Of a node whose domain has too many pods already. */
export const TOO_SKEWED = unschedulable("node(s) didn't match pod topology spread constraints");

function firstRefusal(domains: readonly DomainCounts[], { node }: NodeInfo) {
  for (const domain of domains) {
    const value = node.labels[domain.constraint.topologyKey];
    if (value === undefined) return MISSING_LABEL;
    if (domain.skewWith(value) > domain.constraint.maxSkew) return TOO_SKEWED;
  }
  return undefined;
}

/** How many pods that one constraint counts are in each of its domains. */
class DomainCounts {
  readonly constraint: SpreadConstraint;
  private readonly pod: Pod;
  private readonly counts = new Map<string, number>();
  private readonly self: 0 | 1;
  private lowest: number | undefined;

  constructor(constraint: SpreadConstraint, pod: Pod) {
    this.constraint = constraint;
    this.pod = pod;
    this.self = constraint.selector && selectorMatches(constraint.selector, pod.labels) ? 1 : 0;
  }

  /** Counts the pods of every node that the inclusion policies admit; a node without any makes its domain known. */
  countNodes(nodes: readonly NodeInfo[], context: CycleContext): void {
    const byNode = countsByNode(this.constraint, this.pod, context);
    for (const info of nodes) {
      const value = info.node.labels[this.constraint.topologyKey];
      if (value === undefined || !isCounted(this.constraint, this.pod, info.node)) continue;
      this.counts.set(value, (this.counts.get(value) ?? 0) + (byNode.get(info) ?? 0));
    }
  }

  /** Takes one pod more or less on `node` into account. */
  countPod(other: Pod, { node }: NodeInfo, change: 1 | -1): void {
    const { selector, topologyKey } = this.constraint;
    const value = node.labels[topologyKey];
    if (value === undefined || !selector || !selectorMatches(selector, other.labels)) return;
    if (!isCounted(this.constraint, this.pod, node)) return;
    this.counts.set(value, (this.counts.get(value) ?? 0) + change);
    this.lowest = undefined;
  }

  /** How far the domain `value` would be above the lowest one with the pod in it. */
  skewWith(value: string): number {
    this.lowest ??= this.counts.size < this.constraint.minDomains ? 0 : Math.min(...this.counts.values());
    return (this.counts.get(value) ?? 0) + this.self - this.lowest;
  }
}
