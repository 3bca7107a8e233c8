import type { NodeCounts } from '../NodeCounts.ts';
import { putBit, setBit, wordsFor } from './bits.ts';
import type { RefusedNodes } from './RefusedNodes.ts';

/** The nodes that hold any of the pods that are counted, as bits by position. */
export class PodHolders {
  private readonly counts: NodeCounts;
  private readonly positionOf: Int32Array;
  private readonly words: Int32Array;
  private read = -1;

  /** Of `nodes` nodes; `positionOf` has the position of the one in each slot. */
  constructor(counts: NodeCounts, positionOf: Int32Array, nodes: number) {
    this.counts = counts;
    this.positionOf = positionOf;
    this.words = new Int32Array(wordsFor(nodes));
  }

  /** Leaves them out. */
  refuseAll(refused: RefusedNodes): void {
    this.refresh();
    if (this.counts.size > 0) refused.refuseAll(this.words);
  }

  /** Takes in every change since the last call, or all counts again if there are too many changes. */
  private refresh(): void {
    const { counts, read } = this;
    if (read === counts.version) return;
    if (counts.remembers(read)) for (let change = read; change < counts.version; change += 1) this.take(counts.changedSlot(change));
    else this.takeAll();
    this.read = counts.version;
  }

  private take(slot: number): void {
    putBit(this.words, this.positionOf[slot] ?? 0, this.counts.at(slot) > 0);
  }

  private takeAll(): void {
    const { counts, positionOf, words } = this;
    words.fill(0);
    for (let i = 0; i < counts.size; i += 1) setBit(words, positionOf[counts.slotAt(i)] ?? 0);
  }
}
