import type { Cluster } from '../cluster/Cluster.ts';
import type { DisruptionBudget } from '../cluster/DisruptionBudget.ts';
import type { Pod, Termination } from '../cluster/Pod.ts';
import type { PodClass } from '../cluster/PodClass.ts';
import { WatchedBudget } from './WatchedBudget.ts';

/**
 * Which pods each disruption budget selects, counted pod by pod so that no change looks at all pods. Has to be told once of every change of
 * a pod that counts: of a pod itself nothing is kept. One that comes pending to others of its class, or goes after it was asked to, does not.
 */
export class BudgetMembers {
  private readonly cluster: Cluster;
  /** By number of the budget. */
  private readonly watched: (WatchedBudget | undefined)[] = [];
  /** By number of the class. */
  private readonly classes: (ClassBudgets | undefined)[] = [];
  /** Whether there was ever a class of pods that more than one budget selects. */
  hasOverlaps = false;

  /** Starts with everything that `cluster` holds. */
  constructor(cluster: Cluster) {
    this.cluster = cluster;
    for (const pod of cluster.pods.values()) this.enter(pod);
  }

  /** What is known of `budget`. */
  of(budget: DisruptionBudget): WatchedBudget {
    return this.watched[budget.createdAs] ?? this.watch(budget);
  }

  /** The first budget, by name, of those that select pods of a class. */
  firstOf({ id }: PodClass): WatchedBudget | undefined {
    return this.classes[id]?.first;
  }

  /** Every budget that is the first one of some class of pods. */
  firsts(): ReadonlySet<WatchedBudget> {
    const firsts = new Set<WatchedBudget>();
    for (const budgets of this.classes) if (budgets?.first) firsts.add(budgets.first);
    return firsts;
  }

  isMember(pod: Pod, budget: DisruptionBudget): boolean {
    return this.cluster.budgetsSelecting(pod).includes(budget);
  }

  /** Takes note that `pod` is there as it stands. @returns the first budget of its class. */
  enter({ podClass, isServing }: Pod): WatchedBudget | undefined {
    const budgets = this.budgetsOf(podClass);
    budgets.appear();
    return budgets.count(isServing ? 1 : 0);
  }

  /** Takes note that there are pods of a class. @returns the first budget of it. */
  begin(podClass: PodClass): WatchedBudget | undefined {
    return this.budgetsOf(podClass).appear();
  }

  /** Takes note that there are no pods of a class any more. @returns the first budget of it. */
  end(podClass: PodClass): WatchedBudget | undefined {
    return this.budgetsOf(podClass).vanish();
  }

  /** Takes note that `pod` was of the class `before` until now. @returns the first budget of its class. */
  move(pod: Pod, before: PodClass): WatchedBudget | undefined {
    this.budgetsOf(before).count(pod.isServing ? -1 : 0);
    if (this.cluster.podCounts.of(before) === 0) this.end(before);
    return this.enter(pod);
  }

  /** Takes note that `pod` is gone without having been asked to. @returns the first budget of its class if it counts otherwise than before. */
  noteLoss({ podClass, ready }: Pod): WatchedBudget | undefined {
    return ready ? this.budgetsOf(podClass).count(-1) : undefined;
  }

  /** Takes note that `pod` has become Ready, or is so no more. @returns the first budget of its class if it counts otherwise than before. */
  noteReady({ podClass, ready, isTerminating }: Pod): WatchedBudget | undefined {
    return isTerminating ? undefined : this.budgetsOf(podClass).count(ready ? 1 : -1);
  }

  /**
   * Takes note that `pod` is terminating; `before` is set if it was so already. @returns the first budget of its class if it counts otherwise
   * than before.
   */
  noteTermination({ podClass, ready }: Pod, before: Termination | undefined): WatchedBudget | undefined {
    return before || !ready ? undefined : this.budgetsOf(podClass).count(-1);
  }

  /** Takes note of a new budget, a new selector or a budget that is gone; looks at every class of pods. */
  recount(budget: DisruptionBudget): void {
    const watched = this.of(budget);
    watched.clear();
    for (const budgets of this.classes) {
      if (!budgets) continue;
      this.set(budgets);
      if (budgets.includes(watched)) budgets.countAll(watched);
    }
  }

  private watch(budget: DisruptionBudget): WatchedBudget {
    const watched = new WatchedBudget(budget, this.cluster.podCounts);
    while (this.watched.length < budget.createdAs) this.watched.push(undefined);
    this.watched[budget.createdAs] = watched;
    return watched;
  }

  private budgetsOf(podClass: PodClass): ClassBudgets {
    return this.classes[podClass.id] ?? this.meet(podClass);
  }

  private meet(podClass: PodClass): ClassBudgets {
    const { id } = podClass;
    const budgets = new ClassBudgets(podClass);
    this.set(budgets);
    while (this.classes.length < id) this.classes.push(undefined);
    this.classes[id] = budgets;
    return budgets;
  }

  private set(budgets: ClassBudgets): void {
    // By `map` it would be another kind of list once this is compiled, and whatever reads it would have to be compiled again.
    const watched = Array.from(this.cluster.budgetsOfClass(budgets.podClass), (budget) => this.of(budget));
    budgets.set(watched);
    if (watched.length > 1) this.hasOverlaps = true;
  }
}

/** The budgets that count the pods of one class: one as a rule, so that the first is at hand. */
class ClassBudgets {
  readonly podClass: PodClass;
  /** The first by name. */
  first: WatchedBudget | undefined = undefined;
  private others: readonly WatchedBudget[] = NO_OTHERS;
  private isPresent = false;
  private serving = 0;

  constructor(podClass: PodClass) {
    this.podClass = podClass;
  }

  /** Takes note of which budgets there are; those that were not there before have to count all. */
  set(watched: readonly WatchedBudget[]): void {
    this.first = watched[0];
    this.others = watched.length > 1 ? watched.slice(1) : NO_OTHERS;
  }

  includes(watched: WatchedBudget): boolean {
    return this.first === watched || this.others.includes(watched);
  }

  /** Lets `watched` count all pods of the class. */
  countAll(watched: WatchedBudget): void {
    watched.count(this.serving);
    if (this.isPresent) watched.addClass(this.podClass);
  }

  /** So many more of its pods serve (fewer, below 0). @returns the first budget. */
  count(serving: number): WatchedBudget | undefined {
    this.serving += serving;
    this.first?.count(serving);
    for (const watched of this.others) watched.count(serving);
    return this.first;
  }

  /** There are pods of the class. @returns the first budget. */
  appear(): WatchedBudget | undefined {
    if (this.isPresent) return this.first;
    this.isPresent = true;
    this.first?.addClass(this.podClass);
    for (const watched of this.others) watched.addClass(this.podClass);
    return this.first;
  }

  /** There are no pods of the class any more. @returns the first budget. */
  vanish(): WatchedBudget | undefined {
    this.isPresent = false;
    this.first?.removeClass(this.podClass);
    for (const watched of this.others) watched.removeClass(this.podClass);
    return this.first;
  }
}

const NO_OTHERS: readonly WatchedBudget[] = [];
