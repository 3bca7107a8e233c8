import type { DisruptionBudget } from '../cluster/DisruptionBudget.ts';
import { isBefore, type Turn } from '../sim/EventQueue.ts';
import { type Instant, NEVER } from '../units.ts';

/** A refused eviction that waits for its budget. */
export interface Parked extends Turn {
  /** Key of the budget that refused it. */
  readonly budget: string;
  /** What could let it pass: that the budget allows a disruption, or, for a pod that is not Ready, any change of the budget. */
  readonly passes: 'whenOpen' | 'onAnyChange';
  /** Whether asking costs nothing but the answer, so that nobody has to ask who could only be refused; the same for all who wait. */
  readonly asksFreely: boolean;
  /** Where it waits. Kept by the lots. */
  lot: BudgetLot | undefined;
  /** Whether nothing has woken it yet. */
  readonly isAsleep: boolean;
  /** Whether it was woken in turn, is to ask in this instant and has not told yet that it has. */
  readonly asksNow: boolean;
  /** The first of its own ticks after now, or that of this very instant if it comes after the turn of `asker`, which is now. */
  nextTick(asker?: Turn): Instant;
  /** Lets it ask at the tick that it gave last; it tells the lots when it has asked. */
  wakeInTurn(): void;
  /** Lets it ask at its next tick on its own account. */
  wake(): void;
}

/** Whether a budget may let somebody pass. */
export type BudgetState = 'open' | 'closed';

/**
 * Refused evictions, by the budget that refused them, asleep until asking again could help: the same answers at the same times as asking
 * at every tick.
 *
 * As long as a budget is open, the first to ask of those that wait for it to open is awake, and the next one wakes when that one has asked
 * and something is left: nobody asks who could only be refused. Where those who ask at one tick get into each other's way, all of them wake
 * together, and the next ones when all of these have asked.
 */
export class BudgetLots {
  /** By key of the budget. */
  private readonly lots = new Map<string, BudgetLot>();
  /** By number of the budget: null if nobody waits, which most changes find at once; undefined if it has never been told of. */
  private readonly awaited: (BudgetLot | null | undefined)[] = [];
  /** How many wait for any change of their budget. */
  private restless = 0;

  add(parked: Parked): void {
    const lot = this.lotOf(parked.budget);
    parked.lot = lot;
    lot.members.push(parked);
    lot.first = undefined;
    if (lot.members.length === 1) this.file(lot, lot);
    if (parked.passes === 'onAnyChange') this.restless += 1;
  }

  remove(parked: Parked): void {
    const { lot, passes } = parked;
    if (!lot || !takeOut(lot.members, parked)) return;
    if (lot.members.length === 0) this.file(lot, null);
    if (passes === 'onAnyChange') this.restless -= 1;
  }

  /** Takes note that `budget` has changed, and whether it may let somebody pass now. */
  noteChange(budget: Pick<DisruptionBudget, 'key' | 'createdAs'>, now: BudgetState): void {
    if (now === 'closed' && this.restless === 0) return;
    let lot = this.awaited[budget.createdAs];
    if (lot === undefined) lot = this.enter(budget);
    if (lot === null) return;
    if (this.restless > 0) lot.wakeRestless();
    if (now === 'open') lot.wake();
  }

  /** `parked`, which was woken in turn, has asked or will not any more; `now` is how that leaves its budget. */
  asked(parked: Parked, now: BudgetState): void {
    const { lot } = parked;
    if (!lot) return;
    takeOut(lot.inTurn, parked);
    if (lot.first === parked) lot.first = undefined;
    if (now === 'open' && (parked.asksFreely || lot.inTurn.length === 0)) lot.wake(parked);
  }

  private enter({ key, createdAs }: Pick<DisruptionBudget, 'key' | 'createdAs'>): BudgetLot | null {
    const lot = this.lotOf(key);
    while (this.awaited.length <= createdAs) this.awaited.push(undefined);
    lot.numbers.push(createdAs);
    const awaited = lot.members.length === 0 ? null : lot;
    this.file(lot, awaited);
    return awaited;
  }

  private file({ numbers }: BudgetLot, awaited: BudgetLot | null): void {
    for (const number of numbers) this.awaited[number] = awaited;
  }

  private lotOf(budget: string): BudgetLot {
    const known = this.lots.get(budget);
    if (known) return known;
    const lot = new BudgetLot();
    this.lots.set(budget, lot);
    return lot;
  }
}

/** Everyone who waits for one budget. */
class BudgetLot {
  /** Numbers of the budgets that have had its key, one after the other, as far as they have been told of. */
  readonly numbers: number[] = [];
  readonly members: Parked[] = [];
  /** Those that were woken in turn and have not asked yet. */
  readonly inTurn: Parked[] = [];
  /** Who is known to be the first to ask: awake, has not asked yet, and nobody has come since. */
  first: Parked | undefined;

  /** Wakes whoever waits for any change. */
  wakeRestless(): void {
    for (const parked of this.members) if (parked.passes === 'onAnyChange') parked.wake();
  }

  /** Sees to it that whoever asks first is awake; `asker` has just asked. */
  wake(asker?: Turn): void {
    if (this.members[0]?.asksFreely) this.wakeFirst(asker);
    else this.wakeNextTick();
  }

  private wakeFirst(asker: Turn | undefined): void {
    if (this.first) return;
    for (const parked of this.inTurn) if (parked.asksNow) return;
    let first: Parked | undefined;
    let earliest: Instant = NEVER;
    for (const parked of this.members) {
      if (!parked.isAsleep && !this.inTurn.includes(parked)) continue;
      const tick = parked.nextTick(asker);
      if (tick > earliest || (tick === earliest && first && isBefore(first, parked))) continue;
      first = parked;
      earliest = tick;
    }
    this.first = first;
    if (first?.isAsleep) this.wakeInTurn(first);
  }

  /** Wakes everyone with the earliest tick of those who are asleep. */
  private wakeNextTick(): void {
    let earliest: Instant = NEVER;
    for (const parked of this.members) if (parked.isAsleep && parked.nextTick() < earliest) earliest = parked.nextTick();
    for (const parked of this.members) if (parked.isAsleep && parked.nextTick() === earliest) this.wakeInTurn(parked);
  }

  private wakeInTurn(parked: Parked): void {
    this.inTurn.push(parked);
    parked.wakeInTurn();
  }
}

/** Takes `parked` out of `list`, whose order does not matter. @returns false when it is not there. */
function takeOut(list: Parked[], parked: Parked): boolean {
  const place = list.indexOf(parked);
  if (place < 0) return false;
  const last = list.pop();
  if (last && last !== parked) list[place] = last;
  return true;
}
