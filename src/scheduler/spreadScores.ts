import { MAX_NODE_SCORE } from './normalizeScores.ts';

/** How much a domain count weighs when the constraint has `domains` domains. */
export function topologyWeight(domains: number): number {
  return Math.log(domains + 2);
}

/**
 * One constraint's part in the raw score of a node: fewer pods are better.
 * @see kubernetes/kubernetes pkg/scheduler/framework/plugins/podtopologyspread/scoring.go (scoreForCount)
 */
export function spreadPart(pods: number, weight: number, maxSkew: number): number {
  return pods * weight + (maxSkew - 1);
}

/**
 * Turns raw scores, lower being better, into [0, 100]; nodes without a raw score are ignored and get 0.
 * @see kubernetes/kubernetes pkg/scheduler/framework/plugins/podtopologyspread/scoring.go (NormalizeScore)
 */
export function normalizeSpread(raw: readonly (number | undefined)[]): readonly number[] {
  let lowest = Number.POSITIVE_INFINITY;
  let highest = 0;
  for (const score of raw) {
    if (score === undefined) continue;
    if (score < lowest) lowest = score;
    if (score > highest) highest = score;
  }
  return raw.map((score) => (score === undefined ? 0 : spreadShare(score, lowest, highest)));
}

/** One raw score between the lowest and the highest, turned into [0, 100]. */
export function spreadShare(score: number, lowest: number, highest: number): number {
  return highest === 0 ? MAX_NODE_SCORE : Math.trunc((MAX_NODE_SCORE * (highest + lowest - score)) / highest);
}

/** Go's math.Round; raw scores are never negative. */
export function roundHalfAway(score: number): number {
  return Math.floor(score + 0.5);
}
