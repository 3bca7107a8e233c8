import { hasBit, lowestBit, putBit, wordsFor } from './bits.ts';

/** Few nodes out of many: a bit for each position, and one for each block that has any, so that these are found without looking at all. */
export class SparseNodes {
  /** How many there are. */
  size = 0;
  readonly words: Int32Array;
  private readonly blocks: Int32Array;

  constructor(nodes: number) {
    this.words = new Int32Array(wordsFor(nodes));
    this.blocks = new Int32Array(wordsFor(this.words.length));
  }

  /** Puts the node at `position` in, or takes it out. */
  put(position: number, isIn: boolean): void {
    if (hasBit(this.words, position) === isIn) return;
    putBit(this.words, position, isIn);
    putBit(this.blocks, position >> 5, this.words[position >> 5] !== 0);
    this.size += isIn ? 1 : -1;
  }

  /** The first block with any of them, from one to before another; the other if there is none. */
  nextBlock(from: number, to: number): number {
    for (let block = from; block < to; block = (block | 31) + 1) {
      const rest = (this.blocks[block >> 5] ?? 0) >>> (block & 31);
      if (rest !== 0) return Math.min(block + lowestBit(rest), to);
    }
    return to;
  }
}
