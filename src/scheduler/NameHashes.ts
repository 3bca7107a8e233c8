/**
 * Names that are hashed again and again, each time continuing from another hash. They are stored letter by letter as numbers, without their
 * common prefix.
 */
export class NameHashes {
  private readonly names: readonly string[];
  private readonly prefix: Uint16Array;
  /** A row for each name: how many letters follow the prefix, and these. */
  private readonly rows: Uint16Array;
  private readonly width: number;

  constructor(names: readonly string[]) {
    this.names = names;
    const prefix = names.reduce(commonPrefix, names[0] ?? '');
    this.prefix = Uint16Array.from({ length: prefix.length }, (_, i) => prefix.charCodeAt(i));
    this.width = 1 + names.reduce((longest, { length }) => Math.max(longest, length), 0) - prefix.length;
    this.rows = new Uint16Array(this.width * names.length);
    for (const [i, name] of names.entries()) this.write(i, name.slice(prefix.length));
  }

  /**
   * Finds the name with the smallest hash, continuing from `hash`, among those that the first `count` of `indices` stand for; of equal
   * hashes the first name in alphabetical order.
   * @returns the index of that name.
   */
  lowest(hash: number, indices: Int32Array, count: number): number {
    const { prefix } = this;
    const start = foldLetters(hash, prefix, 0, prefix.length);
    let best = indices[0] ?? 0;
    let lowest = this.rank(start, best);
    for (let i = 1; i < count; i += 1) {
      const index = indices[i] ?? 0;
      const rank = this.rank(start, index);
      if (rank > lowest || (rank === lowest && this.isBefore(best, index))) continue;
      best = index;
      lowest = rank;
    }
    return best;
  }

  private rank(start: number, index: number): number {
    const { rows, width } = this;
    const row = width * index;
    return mix(foldLetters(start, rows, row + 1, row + 1 + (rows[row] ?? 0)));
  }

  private isBefore(one: number, other: number): boolean {
    return (this.names[one] ?? '') <= (this.names[other] ?? '');
  }

  private write(index: number, letters: string): void {
    const row = this.width * index;
    this.rows[row] = letters.length;
    for (let i = 0; i < letters.length; i += 1) this.rows[row + 1 + i] = letters.charCodeAt(i);
  }
}

/** What a hash begins with. */
export const FNV_OFFSET = 0x811c9dc5;
const FNV_PRIME = 0x01000193;

/** FNV-1a over `text`, going on from `hash`. */
export function fold(hash: number, text: string): number {
  let folded = hash;
  for (let i = 0; i < text.length; i += 1) folded = foldLetter(folded, text.charCodeAt(i));
  return folded;
}

/** As `fold` over the letters from index `from` to before `end`. */
function foldLetters(hash: number, letters: Uint16Array, from: number, end: number): number {
  let folded = hash;
  for (let i = from; i < end; i += 1) folded = foldLetter(folded, letters[i] ?? 0);
  return folded;
}

/** As `fold` over one letter, given by its number. */
export function foldLetter(hash: number, letter: number): number {
  return Math.imul(hash ^ letter, FNV_PRIME);
}

/** Hashes of whole numbers that count up from 0, continuing from one hash. All digits but the last are folded once per ten numbers. */
export class CountHashes {
  private readonly start: number;
  private tens = 0;
  private tensHash: number;

  constructor(start: number) {
    this.start = start;
    this.tensHash = start;
  }

  /** As `fold` over the digits of `count`. */
  of(count: number): number {
    const tens = Math.floor(count / 10);
    if (tens !== this.tens) this.turnTo(tens);
    return foldLetter(this.tensHash, DIGIT_0 + count - 10 * tens);
  }

  private turnTo(tens: number): void {
    this.tens = tens;
    this.tensHash = tens === 0 ? this.start : fold(this.start, String(tens));
  }
}

const DIGIT_0 = 48;

/** Spreads hashes of names that differ in their last letter only. */
export function mix(hash: number): number {
  const first = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  const second = Math.imul(first ^ (first >>> 13), 0xc2b2ae35);
  return (second ^ (second >>> 16)) >>> 0;
}

function commonPrefix(one: string, other: string): string {
  let length = 0;
  while (length < one.length && one.charCodeAt(length) === other.charCodeAt(length)) length += 1;
  return one.slice(0, length);
}
