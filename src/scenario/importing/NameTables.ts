/** The tables of names that are replaced, by what their pseudonyms begin with; namespaces are apart. */
export type NameTable = 'app' | 'node' | 'pool' | 'volume' | 'claim' | 'word';

/**
 * Original names and their pseudonyms: `app-012`. Names are noted first; each table then numbers its own in alphabetical order, with as many
 * digits as the largest number has. So pseudonyms compare as the originals do, and whatever a forecast decides by the order of names is
 * decided the same way.
 */
export class NameTables {
  private readonly noted = new Map<string, Set<string>>();
  private numbered: Map<string, ReadonlyMap<string, string>> | undefined = undefined;

  /** The pseudonym of `name`, once all names were noted: see {@link number}. Until then the name is noted. */
  replace(table: NameTable, name: string): string {
    return this.find(table, name) ?? this.note(table, name);
  }

  /** As `replace`, for the name of a namespace. Those that every cluster has stay. */
  replaceNamespace(name: string): string {
    return COMMON_NAMESPACES.includes(name) ? name : (this.find('namespace', name) ?? this.note('namespace', name));
  }

  /** Whether `name` was noted in `table`. */
  has(table: NameTable, name: string): boolean {
    return this.noted.get(table)?.has(name) ?? false;
  }

  /** Gives every name that was noted its pseudonym; no more are noted after that. */
  number(): void {
    this.numbered = new Map([...this.noted].map(([table, names]) => [table, pseudonymsOf(table, [...names])]));
  }

  private find(table: string, name: string): string | undefined {
    if (!this.numbered) return undefined;
    const pseudonym = this.numbered.get(table)?.get(name);
    if (pseudonym === undefined) throw new Error(`a name without a pseudonym among those of ${table}`);
    return pseudonym;
  }

  private note(table: string, name: string): string {
    const names = this.noted.get(table) ?? new Set();
    this.noted.set(table, names.add(name));
    return name;
  }
}

const COMMON_NAMESPACES = ['default', 'kube-node-lease', 'kube-public', 'kube-system'];

function pseudonymsOf(table: string, names: readonly string[]): ReadonlyMap<string, string> {
  const digits = String(names.length).length;
  const sorted = table === 'namespace' ? [...names].sort((a, b) => (`${a}/` < `${b}/` ? -1 : 1)) : [...names].sort();
  const number = (index: number) => String(index + 1).padStart(digits, '0');
  return new Map(sorted.map((name, index) => [name, `${table === 'namespace' ? spaceFor(name) : table}-${number(index)}`]));
}

/** Names of namespaces are compared with those that stay, too. */
function spaceFor(name: string): string {
  if (name < 'default') return 'area';
  return name < 'kube-node-lease' ? 'group' : 'space';
}
