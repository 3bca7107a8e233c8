import { wordsFor } from './bits.ts';

/**
 * Blocks of 32 nodes by the highest score in each, for searches that begin with the most promising blocks and never come to the others.
 * Scores are whole numbers from 0 to a given one; blocks begin with 0.
 */
export class BlockRanking {
  /** A bit for each block; the words of one score lie side by side. */
  private readonly words: Int32Array;
  private readonly wordsPerScore: number;
  /** How many blocks have each score, and a bit for each score that any has. */
  private readonly sizes: Int32Array;
  private readonly present: Int32Array;

  constructor(blocks: number, mostScore: number) {
    this.wordsPerScore = wordsFor(blocks);
    this.words = new Int32Array((mostScore + 1) * this.wordsPerScore);
    this.sizes = new Int32Array(mostScore + 1);
    this.present = new Int32Array(wordsFor(mostScore + 1));
    for (let block = 0; block < blocks; block += 1) this.put(block, 0);
  }

  /** Takes note that the highest score in `block` is no longer `before` but `after`. */
  move(block: number, before: number, after: number): void {
    this.take(block, before);
    this.put(block, after);
  }

  /** The highest score below `limit` that a block has; -1 if there is none. */
  below(limit: number): number {
    const last = limit - 1;
    for (let end = last; end >= 0; end = (end & ~31) - 1) {
      const left = (this.present[end >> 5] ?? 0) << (31 - (end & 31));
      if (left !== 0) return end - Math.clz32(left);
    }
    return -1;
  }

  /** A bit for each block with `score`, of the 32 blocks in `word`. */
  blocksIn(score: number, word: number): number {
    return this.words[score * this.wordsPerScore + word] ?? 0;
  }

  private put(block: number, score: number): void {
    const at = score * this.wordsPerScore + (block >> 5);
    this.words[at] = (this.words[at] ?? 0) | (1 << (block & 31));
    const size = this.sizes[score] ?? 0;
    this.sizes[score] = size + 1;
    if (size === 0) this.present[score >> 5] = (this.present[score >> 5] ?? 0) | (1 << (score & 31));
  }

  private take(block: number, score: number): void {
    const at = score * this.wordsPerScore + (block >> 5);
    this.words[at] = (this.words[at] ?? 0) & ~(1 << (block & 31));
    const size = this.sizes[score] ?? 0;
    this.sizes[score] = size - 1;
    if (size === 1) this.present[score >> 5] = (this.present[score >> 5] ?? 0) & ~(1 << (score & 31));
  }
}
