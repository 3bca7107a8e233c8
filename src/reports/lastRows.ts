import { countOf } from './figures.ts';

/** The last `limit` of items that are in order of time, and a note on the earlier ones (undefined: nothing was left out). */
export function lastRows<T>(items: readonly T[], limit: number): { kept: readonly T[]; note: string | undefined } {
  const left = items.length - limit;
  if (left <= 0) return { kept: items, note: undefined };
  return { kept: items.slice(left), note: `${countOf(left, 'earlier row')} left out; all are in --format json.` };
}
