import type { DisruptionBudgetDescription } from '../../cluster/DisruptionBudget.ts';
import { selectorMatches } from '../../cluster/LabelSelector.ts';
import type { PodGroup } from './PodGroup.ts';

/**
 * Finds the pod groups that a budget selects without asking every group of its namespace. Groups are indexed by their labels, and answers
 * are kept, because several rules ask for the same ones.
 */
export class GroupIndex {
  private readonly byNamespace = new Map<string, PodGroup[]>();
  private readonly byLabel = new Map<string, PodGroup[]>();
  private readonly answers = new Map<DisruptionBudgetDescription, readonly PodGroup[]>();

  constructor(groups: readonly PodGroup[]) {
    for (const group of groups) {
      file(this.byNamespace, group.namespace, group);
      for (const [key, value] of Object.entries(group.labels)) file(this.byLabel, filingKey(group.namespace, key, value), group);
    }
  }

  /** The groups whose labels the selector of `budget` matches, in order of the scenario for a selector by one label value. */
  selectedBy(budget: DisruptionBudgetDescription): readonly PodGroup[] {
    const known = this.answers.get(budget);
    if (known) return known;
    const { selector } = budget;
    const found = selector ? this.candidates(budget).filter(({ labels }) => selectorMatches(selector, labels)) : [];
    this.answers.set(budget, found);
    return found;
  }

  private candidates({ namespace, selector }: DisruptionBudgetDescription): readonly PodGroup[] {
    const equality = selector?.requirements.find(({ operator }) => operator === 'In');
    if (!equality) return this.byNamespace.get(namespace) ?? [];
    return equality.values.flatMap((value) => this.byLabel.get(filingKey(namespace, equality.key, value)) ?? []);
  }
}

function filingKey(namespace: string, key: string, value: string): string {
  return `${namespace}/${key}=${value}`;
}

function file(index: Map<string, PodGroup[]>, key: string, group: PodGroup): void {
  const others = index.get(key);
  if (others) others.push(group);
  else index.set(key, [group]);
}
