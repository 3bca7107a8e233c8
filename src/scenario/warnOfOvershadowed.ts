import type { Reading } from './Reading.ts';

/** A list in which the first matching entry counts. */
export interface Entries<M, T> {
  /** Where the list is in the scenario, such as `timing.nodes`. */
  readonly list: string;
  readonly matches: readonly M[];
  /** What the entries may fit. */
  readonly subjects: readonly T[];
  readonly fits: (match: M, subject: T) => boolean;
}

/**
 * Warns of every entry that matches something and yet never counts, because earlier entries match all of it. The first entry that matches
 * everything is exempt, because it is for whatever the others leave.
 */
export function warnOfOvershadowed<M extends object, T>(reading: Reading, entries: Entries<M, T>): void {
  const { list, matches } = entries;
  if (matches.length < 2) return;
  for (const [index, before] of overshadowed(entries)) {
    if (index === matches.findIndex(isForAll)) continue;
    reading.warnings.push({
      code: 'ENTRY_NEVER_COUNTS',
      severity: 'warning',
      object: `${list}[${index}]`,
      message: 'other entries that come before fit all that this one fits, and the first that fits counts',
      hint: `put it before ${list}[${before}]`,
    });
  }
}

function isForAll(match: object): boolean {
  return Object.keys(match).length === 0;
}

/** By index of such an entry: the index of one that counts in its place. */
function overshadowed<M, T>({ matches, subjects, fits }: Entries<M, T>): ReadonlyMap<number, number> {
  const counting = new Set<number>();
  const inPlaceOf = new Map<number, number>();
  for (const subject of subjects) {
    const first = matches.findIndex((match) => fits(match, subject));
    if (first < 0) continue;
    counting.add(first);
    for (let index = first + 1; index < matches.length; index += 1) {
      const match = matches[index];
      if (match !== undefined && !inPlaceOf.has(index) && fits(match, subject)) inPlaceOf.set(index, first);
    }
  }
  for (const index of counting) inPlaceOf.delete(index);
  return inPlaceOf;
}
