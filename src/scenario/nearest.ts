/**
 * The entry of `known` that `word` was probably meant to be: at most a third of its letters differ (or two of a short word), or it is the
 * only entry that begins with `word`.
 */
export function nearest(word: string, known: readonly string[]): string | undefined {
  const limit = Math.max(word.length > 3 ? 2 : 1, Math.floor(word.length / 3));
  const ranked = known
    .map((candidate) => ({ candidate, distance: editDistance(word.toLowerCase(), candidate.toLowerCase()) }))
    .filter(({ distance }) => distance <= limit)
    .sort((a, b) => a.distance - b.distance);
  return ranked[0]?.candidate ?? onlyBeginning(word.toLowerCase(), known);
}

/** The only entry of `known` that begins with `word`. */
function onlyBeginning(word: string, known: readonly string[]): string | undefined {
  const [first, second] = word.length < SHORTEST_BEGINNING ? [] : known.filter((candidate) => candidate.toLowerCase().startsWith(word));
  return second === undefined ? first : undefined;
}

const SHORTEST_BEGINNING = 3;

/** The hint of an unknown word: the nearest known one, and all of them. */
export function knownHint(word: string, known: readonly string[]): string {
  const meant = nearest(word, known);
  return `${meant === undefined ? '' : `did you mean ${meant}? `}Known: ${[...known].filter(Boolean).sort().join(', ')}`;
}

/** Levenshtein distance: insertions, deletions and replacements of one letter. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (const [i, letter] of [...a].entries()) {
    const next = [i + 1];
    for (const [j, other] of [...b].entries()) {
      const replaced = (row[j] ?? 0) + (letter === other ? 0 : 1);
      next.push(Math.min(replaced, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
