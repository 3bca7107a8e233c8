import { shareOfHighest } from '../normalizeScores.ts';
import { highestBytes, localityScore } from '../plugins/ImageLocality.ts';
import type { ImageColumn } from './ImageColumn.ts';
import type { ScoredNodes } from './ScoredNodes.ts';
import type { SearchPlan } from './SearchPlan.ts';
import { WEIGHTS } from './weights.ts';

/** Works out the total score of each of the nodes found: the plugins' but for what is the same for every node. */
export function totalScores(plan: SearchPlan, found: ScoredNodes): void {
  const { scores } = plan.resources;
  const { count, positions, totals } = found;
  for (let i = 0; i < count; i += 1) totals[i] = scores.of[positions[i] ?? 0] ?? 0;
  if (plan.placement.softTaints.classes.length !== 1) subtractTaints(plan, found);
  if (plan.placement.hasPreferences) addPreferences(plan, found);
  plan.softSpread?.addTo(found, WEIGHTS.spread);
  plan.affinity.addTo(found, WEIGHTS.affinity);
  if (plan.images.length > 0) addImages(plan, found);
}

/** Nodes without a soft taint have the full score, which is the same for all: only the others lose something. */
function subtractTaints({ placement: { softTaints } }: SearchPlan, { count, positions, totals }: ScoredNodes): void {
  const { numberOf } = softTaints;
  let highest = 0;
  for (let i = 0; i < count; i += 1) highest = Math.max(highest, numberOf[positions[i] ?? 0] ?? 0);
  for (let i = 0; i < count; i += 1)
    totals[i] = (totals[i] ?? 0) - WEIGHTS.taints * shareOfHighest(numberOf[positions[i] ?? 0] ?? 0, highest);
}

function addPreferences({ placement }: SearchPlan, { count, positions, totals }: ScoredNodes): void {
  const preferences = placement.preferences.numberOf;
  let highest = 0;
  for (let i = 0; i < count; i += 1) highest = Math.max(highest, preferences[positions[i] ?? 0] ?? 0);
  for (let i = 0; i < count; i += 1) {
    totals[i] = (totals[i] ?? 0) + WEIGHTS.preferences * shareOfHighest(preferences[positions[i] ?? 0] ?? 0, highest);
  }
}

function addImages({ images, containers }: SearchPlan, { count, positions, totals }: ScoredNodes): void {
  const highest = highestBytes(containers);
  const held = images.map((column) => ({ column, bytes: column.bytes }));
  if (
    localityScore(
      held.reduce((sum, { bytes }) => sum + bytes, 0),
      highest,
    ) === 0
  )
    return;
  for (const { column } of held) column.refresh();
  const [only, second] = held;
  const score = only && !second ? localityScore(only.bytes, highest) : 0;
  for (let i = 0; i < count; i += 1) {
    const position = positions[i] ?? 0;
    if (only && !second) totals[i] = (totals[i] ?? 0) + (only.column.holders.has(position) ? score : 0);
    else totals[i] = (totals[i] ?? 0) + localityScore(bytesAt(held, position), highest);
  }
}

function bytesAt(held: readonly { readonly column: ImageColumn; readonly bytes: number }[], position: number): number {
  let sum = 0;
  for (const { column, bytes } of held) if (column.holders.has(position)) sum += bytes;
  return sum;
}
