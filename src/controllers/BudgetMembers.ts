import type { Cluster } from '../cluster/Cluster.ts';
import type { DisruptionBudget } from '../cluster/DisruptionBudget.ts';
import type { Pod } from '../cluster/Pod.ts';
import type { PodClass } from '../cluster/PodClass.ts';
import { type OwnerCount, WatchedBudget } from './WatchedBudget.ts';

/** Which pods each disruption budget selects, counted pod by pod so that no change looks at all pods. */
export class BudgetMembers {
  private readonly cluster: Cluster;
  /** By number of the budget. */
  private readonly watched: (WatchedBudget | undefined)[] = [];
  /** By number of the class. */
  private readonly classes: (ClassBudgets | undefined)[] = [];
  /** As what each pod is counted, by its slot: twice the number of its class from 1, plus 1 if it serves; 0 when it is not counted. */
  private readonly counted: number[] = [];

  /** Starts with everything that `cluster` holds. */
  constructor(cluster: Cluster) {
    this.cluster = cluster;
    for (const pod of cluster.pods.values()) this.count(pod);
  }

  /** What is known of `budget`. */
  of(budget: DisruptionBudget): WatchedBudget {
    const known = this.watched[budget.createdAs];
    if (known) return known;
    const watched = new WatchedBudget(budget);
    while (this.watched.length < budget.createdAs) this.watched.push(undefined);
    this.watched[budget.createdAs] = watched;
    return watched;
  }

  /** The first budget, by name, of those that select pods of a class. */
  firstOf({ id }: PodClass): WatchedBudget | undefined {
    return this.classes[id]?.first;
  }

  /** Every budget that is the first one of some class of pods. */
  firsts(): ReadonlySet<WatchedBudget> {
    return new Set(this.classes.flatMap((one) => one?.first ?? []));
  }

  isMember(pod: Pod, budget: DisruptionBudget): boolean {
    return this.cluster.budgetsSelecting(pod).includes(budget);
  }

  /** Takes note that `pod` is new, Ready, terminating, or of another class now. */
  count(pod: Pod): void {
    const { slot, podClass } = pod;
    const before = this.counted[slot] ?? 0;
    const now = 2 * (podClass.id + 1) + (pod.isServing ? 1 : 0);
    if (now === before) return;
    const budgets = this.budgetsOf(podClass);
    if (now >> 1 === before >> 1) budgets.serve(now - before);
    else {
      this.forget(pod);
      budgets.add(now & 1);
    }
    this.counted[slot] = now;
  }

  /** Takes note that `pod` is gone. */
  forget({ slot }: Pod): void {
    const before = this.counted[slot] ?? 0;
    if (before === 0) return;
    this.counted[slot] = 0;
    this.classes[(before >> 1) - 1]?.remove(before & 1);
  }

  /** Takes note of a new budget, a new selector or a budget that is gone; looks at every pod. */
  recount(budget: DisruptionBudget): void {
    const watched = this.of(budget);
    watched.clear();
    for (const budgets of this.classes) budgets?.set(this.watchedOver(budgets.podClass));
    for (const pod of this.cluster.pods.values()) {
      const counted = this.counted[pod.slot] ?? 0;
      if (counted > 0 && this.isMember(pod, budget)) watched.add(pod.podClass, watched.ownerOf(pod.podClass), counted & 1);
    }
  }

  private budgetsOf(podClass: PodClass): ClassBudgets {
    const { id } = podClass;
    const known = this.classes[id];
    if (known) return known;
    const budgets = new ClassBudgets(podClass);
    budgets.set(this.watchedOver(podClass));
    while (this.classes.length < id) this.classes.push(undefined);
    this.classes[id] = budgets;
    return budgets;
  }

  private watchedOver(podClass: PodClass): WatchedBudget[] {
    return this.cluster.budgetsOfClass(podClass).map((budget) => this.of(budget));
  }
}

/** The budgets that count the pods of one class: one as a rule, so that the first is at hand. */
class ClassBudgets {
  readonly podClass: PodClass;
  /** The first by name. */
  first: WatchedBudget | undefined = undefined;
  /** Where the first counts the owner of the pods. */
  private owner: OwnerCount | undefined = undefined;
  private others: readonly WatchedBudget[] = [];

  constructor(podClass: PodClass) {
    this.podClass = podClass;
  }

  /** Takes note of which budgets there are. */
  set([first, ...others]: readonly WatchedBudget[]): void {
    this.first = first;
    this.owner = first?.ownerOf(this.podClass);
    this.others = others;
  }

  add(serves: number): void {
    const { podClass, others } = this;
    this.first?.add(podClass, this.owner, serves);
    for (const watched of others) watched.add(podClass, watched.ownerOf(podClass), serves);
  }

  remove(serves: number): void {
    this.first?.remove(this.owner, serves);
    for (const watched of this.others) watched.remove(watched.ownerOf(this.podClass), serves);
  }

  /** One pod more serves (1), or one less (-1). */
  serve(change: number): void {
    if (!this.first) return;
    this.first.serving += change;
    for (const watched of this.others) watched.serving += change;
  }
}
