import type { LabelSelector, Labels } from '../cluster/LabelSelector.ts';

/**
 * Two card files that meet at labels: whoever has labels, and whoever selects by them. Finding the few that could match costs as much
 * as they are, however many others there are.
 *
 * A selector is filed under each `key=value` of its first In requirement, or under its namespace when it has none.
 */
export class LabelFiles<Labelled, Selecting> {
  private readonly labelled = new Map<string, Labelled[]>();
  private readonly selecting = new Map<string, Selecting[]>();

  addLabelled(namespace: string, labels: Labels, entry: Labelled): void {
    for (const key of keysOfLabels(namespace, labels)) file(this.labelled, key, entry);
  }

  addSelecting(namespace: string, selector: LabelSelector, entry: Selecting): void {
    for (const key of keysOfSelector(namespace, selector)) file(this.selecting, key, entry);
  }

  /** Everyone whom `selector` could match; whether it does is still to be asked. */
  couldBeSelected(namespace: string, selector: LabelSelector): readonly Labelled[] {
    return keysOfSelector(namespace, selector).flatMap((key) => this.labelled.get(key) ?? []);
  }

  /** Every selector that could match `labels`. */
  couldSelect(namespace: string, labels: Labels): readonly Selecting[] {
    if (this.selecting.size === 0) return [];
    return keysOfLabels(namespace, labels).flatMap((key) => this.selecting.get(key) ?? []);
  }
}

function file<T>(files: Map<string, T[]>, key: string, entry: T): void {
  const filed = files.get(key);
  if (filed) filed.push(entry);
  else files.set(key, [entry]);
}

function keysOfLabels(namespace: string, labels: Labels): string[] {
  return [`${namespace}/`, ...Object.entries(labels).map(([key, value]) => `${namespace}/${key}=${value}`)];
}

function keysOfSelector(namespace: string, { requirements }: LabelSelector): string[] {
  const equality = requirements.find(({ operator }) => operator === 'In');
  return equality ? [...new Set(equality.values)].map((value) => `${namespace}/${equality.key}=${value}`) : [`${namespace}/`];
}
