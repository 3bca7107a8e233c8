/**
 * Hashes the names of random sequences as `alea` does: three times over, each time from where the hash stands. What all names here begin
 * with is hashed once, and no name is put together as a string.
 * @see Baagøe: Better random numbers for JavaScript (2010); https://github.com/davidbau/seedrandom (alea)
 */
export class AleaNames {
  /** The three hashes of the name that was hashed last. */
  readonly hashes = new Uint32Array(3);
  private letters = new Uint16Array(FIRST_LETTERS);
  private readonly beginning: number;
  private readonly begun: number;

  constructor(beginning: string) {
    this.beginning = beginning.length;
    this.write(beginning, 0);
    this.begun = mash(BLANKS[2], this.letters, 0, this.beginning);
  }

  /** Hashes the name that goes on with `rest`. */
  hash(rest: string): void {
    const end = this.beginning + rest.length;
    this.write(rest, this.beginning);
    const { letters, hashes } = this;
    const first = mash(this.begun, letters, this.beginning, end);
    const second = mash(first, letters, 0, end);
    hashes[0] = first;
    hashes[1] = second;
    hashes[2] = mash(second, letters, 0, end);
  }

  private write(text: string, from: number): void {
    if (from + text.length > this.letters.length) this.enlarge(from + text.length);
    const { letters } = this;
    for (let i = 0; i < text.length; i += 1) letters[from + i] = text.charCodeAt(i);
  }

  private enlarge(needed: number): void {
    const letters = new Uint16Array(2 * needed);
    letters.set(this.letters);
    this.letters = letters;
  }
}

/** Room at the start. */
const FIRST_LETTERS = 128;
const UNIT = 2 ** 32;

/**
 * Goes on with the hash `from` over the letters from `start` to before `end`; every bit of it depends on every letter. `Math.floor` takes one
 * instruction where rounding by way of an integer takes two slow ones.
 */
function mash(from: number, letters: Uint16Array, start: number, end: number): number {
  let hash = from;
  for (let i = start; i < end; i += 1) {
    const scaled = 0.02519603282416938 * (hash + (letters[i] ?? 0));
    const whole = Math.floor(scaled);
    const product = (scaled - whole) * whole;
    const low = Math.floor(product);
    hash = low + (product - low) * UNIT;
  }
  return hash;
}

/** Three blanks are hashed before every name: what the three numbers of its state are counted from. */
export const BLANKS = blanks();

function blanks(): readonly [number, number, number] {
  const blank = Uint16Array.of(' '.charCodeAt(0));
  const first = mash(0xefc8249d, blank, 0, 1);
  const second = mash(first, blank, 0, 1);
  return [first, second, mash(second, blank, 0, 1)];
}
