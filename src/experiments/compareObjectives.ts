import type { Judged, ObjectiveDifference } from './Comparison.ts';
import type { Verdict } from './Forecast.ts';

type Objectives = Verdict['objectives'];

/** How every objective of either side fares in B, seen from A; by name, the worse ones first. */
export function compareObjectives(a: Objectives, b: Objectives): ObjectiveDifference[] {
  const names = [...new Set([...a, ...b].map(({ name }) => name))];
  const find = (objectives: Objectives, name: string) => objectives.find((objective) => objective.name === name) ?? null;
  const all = names.map((name) => ({ name, a: find(a, name), b: find(b, name) }));
  return all
    .map((row) => ({ ...row, change: changeOf(row) }))
    .sort((one, other) => ORDER.indexOf(one.change) - ORDER.indexOf(other.change));
}

const ORDER: readonly ObjectiveDifference['change'][] = ['worse', 'unknown', 'better', 'same', 'onlyA', 'onlyB'];

/** What is unknown in the same way in both is no difference. */
function changeOf({ a, b }: { readonly a: Judged | null; readonly b: Judged | null }): ObjectiveDifference['change'] {
  if (a === null || b === null) return a === null ? 'onlyB' : 'onlyA';
  if (a.outcome === 'holds' && b.outcome === 'fails') return 'worse';
  if (b.outcome === 'holds') return a.outcome === 'holds' ? 'same' : 'better';
  if (a.outcome === 'unknown' || b.outcome === 'unknown') return isAlike(a, b) || a.outcome === 'fails' ? 'same' : 'unknown';
  return 'same';
}

function isAlike(a: Judged, b: Judged): boolean {
  return a.outcome === b.outcome && a.evidence === b.evidence;
}

/** Whether an objective is worth a row: its outcome is another, or it held in another share of the runs. */
export function isTold({ change, a, b }: ObjectiveDifference): boolean {
  return change !== 'same' || a?.outcome !== b?.outcome || a?.probability !== b?.probability;
}

/** What the objectives say of B as a whole. */
export function outcomeOf(objectives: readonly ObjectiveDifference[]): Verdict['outcome'] {
  if (objectives.some(({ change }) => change === 'worse')) return 'fails';
  return objectives.some(({ change }) => change === 'unknown') ? 'unknown' : 'holds';
}
