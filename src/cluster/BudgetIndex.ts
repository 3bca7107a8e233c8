import type { DisruptionBudget } from './DisruptionBudget.ts';
import { selectorMatches } from './LabelSelector.ts';
import { ClassTable, type PodClass } from './PodClass.ts';

/**
 * Finds the disruption budgets that select a pod without asking every budget of the cluster.
 *
 * A budget is filed under each `key=value` of one of its In requirements, so a pod is compared only with budgets that share a label with it
 * (and with the few budgets that have no such requirement).
 */
export class BudgetIndex {
  private readonly byLabel = new Map<string, Set<DisruptionBudget>>();
  private readonly answers = new ClassTable((podClass) => this.find(podClass));

  /** Files `budget` under its present selector. */
  add(budget: DisruptionBudget): void {
    this.answers.clear();
    for (const key of filingKeys(budget)) {
      const filed = this.byLabel.get(key);
      if (filed) filed.add(budget);
      else this.byLabel.set(key, new Set([budget]));
    }
  }

  /** Takes `budget` out; must be called before its selector changes. */
  remove(budget: DisruptionBudget): void {
    this.answers.clear();
    for (const key of filingKeys(budget)) this.byLabel.get(key)?.delete(budget);
  }

  /** The budgets of the pods' namespace whose selector holds for their labels now, by name. */
  selecting(podClass: PodClass): readonly DisruptionBudget[] {
    return this.answers.of(podClass);
  }

  private find(pod: Labelled): DisruptionBudget[] {
    const found = this.matching(`${pod.namespace}/`, pod);
    for (const [key, value] of Object.entries(pod.labels)) found.push(...this.matching(`${pod.namespace}/${key}=${value}`, pod));
    return found.length > 1 ? found.sort(byName) : found;
  }

  private matching(filingKey: string, pod: Labelled): DisruptionBudget[] {
    const filed = this.byLabel.get(filingKey);
    return filed ? [...filed].filter(({ description: { selector } }) => selector && selectorMatches(selector, pod.labels)) : [];
  }
}

type Labelled = Pick<PodClass, 'namespace' | 'labels'>;

function filingKeys({ namespace, description: { selector } }: DisruptionBudget): string[] {
  if (!selector) return [];
  const equality = selector.requirements.find(({ operator }) => operator === 'In');
  return equality ? equality.values.map((value) => `${namespace}/${equality.key}=${value}`) : [`${namespace}/`];
}

function byName(a: DisruptionBudget, b: DisruptionBudget): number {
  return a.name < b.name ? -1 : 1;
}
