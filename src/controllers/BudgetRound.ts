import type { Turn } from '../sim/EventQueue.ts';
import { UNRANKED, type WatchedBudget } from './WatchedBudget.ts';

/**
 * The budgets that the disruption controller is to look at in one instant, by key whatever the order in which they came. A drain changes many
 * at once: one event for all of them is much less than one for each.
 */
export class BudgetRound implements Turn {
  readonly entity = '';
  readonly ordinal = 0;
  /** By key; those that are gone stay. The place of each is its rank. */
  private readonly ranked: WatchedBudget[] = [];
  /** A bit for each rank, 32 a word: set for those who wait for their look. */
  private waiting = new Int32Array(0);
  /** How many wait. */
  private size = 0;
  /** The first word with someone who waits; none has if nobody does. */
  private firstWord = 0;

  get isEmpty(): boolean {
    return this.size === 0;
  }

  /** Adds a budget, which may be there already. */
  add(watched: WatchedBudget): void {
    if (watched.rank === UNRANKED) this.rank([watched]);
    const word = watched.rank >> 5;
    const bits = this.waiting[word] ?? 0;
    const more = bits | (1 << (watched.rank & 31));
    if (more === bits) return;
    this.waiting[word] = more;
    if (this.size === 0 || word < this.firstWord) this.firstWord = word;
    this.size += 1;
  }

  /** Takes out the first one; undefined when nobody waits. */
  takeFirst(): WatchedBudget | undefined {
    if (this.size === 0) return undefined;
    const { waiting } = this;
    let word = this.firstWord;
    while (waiting[word] === 0) word += 1;
    const bits = waiting[word] ?? 0;
    const lowest = bits & -bits;
    waiting[word] = bits ^ lowest;
    this.firstWord = word;
    this.size -= 1;
    return this.ranked[(word << 5) | (31 - Math.clz32(lowest))];
  }

  /** Gives ranks to new budgets, and so others to those behind them. */
  rank(more: readonly WatchedBudget[]): void {
    const waiting: WatchedBudget[] = [];
    for (let one = this.takeFirst(); one; one = this.takeFirst()) waiting.push(one);
    this.ranked.push(...more);
    this.ranked.sort((a, b) => (a.budget.key < b.budget.key ? -1 : 1));
    for (const [rank, one] of this.ranked.entries()) one.rank = rank;
    this.waiting = new Int32Array((this.ranked.length >> 5) + 1);
    for (const one of waiting) this.add(one);
  }
}
