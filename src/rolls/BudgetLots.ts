import type { ChangeHandlers, ClusterListener } from '../cluster/ClusterChange.ts';
import type { DisruptionBudget } from '../cluster/DisruptionBudget.ts';
import { isBefore, type Turn } from '../sim/EventQueue.ts';
import { NumberSet } from '../sim/NumberSet.ts';
import { type Duration, type Instant, NEVER } from '../units.ts';

/** A refused eviction that waits for its budget. */
export interface Parked extends Turn {
  /** The budget that refused it. */
  readonly budget: DisruptionBudget;
  /** What could let it pass: that the budget allows a disruption, or, for a pod that is not Ready, any change of the budget. */
  readonly passes: 'whenOpen' | 'onAnyChange';
  /** Whether asking costs nothing but the answer, so that nobody has to ask who could only be refused; the same for all who wait. */
  readonly asksFreely: boolean;
  /** When it was refused. */
  readonly refusedAt: Instant;
  /** The pause between its ticks where they follow from that and when it was refused, so that others have the same; undefined: they do not. */
  readonly pause: Duration | undefined;
  /** Where it waits. Kept by the lots. */
  lot: BudgetLot | undefined;
  /** Whether nothing has woken it yet. */
  readonly isAsleep: boolean;
  /** Whether it was woken in turn and has not told yet that it has asked. Kept by the lots. */
  isInTurn: boolean;
  /** Whether that is so and it is to ask in this instant. */
  readonly asksNow: boolean;
  /** The first of its own ticks after now, or that of this very instant if its turn in it is to come. */
  nextTick(now: TurnOfNow): Instant;
  /** Lets it ask at the tick that it gave last; it tells the lots when it has asked. */
  wakeInTurn(): void;
  /** Lets it ask at its next tick on its own account. */
  wake(): void;
}

/** Whether somebody's turn in this instant has been. */
export type TurnOfNow = 'over' | 'toCome';

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
export class BudgetLots implements ClusterListener {
  /** Takes note of changes; those who wait for the budget go on in the same instant. */
  readonly on: ChangeHandlers = {
    budgetAdded: ({ budget }) => this.noteAddition(budget),
    budgetUpdated: ({ budget }) => this.noteChange(budget, 'open'),
    budgetStatusChanged: ({ budget }) => this.noteChange(budget, stateOf(budget)),
    budgetCharged: ({ budget }) => this.noteChange(budget, stateOf(budget)),
    budgetRemoved: ({ budget }) => this.noteRemoval(budget),
  };
  /** By number of the budget, where somebody waits for it. */
  private readonly byNumber: (BudgetLot | undefined)[] = [];
  /** The numbers of those budgets: mostly nobody waits, and a change of a budget finds no more than that. */
  private readonly awaited = new NumberSet();
  /** By key of the budget, where there is none any more: one that comes in its place has the same lot. */
  private readonly bereft = new Map<string, BudgetLot>();
  /** How many wait for any change of their budget. */
  private restless = 0;

  add(parked: Parked): void {
    const { budget, passes } = parked;
    const lot = this.byNumber[budget.createdAs] ?? this.enter(budget, new BudgetLot());
    parked.lot = lot;
    lot.add(parked);
    if (passes === 'onAnyChange') this.restless += 1;
  }

  remove(parked: Parked): void {
    const { lot, passes } = parked;
    if (!lot?.remove(parked)) return;
    if (passes === 'onAnyChange') this.restless -= 1;
    this.dropIfEmpty(lot);
  }

  /** Takes note that `budget` is there; it may come in the place of another. */
  noteAddition(budget: DisruptionBudget): void {
    const lot = this.bereft.get(budget.key);
    if (!lot) return;
    this.bereft.delete(budget.key);
    this.enter(budget, lot);
    this.noteChange(budget, 'open');
  }

  /** Takes note that `budget` has changed, and whether it may let somebody pass now. */
  noteChange(budget: DisruptionBudget, now: BudgetState): void {
    if (now === 'closed' && this.restless === 0) return;
    const lot = this.awaited.has(budget.createdAs) ? this.byNumber[budget.createdAs] : undefined;
    if (lot) this.wake(lot, now);
  }

  /** Takes note that `budget` is gone: nothing keeps those who wait for it. */
  noteRemoval(budget: DisruptionBudget): void {
    const lot = this.byNumber[budget.createdAs];
    if (!lot) return;
    lot.budget = undefined;
    this.bereft.set(budget.key, lot);
    this.leave(budget);
    this.wake(lot, 'open');
  }

  /** `parked`, which was woken in turn, has asked or will not any more. */
  asked(parked: Parked): void {
    const { lot } = parked;
    if (!lot) return;
    lot.asked(parked);
    this.dropIfEmpty(lot);
  }

  private wake(lot: BudgetLot, now: BudgetState): void {
    if (this.restless > 0) lot.wakeRestless();
    if (now === 'open') lot.wake();
  }

