import { countOf } from './figures.ts';

/** How to choose among too many items, and what to say of the others. */
export interface RowLimit<T> {
  /** More is shown first. */
  readonly trouble: (item: T) => number;
  /** What the left out items are, such as `the other nodes`. */
  readonly rest: string;
  /** The file of the report folder that holds all of them. */
  readonly file: string;
}

/** Keeps the `limit` items with the most trouble, in their own order, and a note on what was left out (undefined: nothing). */
export function limitRows<T>(
  items: readonly T[],
  limit: number,
  { trouble, rest, file }: RowLimit<T>,
): { kept: readonly T[]; note: string | undefined } {
  if (items.length <= limit) return { kept: items, note: undefined };
  const worst = new Set([...items].sort((a, b) => trouble(b) - trouble(a)).slice(0, limit));
  const left = items.length - limit;
  return {
    kept: items.filter((item) => worst.has(item)),
    note: `${countOf(left, 'row')} left out: ${rest} weigh less; all are in ${file}.`,
  };
}
