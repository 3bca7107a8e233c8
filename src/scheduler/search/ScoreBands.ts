import { putBit, wordsFor } from './bits.ts';

/**
 * The nodes of each band of scores as a bit set, so that a search for few kinds of nodes passes by the others 32 at a time. A change of
 * score seldom leaves its band.
 */
export class ScoreBands {
  /** How many words a band has. */
  readonly length: number;
  /** The bands one after the other, from the lowest on: the nodes whose score is WIDTH times the index of the band or little more. */
  readonly words: Int32Array;
  /** The band of each position, -1 for none. */
  private readonly bandOf: Int8Array;

  constructor(nodes: number) {
    this.length = wordsFor(nodes);
    this.words = new Int32Array(this.length * BANDS);
    this.bandOf = new Int8Array(nodes).fill(-1);
  }

  /** Gives the node at `position` a score, or for -1 none. */
  put(position: number, score: number): void {
    const band = score >> BAND_SHIFT;
    const before = this.bandOf[position] ?? -1;
    if (before === band) return;
    this.bandOf[position] = band;
    const bitsInBand = 32 * this.length;
    if (before >= 0) putBit(this.words, before * bitsInBand + position, false);
    if (band >= 0) putBit(this.words, band * bitsInBand + position, true);
  }
}

/** A score shifted right by this is the index of its band. */
export const BAND_SHIFT = 3;
/** Enough for scores up to 200. */
const BANDS = 26;
