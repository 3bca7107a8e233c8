import type { DisruptionBudget } from './DisruptionBudget.ts';

/**
 * Tells of changes of one kind that are frequent for budgets, with one object that is used again for every change, see
 * {@link ClusterListener}.
 */
export class BudgetNews<Kind extends 'budgetStatusChanged' | 'budgetCharged'> {
  private readonly kind: Kind;
  private change: { readonly kind: Kind; budget: DisruptionBudget } | undefined = undefined;

  constructor(kind: Kind) {
    this.kind = kind;
  }

  /** The change that `budget` meets now. */
  of(budget: DisruptionBudget): { readonly kind: Kind; readonly budget: DisruptionBudget } {
    this.change ??= { kind: this.kind, budget };
    this.change.budget = budget;
    return this.change;
  }
}
