import { AleaBlocks, digitOf } from './AleaBlocks.ts';
import { BLANKS, mash } from './mash.ts';

/**
 * Hashes the names of random sequences as `alea` does: three times over, each time from where the hash stands. What all names here begin
 * with is hashed once, what a name has in common with the one before is not hashed again the first time over, and no name is put together
 * as a string.
 * @see Baagøe: Better random numbers for JavaScript (2010); https://github.com/davidbau/seedrandom (alea)
 */
export class AleaNames {
  /** The three hashes of the name that was hashed last. */
  readonly hashes = new Uint32Array(3);
  private letters = new Uint16Array(FIRST_LETTERS);
  /** Where the first hash stands before each letter. */
  private states = new Float64Array(FIRST_LETTERS + 1);
  private readonly beginning: number;
  /** How many letters `states` holds for. */
  private hashed = 0;
  private readonly blocks = new AleaBlocks();

  constructor(beginning: string) {
    this.beginning = beginning.length;
    this.states[0] = BLANKS[2];
    this.write(beginning, 0);
    this.hashFirst(0, this.beginning);
  }

  /** Hashes the name that goes on with `rest`. */
  hash(rest: string): void {
    const digit = digitOf(rest.charCodeAt(rest.length - 1));
    if (digit < 0) this.hashAlone(rest);
    else {
      if (!this.blocks.turnTo(rest, digit)) this.hashBlock(rest);
      this.blocks.read(digit, this.hashes);
    }
  }

  private hashBlock(rest: string): void {
    const start = this.write(rest, this.beginning);
    const end = this.beginning + rest.length - 1;
    this.blocks.begin(this.hashFirst(Math.min(start, end), end), this.letters, end);
  }

  private hashAlone(rest: string): void {
    const start = this.write(rest, this.beginning);
    const end = this.beginning + rest.length;
    const { letters, hashes } = this;
    const first = this.hashFirst(start, end);
    const second = mashAll(first, letters, end);
    hashes[0] = first;
    hashes[1] = second;
    hashes[2] = mashAll(second, letters, end);
  }

  /** Writes `text` from a place on. @returns up to where the letters are those that were hashed before. */
  private write(text: string, from: number): number {
    const end = from + text.length;
    if (end > this.letters.length) this.enlarge(end);
    const { letters } = this;
    let at = from;
    const known = Math.min(end, this.hashed);
    while (at < known && letters[at] === text.charCodeAt(at - from)) at += 1;
    for (let i = at; i < end; i += 1) letters[i] = text.charCodeAt(i - from);
    return at;
  }

  /** The first hash of all letters before `end`, those before `start` being hashed. */
  private hashFirst(start: number, end: number): number {
    const { letters, states } = this;
    let hash = states[start] ?? 0;
    for (let at = start; at < end; at += 1) {
      hash = mash(hash, letters[at] ?? 0);
      states[at + 1] = hash;
    }
    this.hashed = end;
    return hash;
  }

  private enlarge(needed: number): void {
    const letters = new Uint16Array(2 * needed);
    letters.set(this.letters);
    this.letters = letters;
    const states = new Float64Array(2 * needed + 1);
    states.set(this.states);
    this.states = states;
  }
}

/** Room at the start. */
const FIRST_LETTERS = 128;

function mashAll(from: number, letters: Uint16Array, end: number): number {
  let hash = from;
  for (let at = 0; at < end; at += 1) hash = mash(hash, letters[at] ?? 0);
  return hash;
}
