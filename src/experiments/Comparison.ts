import type { CellMetrics, DocumentHead, Forecast, ReplicationRow, Verdict } from './Forecast.ts';

/** The results document of `compare`: how B differs from A. `scenario` and `seed` are those of A. */
export interface Comparison extends DocumentHead {
  /** `holds` when no objective fails in B that A keeps, `fails` when one does, `unknown` when that cannot be told. */
  readonly verdict: Pick<Verdict, 'outcome' | 'sentence'>;
  readonly a: ComparedSide;
  readonly b: ComparedSide;
  readonly pairing: Pairing;
  /** What makes the two less comparable than they seem, each in a sentence without its full stop. */
  readonly caveats: readonly string[];
  /** The inputs that differ; null where a side does not have one. */
  readonly settings: readonly { readonly name: string; readonly a: string | null; readonly b: string | null }[];
  /** The objectives that differ in outcome or in how often they held, those that are worse in B first. */
  readonly objectives: readonly ObjectiveDifference[];
  /** Every figure, the most important first, also those that do not differ. */
  readonly metrics: readonly MetricDifference[];
  /** What differs in the two runs that are shown, most important first; so do the next three. */
  readonly workloads: readonly RowDifference[];
  readonly budgets: readonly RowDifference[];
  readonly nodes: readonly RowDifference[];
  readonly findings: readonly FindingDifference[];
  /** How many of each are the same. */
  readonly same: Readonly<Record<'objectives' | 'metrics' | 'workloads' | 'budgets' | 'nodes' | 'findings', number>>;
}

/** One of the two that are compared. */
export interface ComparedSide extends DocumentHead {
  /** What the user named: a scenario file or a report. */
  readonly source: string;
  readonly replications: number;
  readonly verdict: Verdict;
  readonly roll: Pick<Forecast['roll'], 'preset' | 'pool' | 'maxUnavailable' | 'outcome' | 'durationSeconds'>;
}

/** How the runs of both are set against each other: by seed, so that both met the same luck. */
export interface Pairing {
  readonly pairs: number;
  /** Seed of the pair of which rows are compared. */
  readonly shownSeed: string;
}

export interface ObjectiveDifference {
  readonly name: string;
  /** How B fares in it, seen from A. `unknown`: it may be worse. `same`: no better, and certainly no worse. */
  readonly change: 'worse' | 'unknown' | 'better' | 'same' | 'onlyA' | 'onlyB';
  readonly a: Judged | null;
  readonly b: Judged | null;
}

export type Judged = Verdict['objectives'][number];

export type MetricName = Exclude<keyof CellMetrics, 'intervals'>;

/** One figure of both: B minus A. */
export interface MetricDifference {
  readonly name: MetricName;
  /** Means over the runs that are compared; infinite (null in a document) when a roll does not finish in one of them. */
  readonly a: number;
  readonly b: number;
  /** Mean difference of the runs in which it is finite for both; null where there is none. */
  readonly difference: number | null;
  /** Student-t interval of the difference at 95 %; null for a single pair. */
  readonly ci95: readonly [number, number] | null;
  /** `same`: equal in every pair, a tie. `unclear`: the interval includes no difference. */
  readonly relation: 'same' | 'less' | 'more' | 'unclear';
}

/** What differs between the rows of one object. */
export interface RowDifference {
  /** `Deployment shop/web`, `shop/web-budget`, `workers-1`. */
  readonly object: string;
  /** Present when only one of the two has the object; its figures are then compared with none. */
  readonly only?: 'a' | 'b';
  readonly changes: readonly Change[];
}

/** A figure of a row; null on the side that does not have the object. */
export interface Change {
  readonly figure: string;
  readonly a: number | string | null;
  readonly b: number | string | null;
}

/** A finding that only one of the two has, or (`both`) that says something else; `message` is the one of B where B has it. */
export type FindingDifference = Forecast['findings'][number] & { readonly in: 'a' | 'b' | 'both' };

/** One side as comparing needs it. */
export interface Compared {
  readonly source: string;
  readonly forecast: Forecast;
  /** The figures run by run. */
  readonly runs: readonly ReplicationRow[];
}
