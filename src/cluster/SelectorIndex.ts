import { type LabelSelector, type Labels, selectorMatches } from './LabelSelector.ts';
import { ClassTable, type PodClass } from './PodClass.ts';

/** An object that selects pods of its namespace by labels; without a selector it selects none. */
export interface Selecting {
  readonly namespace: string;
  readonly name: string;
  readonly selector: LabelSelector | undefined;
}

/**
 * Finds the objects of one kind that select a pod without asking every one of the cluster.
 *
 * An object is filed under each `key=value` of one of its In requirements, so a pod is compared only with those that share a label with it
 * (and with the few that have no such requirement).
 */
export class SelectorIndex<T extends Selecting> {
  private readonly byLabel = new Map<string, Set<T>>();
  private readonly answers = new ClassTable((podClass) => this.find(podClass));
  private readonly onlyOnes = new ClassTable((podClass) => this.findOnlyOne(podClass));

  /** Files `object` under its present selector. */
  add(object: T): void {
    this.forget();
    for (const key of filingKeys(object)) {
      const filed = this.byLabel.get(key);
      if (filed) filed.add(object);
      else this.byLabel.set(key, new Set([object]));
    }
  }

  /** Takes `object` out; must be called before its selector changes. */
  remove(object: T): void {
    this.forget();
    for (const key of filingKeys(object)) this.byLabel.get(key)?.delete(object);
  }

  /** The objects in the namespace of a class of pods whose selector holds for their labels now, by name. */
  selecting(podClass: PodClass): readonly T[] {
    return this.answers.of(podClass);
  }

  /** The one object that selects pods of a class; null when there is none or several. It is at hand without a list. */
  onlyOne(podClass: PodClass): T | null {
    return this.onlyOnes.of(podClass);
  }

  private forget(): void {
    this.answers.clear();
    this.onlyOnes.clear();
  }

  private findOnlyOne(podClass: PodClass): T | null {
    const [first, second] = this.selecting(podClass);
    return first && !second ? first : null;
  }

  private find({ namespace, labels }: PodClass): T[] {
    const found: T[] = [];
    this.addMatching(`${namespace}/`, labels, found);
    for (const key of Object.keys(labels)) this.addMatching(`${namespace}/${key}=${labels[key] ?? ''}`, labels, found);
    return found.length > 1 ? found.sort(byName) : found;
  }

  /** Adds to `found` those that are filed there and whose selector holds for `labels`. */
  private addMatching(filingKey: string, labels: Labels, found: T[]): void {
    const filed = this.byLabel.get(filingKey);
    if (!filed) return;
    for (const object of filed) if (object.selector && selectorMatches(object.selector, labels)) found.push(object);
  }
}

function filingKeys({ namespace, selector }: Selecting): string[] {
  if (!selector) return [];
  const equality = selector.requirements.find(({ operator }) => operator === 'In');
  return equality ? equality.values.map((value) => `${namespace}/${equality.key}=${value}`) : [`${namespace}/`];
}

function byName(a: Selecting, b: Selecting): number {
  return a.name < b.name ? -1 : 1;
}
