import type { LabelSelector, Labels } from '../cluster/LabelSelector.ts';

/**
 * Two indexes by label: one of objects that have labels, one of selectors. Finding the candidates for a match costs as much as there are
 * candidates, however many other objects exist.
 *
 * A selector is filed under each value of its first In requirement, or under its namespace if it has none.
 */
export class LabelFiles<Labelled, Selecting> {
  private readonly labelled = new Map<string, Files<Labelled>>();
  private readonly selecting = new Map<string, Files<Selecting>>();

  addLabelled(namespace: string, labels: Labels, entry: Labelled): void {
    const files = filesOf(this.labelled, namespace);
    files.others.push(entry);
    for (const key of Object.keys(labels)) file(files, key, labels[key] ?? '', entry);
  }

  addSelecting(namespace: string, selector: LabelSelector, entry: Selecting): void {
    const files = filesOf(this.selecting, namespace);
    const equality = equalityOf(selector);
    if (!equality) files.others.push(entry);
    else for (const value of new Set(equality.values)) file(files, equality.key, value, entry);
  }

  /** All that `selector` could match; whether it does has still to be checked. */
  couldBeSelected(namespace: string, selector: LabelSelector): readonly Labelled[] {
    const files = this.labelled.get(namespace);
    const equality = equalityOf(selector);
    if (!files || !equality) return files?.others ?? [];
    const byValue = files.byKey.get(equality.key);
    const [value = '', ...more] = equality.values;
    if (more.length === 0) return byValue?.get(value) ?? [];
    return [...new Set(equality.values)].flatMap((one) => byValue?.get(one) ?? []);
  }

  /** Every selector that could match `labels`. */
  couldSelect(namespace: string, labels: Labels): readonly Selecting[] {
    const files = this.selecting.get(namespace);
    if (!files) return [];
    const found = [...files.others];
    for (const key of Object.keys(labels)) found.push(...(files.byKey.get(key)?.get(labels[key] ?? '') ?? []));
    return found;
  }
}

/** The entries of one namespace. */
interface Files<T> {
  /** By key and value of a label. */
  readonly byKey: Map<string, Map<string, T[]>>;
  /** Of labels: all entries; of selectors: those that no value could be found by. */
  readonly others: T[];
}

function filesOf<T>(byNamespace: Map<string, Files<T>>, namespace: string): Files<T> {
  const known = byNamespace.get(namespace);
  if (known) return known;
  const files = { byKey: new Map<string, Map<string, T[]>>(), others: [] };
  byNamespace.set(namespace, files);
  return files;
}

function file<T>({ byKey }: Files<T>, key: string, value: string, entry: T): void {
  const byValue = byKey.get(key);
  const filed = byValue?.get(value);
  if (filed) filed.push(entry);
  else if (byValue) byValue.set(value, [entry]);
  else byKey.set(key, new Map([[value, [entry]]]));
}

function equalityOf({ requirements }: LabelSelector): LabelSelector['requirements'][number] | undefined {
  return requirements.find(({ operator }) => operator === 'In');
}
