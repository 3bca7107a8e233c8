import { BLANKS } from './AleaNames.ts';
import { carriedOver } from './carriedOver.ts';

/**
 * How far many sequences of random numbers are: four numbers each, in one column.
 * @see Baagøe: Better random numbers for JavaScript (2010); https://github.com/davidbau/seedrandom (alea)
 */
export class AleaStates {
  /** Three fractions and a carry, sequence by sequence. */
  private values = new Float64Array(4);
  private count = 0;

  /** Begins the sequence whose name has these hashes. @returns its place here. */
  begin(hashes: Uint32Array): number {
    const place = this.newPlace();
    this.restart(place, hashes);
    return place;
  }

  /** A sequence that is where the one at `place` is, and goes on for itself. @returns its place. */
  copy(place: number): number {
    const other = this.newPlace();
    this.values.copyWithin(other, place, place + 4);
    return other;
  }

  /** Puts the beginning of another sequence at `place`. */
  restart(place: number, hashes: Uint32Array): void {
    this.values[place] = difference(BLANKS[0], hashes[0] ?? 0);
    this.values[place + 1] = difference(BLANKS[1], hashes[1] ?? 0);
    this.values[place + 2] = difference(BLANKS[2], hashes[2] ?? 0);
    this.values[place + 3] = 1;
  }

  /** The next number of the sequence at `place`, uniform in [0, 1). */
  next(place: number): number {
    const { values } = this;
    const sum = FACTOR * (values[place] ?? 0) + (values[place + 3] ?? 0) / UNIT;
    const carry = Math.trunc(sum);
    const next = sum - carry;
    values[place] = values[place + 1] ?? 0;
    values[place + 1] = values[place + 2] ?? 0;
    values[place + 2] = next;
    values[place + 3] = carry;
    return next;
  }

  private newPlace(): number {
    const place = 4 * this.count;
    this.count += 1;
    if (place === this.values.length) this.enlarge();
    return place;
  }

  private enlarge(): void {
    this.values = carriedOver(this.values, new Float64Array(2 * this.values.length));
  }
}

const UNIT = 2 ** 32;
const FACTOR = 2091639;

const FIRST_BLANK = BLANKS[0];

/** The first number of the sequence whose name has this first hash, a whole number of 32 bits. */
export function firstNumber(hash: number): number {
  const sum = FACTOR * difference(FIRST_BLANK, hash >>> 0) + 1 / UNIT;
  return sum - Math.trunc(sum);
}

/** Of two hashes as fractions, in [0, 1). */
function difference(hash: number, other: number): number {
  const part = (hash >>> 0) / UNIT - other / UNIT;
  return part < 0 ? part + 1 : part;
}
