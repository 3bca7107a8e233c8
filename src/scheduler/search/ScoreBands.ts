import { putBit, wordsFor } from './bits.ts';

/**
 * The nodes of each band of scores as a bit set, so that a search begins with the best ones and takes them 32 at a time. A change of score
 * seldom leaves its band. Tainted or cordoned nodes are apart: they are often empty, which makes them look good to no avail.
 */
export class ScoreBands {
  /** How many words a band has. */
  readonly length: number;
  /** The bands one after the other, from the lowest scores on; those of tainted or cordoned nodes from FIRST_TAINTED on. */
  readonly words: Int32Array;
  /** How many nodes each band has. */
  readonly sizes = new Int32Array(2 * FIRST_TAINTED);
  /** The band of each position, -1 for none. */
  private readonly bandOf: Int8Array;

  constructor(nodes: number) {
    this.length = wordsFor(nodes);
    this.words = new Int32Array(this.length * this.sizes.length);
    this.bandOf = new Int8Array(nodes).fill(-1);
  }

  /** Puts the node at `position` into a band, or for -1 into none. */
  put(position: number, band: number): void {
    const before = this.bandOf[position] ?? -1;
    if (before === band) return;
    this.bandOf[position] = band;
    if (before >= 0) this.move(position, before, -1);
    if (band >= 0) this.move(position, band, 1);
  }

  private move(position: number, band: number, change: 1 | -1): void {
    putBit(this.words, 32 * this.length * band + position, change === 1);
    this.sizes[band] = (this.sizes[band] ?? 0) + change;
  }
}

/** A score, which is at most 200, shifted right by this is its band. */
export const BAND_SHIFT = 3;
/** The band of tainted or cordoned nodes with a score is so far behind that of others. */
export const FIRST_TAINTED = (200 >> BAND_SHIFT) + 1;
