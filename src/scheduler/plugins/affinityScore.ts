import type { Pod } from '../../cluster/Pod.ts';
import { type AffinityTerm, type AffinityTerms, affinityTermMatches, type WeightedTerm } from '../AffinityTerms.ts';
import type { CycleContext } from '../CycleContext.ts';
import { MAX_NODE_SCORE } from '../normalizeScores.ts';
import type { NodeScorer } from '../Plugin.ts';
import type { AlikePods } from '../PodsByNode.ts';
import { TopologyCounts } from '../TopologyCounts.ts';
import { namespaceLabelsOf } from './affinityFilter.ts';

/**
 * Ranks nodes by the preferred terms of `pod` and by those terms of existing pods that match it. Gives no score when no term matches
 * anywhere.
 * @see kubernetes/kubernetes pkg/scheduler/framework/plugins/interpodaffinity/scoring.go
 */
export function prepareAffinityScore(pod: Pod, context: CycleContext): NodeScorer | undefined {
  const sums = new TopologyCounts();
  addOwnTerms(sums, context.demands.of(pod).affinity, context);
  addTermsOfOthers(sums, pod, context);
  if (sums.isEmpty) return undefined;
  return { score: ({ node }) => sums.sumFor(node.labels), normalize: normalizeAffinity };
}

/** Scales scores so that the lowest becomes 0 and the highest 100; equal scores all become 0. */
export function normalizeAffinity(scores: readonly number[]): readonly number[] {
  let lowest = Number.POSITIVE_INFINITY;
  let highest = Number.NEGATIVE_INFINITY;
  for (const score of scores) {
    if (score < lowest) lowest = score;
    if (score > highest) highest = score;
  }
  return scores.map((score) => affinityShare(score, lowest, highest));
}

/** One raw score between the lowest and the highest, turned into [0, 100]. */
export function affinityShare(score: number, lowest: number, highest: number): number {
  const range = highest - lowest;
  return range > 0 ? Math.trunc(MAX_NODE_SCORE * ((score - lowest) / range)) : 0;
}

function addOwnTerms(sums: TopologyCounts, terms: AffinityTerms | undefined, context: CycleContext): void {
  if (!terms) return;
  for (const { weight, term } of signed(terms)) {
    for (const pods of context.podsByNode.all()) {
      if (affinityTermMatches(term, pods, namespaceLabelsOf(context))) addForAll(sums, term, weight, pods);
    }
  }
}

function addTermsOfOthers(sums: TopologyCounts, pod: Pod, context: CycleContext): void {
  const namespaceLabels = namespaceLabelsOf(context);
  for (const pods of context.podsByNode.allWithAffinity()) {
    if (!pods.affinity) continue;
    for (const { term, weight } of termsTowardsOthers(pods.affinity)) {
      if (affinityTermMatches(term, pod, namespaceLabels)) addForAll(sums, term, weight, pods);
    }
  }
}

function addForAll(sums: TopologyCounts, term: AffinityTerm, weight: number, { nodes }: AlikePods): void {
  for (const [{ node }, pods] of nodes) sums.add(term.topologyKey, node.labels, weight * pods);
}

/** What a required affinity term of an existing pod is worth. */
const HARD_POD_AFFINITY_WEIGHT = 1;

/** What the terms of a pod that is there are worth to a new one that they match. */
export function termsTowardsOthers(affinity: AffinityTerms): readonly WeightedTerm[] {
  return [...affinity.required.map((term) => ({ term, weight: HARD_POD_AFFINITY_WEIGHT })), ...signed(affinity)];
}

/** The preferred terms, those of anti-affinity with a negative weight. */
export function signed({ preferred, preferredAnti }: AffinityTerms): readonly WeightedTerm[] {
  return [...preferred, ...preferredAnti.map(({ term, weight }) => ({ term, weight: -weight }))];
}
