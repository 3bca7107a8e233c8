import { carriedOver } from './carriedOver.ts';

/** A set of small whole numbers, one bit each. It stays in the cache, where a list by these numbers, mostly empty, would not. */
export class NumberSet {
  private words = new Int32Array(FIRST_WORDS);

  has(number: number): boolean {
    return (((this.words[number >> 5] ?? 0) >> (number & 31)) & 1) === 1;
  }

  add(number: number): void {
    const word = number >> 5;
    if (word >= this.words.length) this.words = carriedOver(this.words, new Int32Array(2 * word));
    this.words[word] = (this.words[word] ?? 0) | (1 << (number & 31));
  }

  delete(number: number): void {
    const word = number >> 5;
    this.words[word] = (this.words[word] ?? 0) & ~(1 << (number & 31));
  }
}

const FIRST_WORDS = 64;