  private enter(budget: DisruptionBudget, lot: BudgetLot): BudgetLot {
    const { createdAs } = budget;
    while (this.byNumber.length <= createdAs) this.byNumber.push(undefined);
    this.byNumber[createdAs] = lot;
    this.awaited.add(createdAs);
    lot.budget = budget;
    return lot;
  }

  private leave({ createdAs }: DisruptionBudget): void {
    this.byNumber[createdAs] = undefined;
    this.awaited.delete(createdAs);
  }

  private dropIfEmpty({ budget, isEmpty }: BudgetLot): void {
    if (budget && isEmpty) this.leave(budget);
  }
}

/** Everyone who waits for one budget. */
class BudgetLot {
  /** As it is now; undefined when there is none. */
  budget: DisruptionBudget | undefined;
  /** By their turns. */
  private readonly members: Parked[] = [];
  /** Those that were woken in turn and have not asked yet. */
  private readonly inTurn: Parked[] = [];
  /** Who is known to be the first to ask: awake, has not asked yet, and nobody has come since. */
  private first: Parked | undefined;
  /** Whether all members have the same ticks: mostly so. Once one has others it is false until all have left. */
  private isEven = true;

  /** Whether nobody waits, and nobody was woken who has not asked yet. */
  get isEmpty(): boolean {
    return this.members.length === 0 && this.inTurn.length === 0;
  }

  add(parked: Parked): void {
    const [other] = this.members;
    this.isEven = !other || (this.isEven && haveSameTicks(other, parked));
    putInOrder(this.members, parked);
    this.first = undefined;
  }

  /** @returns whether `parked` was there. */
  remove(parked: Parked): boolean {
    return takeOut(this.members, parked);
  }

  asked(parked: Parked): void {
    parked.isInTurn = false;
    takeOut(this.inTurn, parked);
    if (this.first === parked) this.first = undefined;
    const isNext = parked.asksFreely || this.inTurn.length === 0;
    if (isNext && mayLetPass(this.budget, parked)) this.wake(parked);
  }

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
    this.first = this.firstToAsk(asker);
    if (this.first?.isAsleep) this.wakeInTurn(this.first);
  }

  /** Where all have the same ticks, the first one speaks for the others, except for those whose turn in this instant is to come. */
  private firstToAsk(asker: Turn | undefined): Parked | undefined {
    let first: Parked | undefined;
    let earliest: Instant = NEVER;
    let now: TurnOfNow = 'over';
    for (const parked of this.members) {
      if (!parked.isAsleep && !parked.isInTurn) continue;
      if (now === 'over' && asker && isBefore(asker, parked)) now = 'toCome';
      else if (first && this.isEven) continue;
      const tick = parked.nextTick(now);
      if (tick < earliest) {
        first = parked;
        earliest = tick;
      }
      if (this.isEven && (now === 'toCome' || !asker)) break;
    }
    return first;
  }

  /** Wakes everyone with the earliest tick of those who are asleep. */
  private wakeNextTick(): void {
    let earliest: Instant = NEVER;
    for (const parked of this.members) if (parked.isAsleep && parked.nextTick('over') < earliest) earliest = parked.nextTick('over');
    for (const parked of this.members) if (parked.isAsleep && parked.nextTick('over') === earliest) this.wakeInTurn(parked);
  }

  private wakeInTurn(parked: Parked): void {
    this.inTurn.push(parked);
    parked.isInTurn = true;
    parked.wakeInTurn();
  }
}

/**
 * Whether others than `asked`, who has just asked, may pass. As long as nobody has looked at a change of a budget the answer is to come back
 * later, and whoever asks freely has to be told that.
 */
function mayLetPass(budget: DisruptionBudget | undefined, { asksFreely }: Parked): boolean {
  if (budget?.status.disruptionsAllowed !== 0) return true;
  return asksFreely && budget.status.observedGeneration < budget.generation;
}

/** A status that allows no disruption helps nobody whose pod is Ready. */
function stateOf({ status }: DisruptionBudget): BudgetState {
  return status.disruptionsAllowed === 0 ? 'closed' : 'open';
}

function haveSameTicks(one: Parked, other: Parked): boolean {
  return one.refusedAt === other.refusedAt && one.pause === other.pause && one.pause !== undefined;
}

/** Puts `parked` in its place by turn: mostly the last one, for drains that begin together ask in turn. */
function putInOrder(list: Parked[], parked: Parked): void {
  let place = list.length;
  for (; place > 0; place -= 1) {
    const before = list[place - 1];
    if (!before || isBefore(before, parked)) break;
    list[place] = before;
  }
  list[place] = parked;
}

/** Takes `parked` out of `list`, which stays in order. @returns false when it is not there. */
function takeOut(list: Parked[], parked: Parked): boolean {
  if (list[0] === parked) {
    list.shift();
    return true;
  }
  let place = list.indexOf(parked);
  if (place < 0) return false;
  for (let next = list[place + 1]; next; next = list[place + 1]) {
    list[place] = next;
    place += 1;
  }
  list.pop();
  return true;
}
