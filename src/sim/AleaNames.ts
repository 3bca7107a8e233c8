import { carriedOver } from './carriedOver.ts';

/**
 * Hashes the names of random sequences as `alea` does: in three passes, each continuing with the hash of the last. The common prefix of all
 * names is hashed once, and no name is built as a string. The first number of a sequence needs only the first pass, so the other two can
 * wait.
 * @see Baagøe: Better random numbers for JavaScript (2010); https://github.com/davidbau/seedrandom (alea)
 */
export class AleaNames {
  /** The three hashes of the name that was hashed or finished last. */
  readonly hashes = new Uint32Array(3);
  /** What tells the name that was begun last from all others. */
  readonly key = new AleaKey();
  private letters = new Uint16Array(FIRST_LETTERS);
  private readonly beginning: number;
  private readonly hashedBeginning = new AleaStem();
  /** What the name that was begun last goes on with. */
  private rest = '';

  constructor(beginning: string) {
    this.beginning = beginning.length;
    this.write(beginning, 0);
    this.hashedBeginning.hashOn(beginning, beginning.length);
  }

  /** Hashes the name that goes on with `rest`. */
  hash(rest: string): void {
    this.rest = rest;
    this.finish();
  }

  /** Makes `stem` that of the name that goes on with `rest`, which is not empty. */
  findStem(rest: string, stem: AleaStem): void {
    stem.takeOver(this.hashedBeginning);
    stem.hashOn(rest, rest.length - 1);
  }

  /** Finds the key of the name that goes on with `rest` and has this stem. */
  beginAfter(stem: AleaStem, rest: string): void {
    const { key } = this;
    const letter = rest.charCodeAt(rest.length - 1);
    key.one = oneAfter(stem.one, letter);
    key.other = otherAfter(stem.other, letter);
    key.hash = mixed(stem.hash, letter) | 0;
    this.rest = rest;
  }

  /** Hashes the name that was begun last. */
  finish(): void {
    const end = this.write(this.rest, this.beginning);
    const { letters, hashes } = this;
    let hash = BLANKS[2];
    for (let time = 0; time < 3; time += 1) {
      hash = mash(hash, letters, end);
      hashes[time] = hash;
    }
  }

  /** Writes `text` from a place on. @returns where it ends. */
  private write(text: string, from: number): number {
    const end = from + text.length;
    if (end > this.letters.length) this.enlarge(end);
    const { letters } = this;
    for (let i = from; i < end; i += 1) letters[i] = text.charCodeAt(i - from);
    return end;
  }

  private enlarge(needed: number): void {
    this.letters = carriedOver(this.letters, new Uint16Array(2 * needed));
  }
}

/** Three whole numbers of 32 bits each that tell a name from all others. */
export class AleaKey {
  one = 0;
  other = 0;
  /** The first hash of the name. */
  hash = 0;
}

/** The first letters of a name, hashed once over: all but the last one, of the names that it is the stem of. */
export class AleaStem {
  /** What the first two numbers of an {@link AleaKey} are so far. */
  one = 0;
  other = 0;
  hash = BLANKS[2];

  takeOver({ one, other, hash }: AleaStem): void {
    this.one = one;
    this.other = other;
    this.hash = hash;
  }

  /** Goes on with the letters of `text` before index `end`. */
  hashOn(text: string, end: number): void {
    let { one, other, hash } = this;
    for (let i = 0; i < end; i += 1) {
      const letter = text.charCodeAt(i);
      one = oneAfter(one, letter);
      other = otherAfter(other, letter);
      hash = mixed(hash, letter);
    }
    this.one = one;
    this.other = other;
    this.hash = hash;
  }
}

/** The first number of the key of a name with one more letter. */
function oneAfter(from: number, letter: number): number {
  return Math.imul(from ^ letter, 0x01000193);
}

/** The second one. */
function otherAfter(from: number, letter: number): number {
  return Math.imul(((from << 7) | (from >>> 25)) ^ letter, 0x9e3779b1);
}

/** Room at the start. */
const FIRST_LETTERS = 128;
const UNIT = 2 ** 32;
const FACTOR = 0.02519603282416938;

/** The hash `from` with one more letter; every bit of it depends on every letter. */
function mixed(from: number, letter: number): number {
  const scaled = FACTOR * (from + letter);
  const whole = Math.floor(scaled);
  const product = (scaled - whole) * whole;
  const low = Math.floor(product);
  return low + (product - low) * UNIT;
}

/**
 * As `mixed`, over all letters before `end`. `Math.floor` is one instruction, while rounding by way of an integer takes two slow ones. The
 * letter is added before the fraction, which is available later. Both sums are exact (whole numbers below 2^33, or fewer than 53 bits), so
 * the order does not matter.
 */
function mash(from: number, letters: Uint16Array, end: number): number {
  let low = Math.floor(from);
  let fraction = from - low;
  for (let i = 0; i < end; i += 1) {
    const scaled = FACTOR * (fraction + (low + (letters[i] ?? 0)));
    const whole = Math.floor(scaled);
    const product = (scaled - whole) * whole;
    low = Math.floor(product);
    fraction = (product - low) * UNIT;
  }
  return low + fraction;
}

/** Three blanks are hashed before every name: what the three numbers of its state are counted from. */
export const BLANKS = blanks();

function blanks(): readonly [number, number, number] {
  const blank = ' '.charCodeAt(0);
  const first = mixed(0xefc8249d, blank);
  const second = mixed(first, blank);
  return [first, second, mixed(second, blank)];
}
