import { type LabelSelector, type Labels, selectorMatches } from './LabelSelector.ts';
import { ClassTable, type PodClass } from './PodClass.ts';
import { Remembered } from './Remembered.ts';

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
  private readonly byNamespace = new Map<string, Map<string, T[]>>();
  private readonly answers = new ClassTable((podClass) => this.find(podClass));
  private readonly onlyOnes = new ClassTable((podClass) => this.findOnlyOne(podClass));

  /** Files `object` under its present selector. */
  add(object: T): void {
    this.forget();
    const { namespace, selector } = object;
    const files = this.byNamespace.get(namespace) ?? new Map<string, T[]>();
    this.byNamespace.set(namespace, files);
    for (const label of filingLabels(selector)) {
      const filed = files.get(label);
      if (filed) filed.push(object);
      else files.set(label, [object]);
    }
  }

  /** Takes `object` out; must be called before its selector changes. */
  remove(object: T): void {
    this.forget();
    const files = this.byNamespace.get(object.namespace);
    for (const label of filingLabels(object.selector)) {
      const filed = files?.get(label);
      if (filed?.includes(object)) filed.splice(filed.indexOf(object), 1);
    }
  }

  /** The objects in the namespace of a class of pods whose selector holds for their labels now, by name. */
  selecting(podClass: PodClass): readonly T[] {
    return this.answers.of(podClass);
  }

  /** The one object that selects pods of a class, stored without a list; null when there is none or several. */
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
    const files = this.byNamespace.get(namespace);
    if (!files) return found;
    addMatching(files.get(ANY), labels, found);
    for (const label of pairsOf.of(labels)) addMatching(files.get(label), labels, found);
    return found.length > 1 ? found.sort(byName) : found;
  }
}

/** Adds to `found` those of `filed` whose selector holds for `labels`. */
function addMatching<T extends Selecting>(filed: readonly T[] | undefined, labels: Labels, found: T[]): void {
  if (!filed) return;
  for (const object of filed) if (object.selector && selectorMatches(object.selector, labels)) found.push(object);
}

/** Where objects are filed whose selector has no In requirement: labels themselves have a `=`. */
const ANY = '';

/** The labels of a pod as they are filed. */
const pairsOf = new Remembered((labels: Labels) => Object.entries(labels).map(([key, value]) => `${key}=${value}`));

/** Under which labels an object with `selector` is filed. */
function filingLabels(selector: LabelSelector | undefined): readonly string[] {
  return selector ? filingLabelsOf.of(selector) : [];
}

const filingLabelsOf = new Remembered(({ requirements }: LabelSelector) => {
  const equality = requirements.find(({ operator }) => operator === 'In');
  return equality ? [...new Set(equality.values)].map((value) => `${equality.key}=${value}`) : [ANY];
});

function byName(a: Selecting, b: Selecting): number {
  return a.name < b.name ? -1 : 1;
}
