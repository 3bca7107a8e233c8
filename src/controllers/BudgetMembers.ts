import type { Cluster } from '../cluster/Cluster.ts';
import type { DisruptionBudget } from '../cluster/DisruptionBudget.ts';
import type { Pod, Termination } from '../cluster/Pod.ts';
import { ClassTable, type PodClass } from '../cluster/PodClass.ts';
import { WatchedBudget } from './WatchedBudget.ts';

/**
 * Which pods each disruption budget selects, counted pod by pod so that no change looks at all pods. It keeps nothing about single pods, so
 * it has to be told exactly once of every change of a pod that counts. A pending pod that joins others of its class, or a pod that goes
 * after it was deleted, does not count.
 */
export class BudgetMembers {
  private readonly cluster: Cluster;
  /** By number of the budget. */
  private readonly watched: (WatchedBudget | undefined)[] = [];
  /** The first budget by name of those that select pods of a class, null when none does. */
  private readonly first = new ClassTable((podClass) => this.findFirst(podClass));
  /** Whether there was ever a class of pods that more than one budget selects. */
  hasOverlaps = false;

  /** Starts with everything that `cluster` holds. */
  constructor(cluster: Cluster) {
    this.cluster = cluster;
    for (const { podClass, serving } of cluster.podCounts.census().tallies) {
      this.begin(podClass);
      this.count(podClass, serving);
    }
  }

  /** What is known of `budget`. */
  of(budget: DisruptionBudget): WatchedBudget {
    return this.watched[budget.createdAs] ?? this.watch(budget);
  }

  /** The first budget, by name, of those that select pods of a class. */
  firstOf(podClass: PodClass): WatchedBudget | undefined {
    return this.first.of(podClass) ?? undefined;
  }

  /** Every budget that is the first one of some class of pods. */
  firsts(): ReadonlySet<WatchedBudget> {
    return new Set(this.cluster.podCounts.census().tallies.flatMap(({ podClass }) => this.firstOf(podClass) ?? []));
  }

  isMember(pod: Pod, budget: DisruptionBudget): boolean {
    return this.cluster.budgetsSelecting(pod).includes(budget);
  }

  /** Takes note that `pod` is there as it stands. @returns the first budget of its class. */
  enter({ podClass, isServing }: Pod): WatchedBudget | undefined {
    this.begin(podClass);
    return this.count(podClass, isServing ? 1 : 0);
  }

  /** Takes note that there are pods of a class. @returns the first budget of it. */
  begin(podClass: PodClass): WatchedBudget | undefined {
    for (const budget of this.cluster.budgetsOfClass(podClass)) this.of(budget).addClass(podClass);
    return this.firstOf(podClass);
  }

  /** Takes note that a class has no pods any more. @returns its first budget. */
  end(podClass: PodClass): WatchedBudget | undefined {
    for (const budget of this.cluster.budgetsOfClass(podClass)) this.of(budget).removeClass(podClass);
    return this.firstOf(podClass);
  }

  /** Takes note that `pod` was of the class `before` until now. @returns the first budget of its class. */
  move(pod: Pod, before: PodClass): WatchedBudget | undefined {
    this.count(before, pod.isServing ? -1 : 0);
    if (this.cluster.podCounts.of(before) === 0) this.end(before);
    return this.enter(pod);
  }

  /** Takes note that `pod` is gone without having been terminating. @returns the first budget of its class if its counts have changed. */
  noteLoss({ podClass, ready }: Pod): WatchedBudget | undefined {
    return ready ? this.count(podClass, -1) : undefined;
  }

  /** Takes note that `pod` has become Ready or is no longer Ready. @returns the first budget of its class if its counts have changed. */
  noteReady({ podClass, ready, isTerminating }: Pod): WatchedBudget | undefined {
    return isTerminating ? undefined : this.count(podClass, ready ? 1 : -1);
  }

  /**
   * Takes note that `pod` is terminating; `before` is set if it was already.
   * @returns the first budget of its class if its counts have changed.
   */
  noteTermination({ podClass, ready }: Pod, before: Termination | undefined): WatchedBudget | undefined {
    return before || !ready ? undefined : this.count(podClass, -1);
  }

  /** Takes note of a new budget, a new selector or a budget that is gone; looks at every pod that it selects. */
  recount(budget: DisruptionBudget): void {
    this.first.clear();
    const watched = this.of(budget);
    watched.clear();
    for (const pod of this.cluster.podsOfClasses((podClass) => this.cluster.budgetsOfClass(podClass).includes(budget))) {
      watched.addClass(pod.podClass);
      watched.count(pod.isServing ? 1 : 0);
    }
  }

  /** Adds `serving`, which may be negative, to the serving pods of a class. @returns its first budget. */
  private count(podClass: PodClass, serving: number): WatchedBudget | undefined {
    const first = this.firstOf(podClass);
    first?.count(serving);
    if (this.hasOverlaps) this.countInOthers(podClass, serving);
    return first;
  }

  private countInOthers(podClass: PodClass, serving: number): void {
    const [, ...others] = this.cluster.budgetsOfClass(podClass);
    for (const budget of others) this.of(budget).count(serving);
  }

  private findFirst(podClass: PodClass): WatchedBudget | null {
    const [first, second] = this.cluster.budgetsOfClass(podClass);
    if (second) this.hasOverlaps = true;
    return first ? this.of(first) : null;
  }

  private watch(budget: DisruptionBudget): WatchedBudget {
    const watched = new WatchedBudget(budget, this.cluster.podCounts);
    while (this.watched.length < budget.createdAs) this.watched.push(undefined);
    this.watched[budget.createdAs] = watched;
    return watched;
  }
}
