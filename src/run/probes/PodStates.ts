import { SlotNumbers } from '../../cluster/SlotNumbers.ts';

/**
 * What a probe keeps of each pod, by slot: a whole number, 0 unless it was entered, and the figure of the Ready pods of its workload. Both lie
 * side by side, so that nothing else is in the way of the figure when the pod becomes Ready or goes.
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
