import { carriedOver } from '../sim/carriedOver.ts';

/**
 * Slots of nodes that changed, in order, for readers that each remember how far they have read. The log holds only the latest changes. A
 * reader that has fallen behind further starts again from all nodes, which is no more work at that point.
 */
export class SlotLog {
  /** The number of changes so far. Several changes of a slot count once if nothing has been read in between. */
  end = 0;
  /** A ring. */
  private slots = new Int32Array(TIMES * FEWEST);
  private mask = TIMES * FEWEST - 1;
  /** The number of the latest change of each slot, plus 1. */
  private latest = new Int32Array(FEWEST);
  /** The number of changes at the last reading. */
  private read = 0;
  /** Of the changes before this one nothing is known: the ring was shorter. */
  private begin = 0;

  note(slot: number): void {
    if (slot >= this.latest.length) this.grow(slot);
    if ((this.latest[slot] ?? 0) > this.read) return;
    this.slots[this.end & this.mask] = slot;
    this.end += 1;
    this.latest[slot] = this.end;
  }

  /** Whether a reader that has seen the first `read` changes can still go on from there. */
  reachesBackTo(read: number): boolean {
    return read >= this.begin && this.end - read <= this.mask;
  }

  /** To be called by a reader before it reads all that there is. @returns how many changes there have been. */
  readToEnd(): number {
    this.read = this.end;
    return this.end;
  }

  /** The slot of the change with this number. */
  at(change: number): number {
    return this.slots[change & this.mask] ?? 0;
  }

  private grow(slot: number): void {
    let slots = 2 * this.latest.length;
    while (slots <= slot) slots *= 2;
    this.latest = carriedOver(this.latest, new Int32Array(slots));
    this.slots = new Int32Array(TIMES * slots);
    this.mask = TIMES * slots - 1;
    this.read = this.begin = this.end;
  }
}

const FEWEST = 32;
/** The length of the log as a multiple of the number of slots: each slot changes as often as there are readers when these take turns. */
const TIMES = 4;
