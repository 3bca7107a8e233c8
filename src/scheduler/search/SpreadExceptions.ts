import { wordsFor } from './bits.ts';

/** Found nodes that hold pods which a spread constraint over single nodes counts: each has a score of its own. Used again and again. */
export class SpreadExceptions {
  count = 0;
  /** The most that any of them gets by spreading; to be set when all are known. */
  most = 0;
  /** By index: the node's position and its raw score by spreading. */
  readonly positions: Int32Array;
  readonly raw: Int32Array;
  /** The same nodes as one set of bits by position. */
  readonly members: Int32Array;

  constructor(nodes: number) {
    this.positions = new Int32Array(nodes);
    this.raw = new Int32Array(nodes);
    this.members = new Int32Array(wordsFor(nodes));
  }

  clear(): void {
    for (let i = 0; i < this.count; i += 1) this.members[(this.positions[i] ?? 0) >> 5] = 0;
    this.count = 0;
  }

  add(position: number, raw: number): void {
    this.positions[this.count] = position;
    this.raw[this.count] = raw;
    this.count += 1;
    const block = position >> 5;
    this.members[block] = (this.members[block] ?? 0) | (1 << (position & 31));
  }
}
