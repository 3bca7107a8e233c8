import { mash } from './mash.ts';

/**
 * The hashes of names that count up. Whoever asks for `web-5` is going to ask for `web-6` and `web-7` too, and hashing four names takes no
 * longer than one: each step of a hash waits for the one before, and meanwhile the processor takes those of the others.
 *
 * A block is four names that differ in their last digit only. It is known by 64 bits that depend on all letters before that digit, by how
 * many they are, and by the first one of its digits; it is kept where those bits say, until another one needs that place.
 */
export class AleaBlocks {
  /** Place by place: what its block is known by, and three hashes of each name. */
  private rows = new Uint32Array(0);
  private places = 0;
  /** How many blocks have lost their places to others, since there was more room. */
  private displaced = 0;
  /** Where the row begins of the block whose turn it is, and its first digit. */
  private row = 0;
  private firstDigit = 0;
  /** How far the hashes of four names are. */
  private readonly four = new Float64Array(NAMES);

  /** Turns to the block of the name that goes on with `rest`, of which the last letter is the digit `digit`. @returns whether it is kept. */
  turnTo(rest: string, digit: number): boolean {
    if (this.displaced >= this.places && this.places < MOST_PLACES) this.makeRoom();
    const length = rest.length - 1;
    let sum = 0;
    let other = 0;
    for (let at = 0; at < length; at += 1) {
      const letter = rest.charCodeAt(at);
      sum = Math.imul(sum, 0x01000193) ^ letter;
      other = Math.imul(other + letter, 0x5bd1e995);
    }
    this.firstDigit = digit - (digit % NAMES);
    this.row = WIDTH * ((sum ^ (other >>> 15)) & (this.places - 1));
    return this.know(sum >>> 0, other >>> 0, DIGITS * length + this.firstDigit + 1);
  }

  /** Hashes the names of the block whose turn it is: `stem` is the first hash of the letters before `end`, and then come their digits. */
  begin(stem: number, letters: Uint16Array, end: number): void {
    const { four, rows, firstDigit } = this;
    four.fill(stem);
    for (let round = 0; round < HASHES; round += 1) {
      if (round > 0) mashFour(four, letters, end);
      for (let name = 0; name < NAMES; name += 1) {
        four[name] = mash(four[name] ?? 0, letterOf(firstDigit + name));
        rows[this.row + KEY + HASHES * name + round] = four[name] ?? 0;
      }
    }
  }

  /** Writes the hashes of the name that ends with `digit` into `hashes`. */
  read(digit: number, hashes: Uint32Array): void {
    const at = this.row + KEY + HASHES * (digit - this.firstDigit);
    for (let i = 0; i < HASHES; i += 1) hashes[i] = this.rows[at + i] ?? 0;
  }

  /** Whether the row is that of a block; from now on it is. */
  private know(sum: number, other: number, rest: number): boolean {
    const { rows, row } = this;
    const isSame = rows[row] === sum && rows[row + 1] === other;
    if (isSame && rows[row + 2] === rest) return true;
    if (!isSame && rows[row + 2] !== 0) this.displaced += 1;
    rows[row] = sum;
    rows[row + 1] = other;
    rows[row + 2] = rest;
    return false;
  }

  /** Doubles the room and forgets all blocks. */
  private makeRoom(): void {
    this.places = Math.max(FIRST_PLACES, 2 * this.places);
    this.rows = new Uint32Array(WIDTH * this.places);
    this.displaced = 0;
  }
}

/** Names in a block. */
const NAMES = 4;
/** Hashes of a name. */
const HASHES = 3;
/** Numbers that a block is known by. */
const KEY = 3;
/** Numbers in a row: the key, the hashes, and one to fill it up. */
const WIDTH = 16;
/** Places at the start, a power of 2; they double when as many blocks have lost theirs. */
const FIRST_PLACES = 256;
const MOST_PLACES = 4096;

/** Digits that names count up with. */
const DIGITS = 36;
const ZERO = '0'.charCodeAt(0);
const NINE = '9'.charCodeAt(0);
const A = 'a'.charCodeAt(0);
const Z = 'z'.charCodeAt(0);

/** What `letter` is worth as a digit of base 36; below 0 when it is none. */
export function digitOf(letter: number): number {
  if (letter >= A && letter <= Z) return letter - A + 10;
  return letter >= ZERO && letter <= NINE ? letter - ZERO : -1;
}

function letterOf(digit: number): number {
  return digit < 10 ? digit + ZERO : digit - 10 + A;
}

/** Goes on with four hashes over all letters before `end`. */
function mashFour(four: Float64Array, letters: Uint16Array, end: number): void {
  let a = four[0] ?? 0;
  let b = four[1] ?? 0;
  let c = four[2] ?? 0;
  let d = four[3] ?? 0;
  for (let at = 0; at < end; at += 1) {
    const letter = letters[at] ?? 0;
    a = mash(a, letter);
    b = mash(b, letter);
    c = mash(c, letter);
    d = mash(d, letter);
  }
  four[0] = a;
  four[1] = b;
  four[2] = c;
  four[3] = d;
}
