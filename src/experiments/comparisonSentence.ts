import { counted, inFigures } from '../run/counted.ts';
import { formatDuration, seconds } from '../units.ts';
import type { Comparison, MetricDifference, MetricName, RowDifference } from './Comparison.ts';

/** What the sentence is about. */
export type SentenceFacts = Pick<Comparison, 'a' | 'b' | 'pairing' | 'metrics' | 'objectives' | 'workloads'>;

/** How B differs from A in one sentence: how long it takes, the worst that it does to pods, and which objectives change. */
export function comparisonSentence(comparison: SentenceFacts): string {
  const { metrics, objectives } = comparison;
  const changes = objectives.filter(({ change }) => change !== 'same');
  if (metrics.every(({ relation }) => relation === 'same') && changes.length === 0) return `A and B do not differ: ${equalIn(comparison)}.`;
  return `B ${[durationClause(comparison), ...harmClauses(comparison)].join(' and ')}${objectiveClause(comparison)}.`;
}

function equalIn({ pairing: { pairs } }: SentenceFacts): string {
  return pairs === 1 ? 'every figure is equal in the one pair of runs' : `every figure is equal in all ${inFigures(pairs)} pairs of runs`;
}

function durationClause({ metrics, a, b }: SentenceFacts): string {
  const [duration, unfinished] = [find(metrics, 'durationSeconds'), find(metrics, 'unfinished')];
  if (unfinished.a !== unfinished.b) return finishingClause(unfinished, { a, b });
  if (duration.difference === null) return 'does not finish, as A does not';
  const length = formatDuration(seconds(Math.abs(duration.difference)));
  if (duration.relation === 'same') return `takes as long as A (${formatDuration(seconds(duration.a))})`;
  if (duration.relation === 'unclear') return `takes about as long as A${bounds(duration)}`;
  return `takes ${length} ${duration.relation}${bounds(duration)}`;
}

function finishingClause({ a: ofA, b: ofB }: MetricDifference, { a, b }: Pick<Comparison, 'a' | 'b'>): string {
  if (ofA === 0 && ofB === 1) return `does not finish, which A does in ${formatDuration(seconds(a.roll.durationSeconds))}`;
  if (ofA === 1 && ofB === 0) return `finishes in ${formatDuration(seconds(b.roll.durationSeconds))}, which A does not`;
  return `does not finish in ${percent(ofB)} of the runs, A in ${percent(ofA)}`;
}

function percent(share: number): string {
  return `${inFigures(share * 100)} %`;
}

/** The interval in words: `(95 %: 10m to 14m)`, or with both directions where it holds zero. */
function bounds({ ci95, relation }: MetricDifference, unit: Unit = 'seconds'): string {
  if (ci95 === null) return '';
  const [low, high] = ci95;
  const length = (value: number) => (unit === 'count' ? inFigures(Math.abs(value)) : formatDuration(seconds(Math.abs(value))));
  if (relation === 'unclear') return ` (95 %: ${length(low)} less to ${length(high)} more)`;
  const [near, far] = relation === 'less' ? [high, low] : [low, high];
  return length(near) === length(far) ? '' : ` (95 %: ${length(near)} to ${length(far)})`;
}

/** Outages first; where they do not differ, the worst other harm that does. */
function harmClauses(comparison: SentenceFacts): string[] {
  const outage = find(comparison.metrics, 'outageSeconds');
  if (comparison.pairing.pairs !== 1) return isClear(outage) ? [outageClause(outage, comparison.workloads)] : otherHarm(comparison);
  const clauses = workloadClauses(comparison.workloads);
  if (clauses.length > 0) return clauses;
  return isClear(outage) ? [outageClause(outage, [])] : otherHarm(comparison);
}

function isClear({ relation }: MetricDifference): boolean {
  return relation === 'more' || relation === 'less';
}

function outageClause(outage: MetricDifference, workloads: readonly RowDifference[]): string {
  const down = workloads.flatMap((row) => (turnedDown(row) > 0 ? [row.object] : []));
  const named = down.length > 0 ? `, of ${first(down, 2)} in the runs shown` : '';
  return `has ${formatDuration(seconds(Math.abs(outage.difference ?? 0)))} ${outage.relation} downtime${bounds(outage)}${named}`;
}

/** The workloads that only B takes down, and those that only A does. */
function workloadClauses(workloads: readonly RowDifference[]): string[] {
  const down = workloads.filter((row) => turnedDown(row) > 0);
  const up = workloads.filter((row) => turnedDown(row) < 0);
  return [downClause(down), upClause(up)].filter((clause) => clause !== '');
}

