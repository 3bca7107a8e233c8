/**
 * Hashes the names of random sequences as `alea` does: three times over, each time from where the hash stands. What all names here begin
 * with is hashed once, what a name has in common with the one before is not hashed again the first time over, and no name is put together
 * as a string. The first number of a sequence follows from the first time over alone, so that the others can wait.
 * @see Baagøe: Better random numbers for JavaScript (2010); https://github.com/davidbau/seedrandom (alea)
 */
export class AleaNames {
  /** The three hashes of the name that was hashed last; not after `begin`. */
  readonly hashes = new Uint32Array(3);
  /** What tells the name that was begun last from all others. */
  readonly key = new AleaKey();
  private letters = new Uint16Array(FIRST_LETTERS);
  /** Where the first hash stands before each letter. */
  private states = new Float64Array(FIRST_LETTERS + 1);
  /** Where the first two numbers of `key` stand there. */
  private keys = new Int32Array(2 * (FIRST_LETTERS + 1));
  private readonly beginning: number;
  /** Where the hash of the name that was begun last stands after the first time over, and where that name ends. */
  private first = 0;
  private end = 0;
  /** How many letters `states` holds for. */
  private hashed = 0;
  /** What the name goes on with that was begun after a stem, and has not been read. */
  private unread: string | undefined = undefined;

  constructor(beginning: string) {
    this.beginning = beginning.length;
    this.states[0] = BLANKS[2];
    this.write(beginning, 0);
    this.first = this.hashFirst(0, this.beginning);
  }

  /** Hashes the name that goes on with `rest`. */
  hash(rest: string): void {
    this.hashOnce(rest);
    this.finish();
  }

  /** Hashes the name that goes on with `rest` once over, and finds its key. */
  begin(rest: string): void {
    this.hashOnce(rest);
    this.findKey();
  }

  /** Begins the name that goes on with `rest`, of which all letters but the last are those of `stem`. */
  beginAfter(stem: AleaStem, rest: string): void {
    const { key } = this;
    const letter = rest.charCodeAt(rest.length - 1);
    key.one = oneAfter(stem.one, letter);
    key.other = otherAfter(stem.other, letter);
    key.hash = mixed(stem.hash, letter) | 0;
    this.unread = rest;
  }

  /** Takes down into `stem` how far the name that was begun last was hashed before its last letter. */
  keepStem(stem: AleaStem): void {
    const last = this.end - 1;
    stem.hash = this.states[last] ?? 0;
    stem.one = this.keys[2 * last] ?? 0;
    stem.other = this.keys[2 * last + 1] ?? 0;
  }

  /** Hashes the name that was begun last twice more. */
  finish(): void {
    if (this.unread !== undefined) this.hashOnce(this.unread);
    const { letters, hashes, end } = this;
    const second = mash(this.first, letters, end);
    hashes[0] = this.first;
    hashes[1] = second;
    hashes[2] = mash(second, letters, end);
  }

  private hashOnce(rest: string): void {
    this.unread = undefined;
    this.end = this.beginning + rest.length;
    this.first = this.hashFirst(this.write(rest, this.beginning), this.end);
  }

  private findKey(): void {
    const { key, keys, end } = this;
    key.one = keys[2 * end] ?? 0;
    key.other = keys[2 * end + 1] ?? 0;
    key.hash = this.first | 0;
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
    const { letters, states, keys } = this;
    let hash = states[start] ?? 0;
    let one = keys[2 * start] ?? 0;
    let other = keys[2 * start + 1] ?? 0;
    for (let at = start; at < end; at += 1) {
      const letter = letters[at] ?? 0;
      hash = mixed(hash, letter);
      one = oneAfter(one, letter);
      other = otherAfter(other, letter);
      states[at + 1] = hash;
      keys[2 * at + 2] = one;
      keys[2 * at + 3] = other;
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
    const keys = new Int32Array(2 * states.length);
    keys.set(this.keys);
    this.keys = keys;
  }
}

/** Three whole numbers of 32 bits each that tell a name from all others. */
export class AleaKey {
  one = 0;
  other = 0;
  /** The first hash of the name. */
  hash = 0;
}

/** All letters but the last of a name, hashed once over. */
export class AleaStem {
  one = 0;
  other = 0;
  hash = BLANKS[2];
}

/** The first part of the key of a name with one more letter. */
function oneAfter(from: number, letter: number): number {
  return Math.imul(from ^ letter, 0x01000193);
}

/** The second part of it. */
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
 * As `mixed`, over all letters before `end`. `Math.floor` takes one instruction where rounding by way of an integer takes two slow ones. The
 * letter is added before the fraction, which is known later: both sums are exact (whole numbers below 2^33, or fewer than 53 bits), so the
 * order does not matter.
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
