/** The names of all nodes as numbers, for choosing one of them by chance again and again. */
export class NameHashes {
  private readonly names: readonly string[];
  private readonly hashes: Int32Array;

  constructor(names: readonly string[]) {
    this.names = names;
    this.hashes = Int32Array.from(names, hashOf);
  }

  /**
   * Finds the name with the lowest rank, see {@link rankOf}, among those that the first `count` of `indices` stand for; of equal ranks the
   * first name in alphabetical order.
   * @returns the index of that name.
   */
  lowest(start: number, indices: Int32Array, count: number): number {
    const { hashes } = this;
    let best = indices[0] ?? 0;
    let lowest = rankOf(hashes[best] ?? 0, start);
    for (let i = 1; i < count; i += 1) {
      const index = indices[i] ?? 0;
      const rank = rankOf(hashes[index] ?? 0, start);
      if (rank > lowest || (rank === lowest && this.isBefore(best, index))) continue;
      best = index;
      lowest = rank;
    }
    return best;
  }

  private isBefore(one: number, other: number): boolean {
    return (this.names[one] ?? '') <= (this.names[other] ?? '');
  }
}

/** FNV-1a over `text`. */
export function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash;
}

/** A whole number, 0 or more, that looks like chance, for a hash and what it is to be ranked by: MurmurHash3's mixing of both. */
export function rankOf(hash: number, start: number): number {
  const both = hash ^ start;
  const first = Math.imul(both ^ (both >>> 16), 0x85ebca6b);
  const second = Math.imul(first ^ (first >>> 13), 0xc2b2ae35);
  return (second ^ (second >>> 16)) >>> 0;
}
