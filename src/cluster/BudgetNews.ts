import type { DisruptionBudget } from './DisruptionBudget.ts';

/** Changes of one kind that budgets meet all the time: one object tells of each of them in turn, see {@link ClusterListener}. */
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
