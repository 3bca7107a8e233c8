/** The best score that a plugin can give. */
export const MAX_NODE_SCORE = 100;

/**
 * Scales scores so that the highest becomes 100; all stay 0 when none is above.
 * @see kubernetes/kubernetes pkg/scheduler/framework/plugins/helper/normalize_score.go
 */
export function normalizeScores(scores: readonly number[]): readonly number[] {
  const highest = highestOf(scores);
  return highest === 0 ? scores : scores.map((score) => Math.trunc((MAX_NODE_SCORE * score) / highest));
}

/** Scales scores so that the highest becomes 0 and 0 becomes 100. */
export function normalizeReversed(scores: readonly number[]): readonly number[] {
  const highest = highestOf(scores);
  if (highest === 0) return scores.map(() => MAX_NODE_SCORE);
  return scores.map((score) => MAX_NODE_SCORE - Math.trunc((MAX_NODE_SCORE * score) / highest));
}

function highestOf(scores: readonly number[]): number {
  let highest = 0;
  for (const score of scores) if (score > highest) highest = score;
  return highest;
}
