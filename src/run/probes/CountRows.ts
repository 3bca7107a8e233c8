import { SlotNumbers } from '../../cluster/SlotNumbers.ts';
import { carriedOver } from '../../sim/carriedOver.ts';

/**
 * What a probe keeps for each of its counts of pods, by number: a row of whole numbers, because every move of a pod needs all of them. A
 * row takes a quarter of a cache line, where an object's fields would take several lines.
 */
export class CountRows {
  private numbers = new Int32Array(FIRST_ROWS << 2);
  private rows = 0;
  /** By figure of the Ready pods: how many pods of the workload had to go and were not replaced yet. */
  private readonly losses = new SlotNumbers(FIRST_ROWS);

  /** Begins a row for pods of a workload; the figure `readyFigure` counts those that are Ready. @returns its number; they count up from 0. */
  begin(readyFigure: number): number {
    const number = this.rows++;
    if (number << 2 === this.numbers.length) this.numbers = carriedOver(this.numbers, new Int32Array(2 * this.numbers.length));
    this.numbers[(number << 2) | FIGURE] = readyFigure;
    return number;
  }

  /** How many pods exist and have not finished. */
  presentOf(number: number): number {
    return this.numbers[number << 2] ?? 0;
  }

  setPresent(number: number, present: number): void {
    this.numbers[number << 2] = present;
  }

  /** How many pods had to go. */
  movesOf(number: number): number {
    return this.numbers[(number << 2) | MOVES] ?? 0;
  }

  noteMove(number: number): void {
    this.numbers[(number << 2) | MOVES] = this.movesOf(number) + 1;
    const figure = this.readyFigureOf(number);
    this.losses.set(figure, this.losses.of(figure) + 1);
  }

  /** @returns whether a pod that has appeared replaces one of its workload that had to go and was not replaced yet. */
  takeLoss(number: number): boolean {
    const figure = this.readyFigureOf(number);
    const losses = this.losses.of(figure);
    if (losses > 0) this.losses.set(figure, losses - 1);
    return losses > 0;
  }

  /** The figure of the Ready pods of the workload. */
  readyFigureOf(number: number): number {
    return this.numbers[(number << 2) | FIGURE] ?? 0;
  }

  /** Whether it is recorded what the workload is to run whenever one of these pods comes or goes. */
  isFollowed(number: number): boolean {
    return this.numbers[(number << 2) | FOLLOWED] === 1;
  }

  follow(number: number): void {
    this.numbers[(number << 2) | FOLLOWED] = 1;
  }

  unfollow(number: number): void {
    this.numbers[(number << 2) | FOLLOWED] = 0;
  }
}

const FIRST_ROWS = 64;
/** Places in a row. */
const MOVES = 1;
const FIGURE = 2;
const FOLLOWED = 3;
