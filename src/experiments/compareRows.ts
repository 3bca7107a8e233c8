import type { Change, FindingDifference, RowDifference } from './Comparison.ts';
import type { Forecast, NodeRow, WorkloadRow } from './Forecast.ts';

type Figures = Readonly<Record<string, number | string>>;

/** One row in the figures by which it is compared. */
interface ObjectRow {
  readonly object: string;
  readonly figures: Figures;
}

/** The differences of one kind of object and how many of its objects are the same. */
export interface RowComparison<T = RowDifference> {
  readonly differences: readonly T[];
  readonly same: number;
}

/** The workloads of both that fared differently: outages first, then lost data, then what is below the floor, then what is degraded. */
export function compareWorkloads(a: readonly WorkloadRow[], b: readonly WorkloadRow[]): RowComparison {
  return compareObjects(a.map(workloadFigures), b.map(workloadFigures), { outageSeconds: 1e6, lostVolumes: 1e4, belowFloorSeconds: 1e3 });
}

function workloadFigures(row: WorkloadRow): ObjectRow {
  const { kind, namespace, name, outageSeconds, belowFloorSeconds, degradedSeconds, minReady, quorum, desired, moves, wastedMoves } = row;
  const object = `${kind} ${namespace}/${name}`;
  const inSync = quorum ? { leastInSync: quorum.leastInSync } : {};
  const harm = { outageSeconds, lostVolumes: row.lostData.length, belowFloorSeconds, degradedSeconds, minReady };
  return { object, figures: { ...harm, ...inSync, desired, moves, wastedMoves } };
}

/** The budgets of both that refused differently, those that are stuck first. */
export function compareBudgets(a: Forecast['budgets'], b: Forecast['budgets']): RowComparison {
  return compareObjects(a.map(budgetFigures), b.map(budgetFigures), { blocks: 1e9, blockedSeconds: 1e3 });
}

function budgetFigures({ namespace, name, stuck, blockedSeconds, refusals }: Forecast['budgets'][number]): ObjectRow {
  return { object: `${namespace}/${name}`, figures: { blocks: stuck ? 'for ever' : 'for a while', blockedSeconds, refusals } };
}

/** The nodes of both whose resets went differently. Their times are none of it: another order of nodes would make all of them differ. */
export function compareNodes(a: readonly NodeRow[], b: readonly NodeRow[]): RowComparison {
  return compareObjects(a.map(nodeFigures), b.map(nodeFigures), { outcome: 1e9, forcedKills: 1e6, blockedSeconds: 1e2 });
}

function nodeFigures({ name, outcome, forcedKills, blockedSeconds, refusals, ...times }: NodeRow): ObjectRow {
  const from = times.startedAt ?? times.cordonedAt;
  const away = from === null || times.inServiceAt === null ? {} : { awaySeconds: times.inServiceAt - from };
  return { object: name, figures: { outcome, forcedKills, blockedSeconds, ...away, refusals } };
}

/** Differences with the greatest weight first; a figure without a weight counts once. */
function compareObjects(a: readonly ObjectRow[], b: readonly ObjectRow[], weights: Readonly<Record<string, number>>): RowComparison {
  const [inA, inB] = [a, b].map((rows) => new Map(rows.map(({ object, figures }) => [object, figures])));
  const objects = [...new Set([...a, ...b].map(({ object }) => object))];
  const compared = objects.map((object) => rowDifference(object, inA?.get(object), inB?.get(object)));
  const differences = compared.filter(({ changes, only }) => changes.length > 0 || only !== undefined);
  const weighed = differences.map((row, index) => ({ row, index, weight: weightOf(row, weights) }));
  return {
    differences: weighed.sort((one, other) => other.weight - one.weight || one.index - other.index).map(({ row }) => row),
    same: compared.length - differences.length,
  };
}

function rowDifference(object: string, a: Figures | undefined, b: Figures | undefined): RowDifference {
  const names = Object.keys({ ...a, ...b });
  const changes = names.map((figure) => ({ figure, a: a?.[figure] ?? null, b: b?.[figure] ?? null }));
  if (a && b) return { object, changes: changes.filter(differs) };
  return { object, only: a ? 'a' : 'b', changes: changes.filter(({ a: before, b: after }) => (before ?? after) !== 0) };
}

/** Times that are sums of milliseconds are not exact as seconds. */
function differs({ a, b }: Change): boolean {
  return typeof a === 'number' && typeof b === 'number' ? Math.abs(a - b) > 1e-6 : a !== b;
}

function weightOf({ changes }: RowDifference, weights: Readonly<Record<string, number>>): number {
  return changes.reduce((sum, change) => sum + (weights[change.figure] ?? 1) * sizeOf(change), 0);
}

function sizeOf({ a, b }: Change): number {
  return typeof (a ?? b) === 'string' ? 1 : Math.abs(Number(b ?? 0) - Number(a ?? 0));
}

/** Findings that are not in both or do not say the same, errors first and new ones before those that are gone. */
export function compareFindings(a: Forecast['findings'], b: Forecast['findings']): RowComparison<FindingDifference> {
  const groups = new Map<string, { a?: Forecast['findings'][number]; b?: Forecast['findings'][number] }>();
  for (const finding of a) groups.set(keyOf(finding, groups, 'a'), { a: finding });
  for (const finding of b) {
    const key = keyOf(finding, groups, 'b');
    groups.set(key, { ...groups.get(key), b: finding });
  }
  const all = [...groups.values()];
  const differences = all.flatMap(({ a: before, b: after }): FindingDifference[] => {
    if (before && after) return before.message === after.message ? [] : [{ ...after, in: 'both' }];
    if (after) return [{ ...after, in: 'b' }];
    return before ? [{ ...before, in: 'a' }] : [];
  });
  const rank = (finding: FindingDifference) => SEVERITIES.indexOf(finding.severity) * 3 + PLACES.indexOf(finding.in);
  return { differences: differences.sort((one, other) => rank(one) - rank(other)), same: all.length - differences.length };
}

const SEVERITIES = ['error', 'warning', 'info'];
const PLACES = ['b', 'both', 'a'];

/** Code and object, and a number where one side has several of them. */
function keyOf(
  { code, object }: Forecast['findings'][number],
  groups: ReadonlyMap<string, { a?: unknown; b?: unknown }>,
  side: 'a' | 'b',
): string {
  for (let nth = 0; ; nth += 1) {
    const key = `${code} ${object} ${nth}`;
    if (groups.get(key)?.[side] === undefined) return key;
  }
}
