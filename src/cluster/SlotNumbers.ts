import { longer } from './longer.ts';

/**
 * A whole number for each pod of a cluster by its slot, or for each class by its number; 0 unless set. A column, because nothing is faster
 * to look up.
 */
export class SlotNumbers {
  private numbers: Int32Array;

  /** There is room for the first `slots` from the start. */
  constructor(slots = 256) {
    this.numbers = new Int32Array(slots);
  }

  of(slot: number): number {
    return this.numbers[slot] ?? 0;
  }

  set(slot: number, value: number): void {
    if (slot >= this.numbers.length) this.numbers = longer(this.numbers, slot + 1);
    this.numbers[slot] = value;
  }

  /** Becomes a copy of `others`. */
  takeOver({ numbers }: SlotNumbers): void {
    this.numbers = numbers.slice();
  }
}
