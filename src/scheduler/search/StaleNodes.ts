import { setAll, wordsFor } from './bits.ts';

/**
 * Which nodes changed since each of many columns last took them in. The words of all columns for the same 32 nodes lie side by side, so
 * that recording a change walks through consecutive memory.
 */
export class StaleNodes {
  private readonly nodes: number;
  private columns = 0;
  /**
   * The number of columns there is room for, as a logarithm: the word of column `column` for a block is at `(block << roomBits) | column`.
   */
  roomBits = 4;
  words: Int32Array;

  constructor(nodes: number) {
    this.nodes = nodes;
    this.words = new Int32Array(wordsFor(nodes) << this.roomBits);
  }

  /** Begins another column, which has taken in no node. @returns its number. */
  addColumn(): number {
    if (this.columns === 1 << this.roomBits) this.enlarge();
    const column = this.columns;
    this.columns += 1;
    this.markAllOf(column);
    return column;
  }

  /** The node at `position` changed. */
  mark(position: number): void {
    const { words } = this;
    const start = (position >> 5) << this.roomBits;
    const end = start + this.columns;
    const bit = 1 << (position & 31);
    for (let i = start; i < end; i += 1) words[i] = (words[i] ?? 0) | bit;
  }

  /** Every node may have changed. */
  markAll(): void {
    for (let column = 0; column < this.columns; column += 1) this.markAllOf(column);
  }

  /** The nodes of `block` that `column` is still to take in. */
  in(block: number, column: number): number {
    return this.words[(block << this.roomBits) | column] ?? 0;
  }

  /** Takes note that `column` has taken in `nodes` of `block`. */
  settle(block: number, column: number, nodes: number): void {
    const index = (block << this.roomBits) | column;
    this.words[index] = (this.words[index] ?? 0) & ~nodes;
  }

  private markAllOf(column: number): void {
    const all = new Int32Array(wordsFor(this.nodes));
    setAll(all, this.nodes);
    for (const [block, bits] of all.entries()) this.words[(block << this.roomBits) | column] = bits;
  }

  private enlarge(): void {
    const { words, columns } = this;
    this.roomBits += 1;
    this.words = new Int32Array(2 * words.length);
    for (let at = 0; at < words.length; at += columns) this.words.set(words.subarray(at, at + columns), 2 * at);
  }
}
