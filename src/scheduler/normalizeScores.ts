/** The best score that a plugin can give. */
export const MAX_NODE_SCORE = 100;

/**
 * Scales scores so that the highest becomes 100; all stay 0 when none is above.
 * @see kubernetes/kubernetes pkg/scheduler/framework/plugins/helper/normalize_score.go
 */
export function normalizeScores(scores: readonly number[]): readonly number[] {
  const highest = highestOf(scores);
  return scores.map((score) => shareOfHighest(score, highest));
}

/** Scales scores so that the highest becomes 0 and 0 becomes 100. */
export function normalizeReversed(scores: readonly number[]): readonly number[] {
  const highest = highestOf(scores);
  return scores.map((score) => MAX_NODE_SCORE - shareOfHighest(score, highest));
}

/** `score` on a scale where `highest` is 100; 0 when the highest is 0. */
export function shareOfHighest(score: number, highest: number): number {
  return highest === 0 ? 0 : Math.trunc((MAX_NODE_SCORE * score) / highest);
}

function highestOf(scores: readonly number[]): number {
  let highest = 0;
  for (const score of scores) if (score > highest) highest = score;
  return highest;
}
