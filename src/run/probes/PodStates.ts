import { SlotNumbers } from '../../cluster/SlotNumbers.ts';

/**
 * What a probe keeps of each pod, by slot: a whole number, 0 until the pod is entered, and the number of the figure that counts the Ready
 * pods of its workload. The two lie side by side, because a pod that becomes Ready or goes needs both.
 */
export class PodStates {
  private readonly numbers: SlotNumbers;

  /** There is room for the first `slots` from the start. */
  constructor(slots: number) {
    this.numbers = new SlotNumbers(slots << 1);
  }

  of(slot: number): number {
    return this.numbers.of(slot << 1);
  }

  /** The figure with which a pod was entered. */
  readyFigureOf(slot: number): number {
    return this.numbers.of((slot << 1) | 1);
  }

  enter(slot: number, state: number, readyFigure: number): void {
    this.numbers.set((slot << 1) | 1, readyFigure);
    this.set(slot, state);
  }

  set(slot: number, state: number): void {
    this.numbers.set(slot << 1, state);
  }
}
