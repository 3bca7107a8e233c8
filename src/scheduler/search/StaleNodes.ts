import { setAll, wordsFor } from './bits.ts';

/**
 * Which nodes changed since each of many columns last took them in. The words of all columns for the same 32 nodes lie side by side, so that to
 * note a change is a step through one line of memory.
 */
export class StaleNodes {
  private readonly nodes: number;
  private columns = 0;
  /** How many columns there is room for: that of number `column` has its word for a block at `block * room + column`. */
  room = 16;
  words: Int32Array;

  constructor(nodes: number) {
    this.nodes = nodes;
    this.words = new Int32Array(this.room * wordsFor(nodes));
  }

  /** Begins another column, which has taken in no node. @returns its number. */
  addColumn(): number {
    if (this.columns === this.room) this.enlarge();
    const column = this.columns;
    this.columns += 1;
    this.markAllOf(column);
    return column;
  }

  /** The node at `position` changed. */
  mark(position: number): void {
    const { words } = this;
    const start = (position >> 5) * this.room;
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
    return this.words[block * this.room + column] ?? 0;
  }

  /** Takes note that `column` has taken in `nodes` of `block`. */
  settle(block: number, column: number, nodes: number): void {
    const index = block * this.room + column;
    this.words[index] = (this.words[index] ?? 0) & ~nodes;
  }

  private markAllOf(column: number): void {
    const all = new Int32Array(wordsFor(this.nodes));
    setAll(all, this.nodes);
    for (const [block, bits] of all.entries()) this.words[block * this.room + column] = bits;
  }

  private enlarge(): void {
    const [from, known] = [this.room, this.words];
    this.room *= 2;
    this.words = new Int32Array(this.room * wordsFor(this.nodes));
    for (let at = 0, to = 0; at < known.length; at += from, to += this.room) this.words.set(known.subarray(at, at + from), to);
  }
}
