const UNIT = 2 ** 32;
const FACTOR = 0.02519603282416938;

/**
 * The hash `from` with one more letter, as `alea` goes on; every bit of it depends on every letter.
 * @see Baagøe: Better random numbers for JavaScript (2010); https://github.com/davidbau/seedrandom (alea, Mash)
 */
export function mash(from: number, letter: number): number {
  const scaled = FACTOR * (from + letter);
  const whole = Math.floor(scaled);
  const product = (scaled - whole) * whole;
  const low = Math.floor(product);
  return low + (product - low) * UNIT;
}

/** Three blanks are hashed before every name: what the three numbers of its state are counted from. */
export const BLANKS = blanks();

function blanks(): readonly [number, number, number] {
  const blank = ' '.charCodeAt(0);
  const first = mash(0xefc8249d, blank);
  const second = mash(first, blank);
  return [first, second, mash(second, blank)];
}
