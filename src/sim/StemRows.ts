import { AleaStem } from './AleaNames.ts';
import { carriedOver } from './carriedOver.ts';

/** So many letters, the first ones of all, are told apart where they follow a stem. */
export const LETTERS = 128;

/**
 * Stems of names, each with the letters that have followed it so far: a row of numbers for the names of many entities. Rows are found by
 * their content, with a hash table.
 */
export class StemRows {
  /** Row by row the three numbers of a stem, and the letters that have followed it in four times 32 bits. */
  private numbers = new Float64Array(FIRST_STEMS << SHIFT);
  private stems = 0;
  /** Numbers of stems, counted from 1, by what they hash to; 0 where a place is free. */
  private places = new Int32Array(ROOM * FIRST_STEMS);

  /** The number of a stem, known or new; they count up from 0. */
  numberOf(stem: AleaStem): number {
    const place = this.placeOf(stem);
    const known = this.places[place] ?? 0;
    return known > 0 ? known - 1 : this.add(stem, place);
  }

  /** Makes `stem` the one with that number. */
  read(number: number, stem: AleaStem): void {
    const { numbers } = this;
    const row = number << SHIFT;
    stem.one = numbers[row] ?? 0;
    stem.other = numbers[row | 1] ?? 0;
    stem.hash = numbers[row | 2] ?? 0;
  }

  /** Takes note that `letter` follows the stem with that number. @returns whether it has not before. */
  follow(number: number, letter: number): boolean {
    const at = (number << SHIFT) + 3 + (letter >> 5);
    const letters = this.numbers[at] ?? 0;
    const bit = 1 << (letter & 31);
    if ((letters & bit) !== 0) return false;
    this.numbers[at] = letters | bit;
    return true;
  }

  private add({ one, other, hash }: AleaStem, place: number): number {
    const number = this.stems++;
    const row = number << SHIFT;
    this.numbers[row] = one;
    this.numbers[row | 1] = other;
    this.numbers[row | 2] = hash;
    this.places[place] = number + 1;
    if (this.stems << SHIFT === this.numbers.length) this.enlarge();
    return number;
  }

  private enlarge(): void {
    const room = 2 * this.stems;
    this.numbers = carriedOver(this.numbers, new Float64Array(room << SHIFT));
    this.places = new Int32Array(ROOM * room);
    const stem = new AleaStem();
    for (let number = 0; number < this.stems; number += 1) {
      this.read(number, stem);
      this.places[this.placeOf(stem)] = number + 1;
    }
  }

  /** Where a stem is in the hash table, or the free place that it is to take. */
  private placeOf({ one, other, hash }: AleaStem): number {
    const { numbers, places } = this;
    const last = places.length - 1;
    let place = hash & last;
    for (let known = places[place] ?? 0; known > 0; known = places[place] ?? 0) {
      const row = (known - 1) << SHIFT;
      if (numbers[row] === one && numbers[row | 1] === other && numbers[row | 2] === hash) break;
      place = (place + 1) & last;
    }
    return place;
  }
}

/** Room at the start, a power of two; it doubles when it is full. */
const FIRST_STEMS = 64;
/** So many times more places than stems. */
const ROOM = 2;
/** A row begins at eight times its number: seven numbers, and one that only keeps rows within lines of memory. */
const SHIFT = 3;
