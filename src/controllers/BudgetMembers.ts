import type { Cluster } from '../cluster/Cluster.ts';
import type { DisruptionBudget } from '../cluster/DisruptionBudget.ts';
import type { Pod } from '../cluster/Pod.ts';
import { ClassTable, type PodClass } from '../cluster/PodClass.ts';
import { BudgetTally } from './BudgetTally.ts';

/** Which pods each disruption budget selects, counted pod by pod so that no change looks at all pods. */
export class BudgetMembers {
  private readonly cluster: Cluster;
  private readonly tallies = new Map<DisruptionBudget, BudgetTally>();
  private readonly talliesOfClass = new ClassTable((podClass) =>
    this.cluster.budgetsOfClass(podClass).map((budget) => this.tallyOf(budget)),
  );
  /** As what each pod is counted, by its slot. */
  private readonly classes: (PodClass | undefined)[] = [];
  private readonly serves: boolean[] = [];

  /** Starts with everything that `cluster` holds. */
  constructor(cluster: Cluster) {
    this.cluster = cluster;
    for (const pod of cluster.pods.values()) this.count(pod);
  }

  /** How many pods `budget` selects, and what they are like. */
  tallyOf(budget: DisruptionBudget): BudgetTally {
    const known = this.tallies.get(budget);
    if (known) return known;
    const tally = new BudgetTally();
    this.tallies.set(budget, tally);
    return tally;
  }

  /** The pods that `budget` selects, in order of creation; looks at every pod. */
  *podsOf(budget: DisruptionBudget): Generator<Pod> {
    for (const pod of this.cluster.pods.values()) if (this.isMember(pod, budget)) yield pod;
  }

  isMember(pod: Pod, budget: DisruptionBudget): boolean {
    return this.budgetsOf(pod).includes(budget);
  }

  /** The budgets that select `pod`, by name. */
  budgetsOf(pod: Pod): readonly DisruptionBudget[] {
    return this.cluster.budgetsSelecting(pod);
  }

  /** Takes note that `pod` is new, Ready, terminating, or of another class now. */
  count(pod: Pod): void {
    const { slot, podClass, isServing } = pod;
    if (this.classes[slot] === podClass && this.serves[slot] === isServing) return;
    this.forget(pod);
    this.classes[slot] = podClass;
    this.serves[slot] = isServing;
    for (const tally of this.talliesOfClass.of(podClass)) tally.add(podClass, isServing ? 'serving' : 'idle');
  }

  /** Takes note that `pod` is gone. */
  forget({ slot }: Pod): void {
    const podClass = this.classes[slot];
    if (!podClass) return;
    this.classes[slot] = undefined;
    const as = this.serves[slot] ? 'serving' : 'idle';
    for (const tally of this.talliesOfClass.of(podClass)) tally.remove(podClass, as);
  }

  /** Takes note of a new budget, a new selector or a budget that is gone; looks at every pod. */
  recount(budget: DisruptionBudget): void {
    const tally = this.tallyOf(budget);
    tally.clear();
    this.talliesOfClass.clear();
    for (const { slot, podClass, isServing } of this.podsOf(budget)) {
      if (this.classes[slot]) tally.add(podClass, isServing ? 'serving' : 'idle');
    }
  }
}
