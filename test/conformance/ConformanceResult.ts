import type { Comparison } from './Comparison.ts';

/** What came of all recordings below one folder. */
export interface ConformanceResult {
  /** How many recordings were read, by format. */
  readonly recordings: Readonly<Record<string, number>>;
  /** By format. */
  readonly comparisons: ReadonlyMap<string, readonly Comparison[]>;
  /** Steps that are not replayed, by file; files without any are absent. */
  readonly outOfScope: readonly { readonly file: string; readonly steps: readonly string[] }[];
  /** Files that no replay knows, with their format. */
  readonly unknown: readonly { readonly file: string; readonly format: string }[];
  /** Files that a replay could not get through. */
  readonly broken: readonly { readonly file: string; readonly message: string }[];
}
