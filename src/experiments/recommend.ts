import type { Sweep } from './Forecast.ts';
import type { Figures } from './figures.ts';

type Row = Sweep['cells'][number];

/**
 * Of the settings that keep all objectives, the one with the largest `maxUnavailable`, then the shortest, then the one that does least
 * harm; null when none keeps them. Settings that are equal in all of that are a tie, which the reason names.
 */
export function recommend(rows: readonly Row[]): Sweep['recommended'] {
  const kept = rows.filter(({ verdict }) => verdict.outcome === 'holds').sort(preferred);
  const [best, ...others] = kept;
  if (!best) return null;
  const certainty = best.verdict.objectives.every((one) => one.certainty === 'certain') ? 'certain' : 'likely';
  return { factors: best.factors, reason: [...reasons(best, rows), ...ties(best, others)].join('; '), certainty };
}

/** What a roll can do to pods, the worst first. */
const HARM: readonly (keyof Figures)[] = [
  'neverScheduled',
  'unservedRequests',
  'outageSeconds',
  'forcedKills',
  'belowFloorSeconds',
  'degradedSeconds',
  'pendingPodSeconds',
];

function preferred(a: Row, b: Row): number {
  return levelOf(b) - levelOf(a) || a.metrics.durationSeconds - b.metrics.durationSeconds || comparedByHarm(a, b);
}

function comparedByHarm({ metrics: a }: Row, { metrics: b }: Row): number {
  const differing = HARM.find((figure) => a[figure] !== b[figure]);
  return differing ? a[differing] - b[differing] : 0;
}

const LEVEL = 'maxUnavailable';

function levelOf({ factors }: Row): number {
  return Number(factors[LEVEL] ?? 0);
}

/** Reports on larger and smaller values only for settings that are otherwise equal to the best one. */
function reasons(best: Row, rows: readonly Row[]): string[] {
  const alike = rows.filter((row) => hasSameOthers(row, best));
  const next = alike.filter((row) => levelOf(row) > levelOf(best)).sort((a, b) => levelOf(a) - levelOf(b))[0];
  const smaller = alike.filter((row) => levelOf(row) < levelOf(best) && row.verdict.outcome !== 'holds').map(levelOf);
  return [
    `the largest maxUnavailable that keeps all objectives is ${levelOf(best)}`,
    next ? `${levelOf(next)} does not: ${failuresOf(next)}` : 'nothing larger was tried',
    ...(smaller.length > 0 ? [`beware that smaller values fail too: ${smaller.join(', ')}`] : []),
  ];
}

function hasSameOthers({ factors: a }: Row, { factors: b }: Row): boolean {
  return Object.keys(a).every((name) => name === LEVEL || a[name] === b[name]);
}

function failuresOf({ verdict }: Row): string {
  const failed = verdict.objectives.filter(({ outcome }) => outcome !== 'holds');
  return failed.map(({ name, evidence }) => `${name} (${evidence})`).join(', ');
}

function ties(best: Row, others: readonly Row[]): string[] {
  const equal = others.filter((row) => preferred(best, row) === 0);
  return equal.length > 0 ? [`a tie with ${equal.map(({ factors }) => namedLevels(factors)).join('; ')}`] : [];
}

/** The levels of a setting: `pacing window, maxUnavailable 3`. */
export function namedLevels(factors: Row['factors']): string {
  return Object.entries(factors)
    .map(([name, level]) => `${name} ${level}`)
    .join(', ');
}
