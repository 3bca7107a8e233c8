import { MAX_NODE_SCORE, shareOfHighest } from '../normalizeScores.ts';
import { highestBytes, localityScore } from '../plugins/ImageLocality.ts';
import { hasBit } from './NodeColumn.ts';
import type { SearchPlan } from './SearchPlan.ts';

/** Weights of the default profile. */
const WEIGHTS = { taints: 3, preferences: 2, spread: 2, affinity: 2 };

/**
 * The total score of each of the nodes at the positions `found`: as the plugins' but for what is the same for every node.
 */
export function totalScores(plan: SearchPlan, found: Int32Array): Float64Array {
  const totals = new Float64Array(found.length);
  const { scores } = plan.resources;
  for (let i = 0; i < found.length; i += 1) totals[i] = scores[found[i] ?? 0] ?? 0;
  if (plan.placement.softlyTainted > 0) addTaints(totals, plan, found);
  if (plan.placement.hasPreferences) addPreferences(totals, plan, found);
  if (!plan.softSpread.isEmpty) plan.softSpread.addTo(totals, found, WEIGHTS.spread);
  plan.affinity.addTo(totals, found, WEIGHTS.affinity);
  addImages(totals, plan, found);
  return totals;
}

function addTaints(totals: Float64Array, { placement: { softTaints } }: SearchPlan, found: Int32Array): void {
  const highest = highestAt(softTaints, found);
  for (let i = 0; i < found.length; i += 1) {
    const score = MAX_NODE_SCORE - shareOfHighest(softTaints[found[i] ?? 0] ?? 0, highest);
    totals[i] = (totals[i] ?? 0) + WEIGHTS.taints * score;
  }
}

function addPreferences(totals: Float64Array, { placement: { preferences } }: SearchPlan, found: Int32Array): void {
  const highest = highestAt(preferences, found);
  for (let i = 0; i < found.length; i += 1) {
    totals[i] = (totals[i] ?? 0) + WEIGHTS.preferences * shareOfHighest(preferences[found[i] ?? 0] ?? 0, highest);
  }
}

function highestAt(column: Int32Array, found: Int32Array): number {
  let highest = 0;
  for (let i = 0; i < found.length; i += 1) highest = Math.max(highest, column[found[i] ?? 0] ?? 0);
  return highest;
}

function addImages(totals: Float64Array, { images, containers }: SearchPlan, found: Int32Array): void {
  const held = images.map((column) => ({ column, bytes: column.bytes })).filter(({ bytes }) => bytes > 0);
  if (held.length === 0) return;
  for (const { column } of held) column.refresh();
  const highest = highestBytes(containers);
  for (let i = 0; i < found.length; i += 1) {
    const position = found[i] ?? 0;
    let bytes = 0;
    for (const image of held) if (hasBit(image.column.holders, position)) bytes += image.bytes;
    totals[i] = (totals[i] ?? 0) + localityScore(bytes, highest);
  }
}
