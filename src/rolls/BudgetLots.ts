import { type Instant, NEVER } from '../units.ts';

/** A refused eviction that waits for its budget. */
export interface Parked {
  /** What could let it pass: that the budget allows a disruption, or, for a pod that is not Ready, any change of the budget. */
  readonly passes: 'whenOpen' | 'onAnyChange';
  /** Whether nothing has woken it yet. */
  readonly isAsleep: boolean;
  /** The first of its own ticks after now. */
  readonly nextTick: Instant;
  /** Lets it ask at its next tick; it tells the lot when it has asked. */
  wakeInTurn(): void;
  /** Lets it ask at its next tick on its own account. */
  wake(): void;
}

/**
 * Refused evictions, by the budget that refused them, asleep until asking again could help: the same answers at the same times as asking
 * at every tick.
 *
 * Of those that wait for a budget to open only the ones with the earliest tick are woken, and the next ones when these have asked and
 * something is left: nobody asks who could only be refused.
 */
export class BudgetLots {
  private readonly lots = new Map<string, BudgetLot>();

  /** The lot of the budget `key`. */
  of(key: string): BudgetLot {
    const known = this.lots.get(key);
    if (known) return known;
    const lot = new BudgetLot();
    this.lots.set(key, lot);
    return lot;
  }

  /** Takes note that the budget `key` has changed, and whether it may let somebody pass now. */
  noteChange(key: string, now: 'open' | 'closed'): void {
    this.lots.get(key)?.noteChange(now);
  }
}

/** Everyone who waits for one budget. */
export class BudgetLot {
  private readonly parked = new Set<Parked>();
  /** How many were woken in turn and have not asked yet. */
  private asking = 0;

  add(parked: Parked): void {
    this.parked.add(parked);
  }

  remove(parked: Parked): void {
    this.parked.delete(parked);
  }

  noteChange(now: 'open' | 'closed'): void {
    for (const parked of this.parked) if (parked.passes === 'onAnyChange') parked.wake();
    if (now === 'open') this.wakeEarliest();
  }

  /** Somebody who was woken in turn has asked, or will not any more; `now` is how that leaves the budget. */
  asked(now: 'open' | 'closed'): void {
    this.asking -= 1;
    if (this.asking === 0 && now === 'open') this.wakeEarliest();
  }

  private wakeEarliest(): void {
    let earliest: Instant = NEVER;
    for (const parked of this.parked) if (parked.isAsleep && parked.nextTick < earliest) earliest = parked.nextTick;
    for (const parked of this.parked) {
      if (!parked.isAsleep || parked.nextTick !== earliest) continue;
      this.asking += 1;
      parked.wakeInTurn();
    }
  }
}