function downClause([worst, ...others]: readonly RowDifference[]): string {
  if (!worst) return '';
  const length = formatDuration(seconds(turnedDown(worst)));
  if (others.length === 0) return `takes ${worst.object} down for ${length} that A does not`;
  return `takes ${counted(others.length + 1, 'workload')} down that A does not (${worst.object} for ${length})`;
}

function upClause([worst, ...others]: readonly RowDifference[]): string {
  if (!worst) return '';
  const length = formatDuration(seconds(-turnedDown(worst)));
  if (others.length === 0) return `keeps ${worst.object} up, which A takes down for ${length}`;
  return `keeps ${counted(others.length + 1, 'workload')} up that A takes down (${worst.object} for ${length})`;
}

/** For how many seconds B alone takes a workload down, below zero if only A does; 0 where both do or neither. */
function turnedDown({ changes, only }: RowDifference): number {
  const outage = changes.find(({ figure }) => figure === 'outageSeconds');
  if (!outage || only !== undefined) return 0;
  const [a, b] = [Number(outage.a), Number(outage.b)];
  if (a > 0 && b > 0) return 0;
  return b - a;
}

/** The first of the other harms that B does more or less of. */
function otherHarm({ metrics }: SentenceFacts): string[] {
  const harm = HARMS.find(({ name }) => isClear(find(metrics, name)));
  if (!harm) return [];
  const metric = find(metrics, harm.name);
  const amount = Math.abs(metric.difference ?? 0);
  return [harm.phrase(metric.relation, { count: inFigures(amount), length: formatDuration(seconds(amount)) }) + bounds(metric, harm.unit)];
}

/** A harm with what B does, where `more` is the word for more or less of it. */
interface Harm {
  readonly name: MetricName;
  readonly unit: Unit;
  readonly phrase: (more: string, amount: { readonly count: string; readonly length: string }) => string;
}

type Unit = 'seconds' | 'count';

const HARMS: readonly Harm[] = [
  { name: 'neverScheduled', unit: 'count', phrase: (more, { count }) => `leaves ${count} ${more} pods without a node` },
  { name: 'unservedRequests', unit: 'count', phrase: (more, { count }) => `leaves ${count} ${more} requests unserved` },
  { name: 'forcedKills', unit: 'count', phrase: (more, { count }) => `kills ${count} ${more} pods by force` },
  { name: 'belowFloorSeconds', unit: 'seconds', phrase: (more, { length }) => `has workloads below their floor for ${length} ${more}` },
  { name: 'degradedSeconds', unit: 'seconds', phrase: (more, { length }) => `has workloads short of replicas for ${length} ${more}` },
  { name: 'pendingPodSeconds', unit: 'count', phrase: (more, { count }) => `has ${count} ${more} pod-seconds pending` },
];

/** The objectives that turn, the broken ones first; empty where none does. */
function objectiveClause({ objectives }: SentenceFacts): string {
  const named = (change: Comparison['objectives'][number]['change']) =>
    objectives.filter((objective) => objective.change === change).map(({ name }) => `"${name}"`);
  const [worse, unknown, better] = [named('worse'), named('unknown'), named('better')];
  const kept = objectives.filter(({ change, a }) => change === 'better' && a?.outcome === 'fails').length;
  return [
    ...(worse.length > 0 ? [`; it fails ${first(worse, 3)}, which A keeps`] : []),
    ...(unknown.length > 0 ? [`; whether it is worse in ${first(unknown, 3)} is unknown`] : []),
    ...(better.length > 0 ? [`; it keeps ${first(better, 3)}, which A ${kept === better.length ? 'fails' : 'is not known to keep'}`] : []),
  ].join('');
}

/** The first `shown` of `names`, and how many more there are. */
function first(names: readonly string[], shown: number): string {
  const listed = names.slice(0, shown);
  const all = names.length > shown ? [...listed, `${names.length - shown} more`] : listed;
  return all.length < 2 ? all.join('') : `${all.slice(0, -1).join(', ')} and ${all.at(-1)}`;
}

/** The figure called `name`; every comparison has all of them. */
function find(metrics: readonly MetricDifference[], name: MetricName): MetricDifference {
  const metric = metrics.find((one) => one.name === name);
  if (!metric) throw new Error(`no figure is called ${name}`);
  return metric;
}
