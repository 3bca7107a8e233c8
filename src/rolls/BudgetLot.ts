import type { DisruptionBudget } from '../cluster/DisruptionBudget.ts';
import { isBefore, type Turn } from '../sim/EventQueue.ts';
import { type Duration, type Instant, NEVER } from '../units.ts';

/** A refused eviction that waits for its budget. */
export interface Parked extends Turn {
  /** The budget that refused it. */
  readonly budget: DisruptionBudget;
  /** What could let it pass: its budget allows a disruption, or, for a pod that is not Ready, any change of the budget. */
  readonly passes: 'whenOpen' | 'onAnyChange';
  /**
   * Whether asking is free of side effects, so that an eviction that could only be refused need not ask at all; the same for all that wait.
   */
  readonly asksFreely: boolean;
  /** When it was refused. */
  readonly refusedAt: Instant;
  /** The pause between its ticks, if they depend on nothing but that pause and `refusedAt`; undefined if they depend on more. */
  readonly pause: Duration | undefined;
  /** Where it waits. Kept by the lots. */
  lot: BudgetLot | undefined;
  /** Whether nothing has woken it yet. */
  readonly isAsleep: boolean;
  /** Whether it was woken in turn and has not reported yet that it has asked. Set by the lots. */
  isInTurn: boolean;
  /** Whether that is so and it is to ask in this instant. */
  readonly asksNow: boolean;
  /** The first of its own ticks after this instant, or a tick in this instant if its turn is yet to come. */
  nextTick(now: TurnOfNow): Instant;
  /** Lets it ask at the tick that it returned last; it tells the lots when it has asked. */
  wakeInTurn(): void;
  /** Lets it ask at its next tick on its own account. */
  wake(): void;
}

/** Whether a turn in this instant has passed. */
export type TurnOfNow = 'over' | 'toCome';

/** Everyone who waits for one budget. */
export class BudgetLot {
  /** As it is now; undefined when there is none. */
  budget: DisruptionBudget | undefined;
  /** By their turns. */
  private readonly members: Parked[] = [];
  /** Those that were woken in turn and have not asked yet. */
  private readonly inTurn: Parked[] = [];
  /** The member known to ask first: it is awake, has not asked yet, and none has been added since. */
  private first: Parked | undefined;
  /** Whether all members have the same ticks, as is usual. Once one differs, it stays false until all have left. */
  private isEven = true;

  /** Whether no member waits and every one that was woken has asked. */
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

  /** Wakes the members that wait for any change. */
  wakeRestless(): void {
    for (const parked of this.members) if (parked.passes === 'onAnyChange') parked.wake();
  }

  /** Makes sure that the member that asks first is awake; `asker` has just asked. */
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

  /**
   * The one that asks first. If all have the same ticks, one of them stands for all, except for those whose turn in this instant is yet to
   * come.
   */
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
 * Whether evictions other than `asked`, which has just asked, may pass. While the controller has not processed a change of the budget, the
 * answer is to come back later, and an eviction that asks freely has to get that answer.
 */
function mayLetPass(budget: DisruptionBudget | undefined, { asksFreely }: Parked): boolean {
  if (budget?.status.disruptionsAllowed !== 0) return true;
  return asksFreely && budget.status.observedGeneration < budget.generation;
}

function haveSameTicks(one: Parked, other: Parked): boolean {
  return one.refusedAt === other.refusedAt && one.pause === other.pause && one.pause !== undefined;
}

/** Inserts `parked` by its turn. It usually goes last, because drains that begin together ask in turn. */
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
