import type { Pod } from '../cluster/Pod.ts';
import type { CycleContext } from './CycleContext.ts';
import type { NodeInfo } from './NodeInfo.ts';
import type { Refusal } from './NodeVerdict.ts';

/**
 * Refuses nodes for a pod. `prepareFilter` is PreFilter: it works out once per cycle what all nodes have in common.
 * @see kubernetes/kubernetes staging/src/k8s.io/kube-scheduler/framework/interface.go (PreFilterPlugin, FilterPlugin)
 */
export interface FilterPlugin {
  readonly name: string;
  prepareFilter(pod: Pod, context: CycleContext): FilterPreparation;
}

/** What a filter plugin makes of a pod: it has nothing to say, refuses the pod outright, or filters node by node. */
export type FilterPreparation =
  | { readonly kind: 'skip' }
  | { readonly kind: 'refuse'; readonly refusal: Refusal }
  | {
      readonly kind: 'filter';
      readonly filter: NodeFilter;
      /** Names of the only nodes to be tried. */
      readonly onlyNodes?: ReadonlySet<string>;
    };

/** One plugin's filter for one pod in one cycle. */
export interface NodeFilter {
  /** Says why `node` is refused, undefined when it passes. */
  check(node: NodeInfo): Refusal | undefined;
  /** Takes into account that `other` were on `node` as well; `removePod` takes it back, or away if it is there. */
  addPod?(other: Pod, node: NodeInfo): void;
  removePod?(other: Pod, node: NodeInfo): void;
}

/**
 * Ranks nodes that passed every filter. `prepareScore` is PreScore.
 * @see kubernetes/kubernetes staging/src/k8s.io/kube-scheduler/framework/interface.go (PreScorePlugin, ScorePlugin)
 */
export interface ScorePlugin {
  readonly name: string;
  /** @returns undefined when the plugin has nothing to say and takes no part in the total. */
  prepareScore(pod: Pod, context: CycleContext, feasible: readonly NodeInfo[]): NodeScorer | undefined;
}

/** One plugin's scores for one pod in one cycle. */
export interface NodeScorer {
  /** The raw score of `node`. */
  score(node: NodeInfo): number;
  /** Brings raw scores, in the order of `feasible`, into [0, 100]; absent when raw scores are there already. */
  normalize?(scores: readonly number[], feasible: readonly NodeInfo[]): readonly number[];
}

/** The answer of a plugin that has nothing to check for a pod. */
export const SKIP: FilterPreparation = { kind: 'skip' };

/** The answer of a plugin that filters node by node without anything to remember. */
export function filterBy(check: NodeFilter['check']): FilterPreparation {
  return { kind: 'filter', filter: { check } };
}
