import { shareOfHighest } from '../normalizeScores.ts';
import { highestBytes, localityScore } from '../plugins/ImageLocality.ts';
import type { FoundNodes } from './FoundNodes.ts';
import { hasBit } from './NodeColumn.ts';
import type { SearchPlan } from './SearchPlan.ts';

/** Weights of the default profile. */
const WEIGHTS = { taints: 3, preferences: 2, spread: 2, affinity: 2 };

/** Works out the total score of each of the nodes found: the plugins' but for what is the same for every node. */
export function totalScores(plan: SearchPlan, found: FoundNodes): void {
  const { scores } = plan.resources;
  const { count, positions, totals } = found;
  for (let i = 0; i < count; i += 1) totals[i] = scores[positions[i] ?? 0] ?? 0;
  if (plan.placement.softlyTainted.size > 0) subtractTaints(plan, found);
  if (plan.placement.hasPreferences) addPreferences(plan, found);
  if (!plan.softSpread.isEmpty) plan.softSpread.addTo(found, WEIGHTS.spread);
  plan.affinity.addTo(found, WEIGHTS.affinity);
  if (plan.images.length > 0) addImages(plan, found);
}

/** Nodes without a soft taint have the full score, which is the same for all: only the others lose something. */
function subtractTaints({ placement: { softTaints, softlyTainted } }: SearchPlan, found: FoundNodes): void {
  let highest = 0;
  for (const position of softlyTainted) if (found.indexOf(position) >= 0) highest = Math.max(highest, softTaints[position] ?? 0);
  for (const position of softlyTainted) {
    const index = found.indexOf(position);
    if (index < 0) continue;
    found.totals[index] = (found.totals[index] ?? 0) - WEIGHTS.taints * shareOfHighest(softTaints[position] ?? 0, highest);
  }
}

function addPreferences({ placement: { preferences } }: SearchPlan, { count, positions, totals }: FoundNodes): void {
  let highest = 0;
  for (let i = 0; i < count; i += 1) highest = Math.max(highest, preferences[positions[i] ?? 0] ?? 0);
  for (let i = 0; i < count; i += 1) {
    totals[i] = (totals[i] ?? 0) + WEIGHTS.preferences * shareOfHighest(preferences[positions[i] ?? 0] ?? 0, highest);
  }
}

function addImages({ images, containers }: SearchPlan, { count, positions, totals }: FoundNodes): void {
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
    if (only && !second) totals[i] = (totals[i] ?? 0) + (hasBit(only.column.holders, position) ? score : 0);
    else totals[i] = (totals[i] ?? 0) + localityScore(bytesAt(held, position), highest);
  }
}

function bytesAt(held: readonly { readonly column: { readonly holders: Int32Array }; readonly bytes: number }[], position: number): number {
  let sum = 0;
  for (const { column, bytes } of held) if (hasBit(column.holders, position)) sum += bytes;
  return sum;
}
