import type { ChangeHandlers, ClusterListener } from '../cluster/ClusterChange.ts';
import type { DisruptionBudget } from '../cluster/DisruptionBudget.ts';
import { NumberSet } from '../sim/NumberSet.ts';
import { BudgetLot, type Parked } from './BudgetLot.ts';

/** Whether a budget may allow a disruption. */
export type BudgetState = 'open' | 'closed';

/**
 * Refused evictions, grouped by the budget that refused them. They sleep until asking again could help, and get the same answers at the
 * same times as if they asked at every tick.
 *
 * While a budget is open, only the eviction that would ask first is awake; the next one wakes when that one has asked and the budget still
 * allows a disruption. Where evictions that ask at the same tick get in each other's way, all of that tick wake together, and the next
 * tick's when all of these have asked.
 */
export class BudgetLots implements ClusterListener {
  /** Takes note of changes; evictions that wait for the budget continue in the same instant. */
  readonly on: ChangeHandlers = {
    budgetAdded: ({ budget }) => this.noteAddition(budget),
    budgetUpdated: ({ budget }) => this.noteChange(budget, 'open'),
    budgetStatusChanged: ({ budget }) => this.noteChange(budget, stateOf(budget)),
    budgetCharged: ({ budget }) => this.noteChange(budget, stateOf(budget)),
    budgetRemoved: ({ budget }) => this.noteRemoval(budget),
  };
  /** By number of the budget; undefined if no eviction waits for it. */
  private readonly byNumber: (BudgetLot | undefined)[] = [];
  /** The numbers of those budgets. Usually none is awaited, and a change of a budget costs only this look-up. */
  private readonly awaited = new NumberSet();
  /** By key of a budget that was deleted: a new budget of that key takes over its lot. */
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

  /** Takes note that `budget` has changed, and whether it may allow a disruption now. */
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

  /** Takes note that `parked`, which was woken in turn, has asked or will not ask any more. */
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

/** A status that allows no disruption helps no pod that is Ready. */
function stateOf({ status }: DisruptionBudget): BudgetState {
  return status.disruptionsAllowed === 0 ? 'closed' : 'open';
}
