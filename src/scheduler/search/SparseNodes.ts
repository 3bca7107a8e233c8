import { clearBit, hasBit, lowestBit, setBit, wordsFor } from './bits.ts';

/** A few of many nodes: a bit for each position, and one for each block that has any, so that they are found without scanning all. */
export class SparseNodes {
  /** How many there are. */
  size = 0;
  readonly words: Int32Array;
  private readonly blocks: Int32Array;

  constructor(nodes: number) {
    this.words = new Int32Array(wordsFor(nodes));
    this.blocks = new Int32Array(wordsFor(this.words.length));
  }

  /** Puts the node at `position` in. */
  add(position: number): void {
    if (hasBit(this.words, position)) return;
    setBit(this.words, position);
    setBit(this.blocks, position >> 5);
    this.size += 1;
  }

  /** Takes the node at `position` out. */
  delete(position: number): void {
    if (!hasBit(this.words, position)) return;
    clearBit(this.words, position);
    if (this.words[position >> 5] === 0) clearBit(this.blocks, position >> 5);
    this.size -= 1;
  }

  has(position: number): boolean {
    return hasBit(this.words, position);
  }

  /** A bit for each block with any of them, of the 32 blocks in `word`. */
  blocksIn(word: number): number {
    return this.blocks[word] ?? 0;
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
