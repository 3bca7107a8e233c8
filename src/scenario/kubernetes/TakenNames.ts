import { kinds, type ObjectDrafts } from './kinds.ts';

/** Which object a name belongs to; the namespace counts only for kinds that have one. */
export interface Identity {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
}

/** Names that objects of an input have, by kind and namespace: each may be taken once. */
export class TakenNames {
  private readonly names = new Map<string, Set<string>>();

  /** Takes the name. @returns whether it was free. */
  take({ kind, namespace, name }: Identity): boolean {
    const scope = scopeOf(kind, namespace);
    const names = this.names.get(scope) ?? new Set();
    this.names.set(scope, names);
    const before = names.size;
    names.add(name);
    return names.size > before;
  }

  /** Takes the names of all `drafts`, or none of them if one is taken, and says which. */
  takeAll(drafts: ObjectDrafts): 'all' | 'none' {
    for (const identity of identitiesOf(drafts)) if (this.isTaken(identity)) return 'none';
    for (const identity of identitiesOf(drafts)) this.take(identity);
    return 'all';
  }

  /** Whether an object, valid or faulty, has the name. */
  isTaken({ kind, namespace, name }: Identity): boolean {
    return this.names.get(scopeOf(kind, namespace))?.has(name) ?? false;
  }
}

function scopeOf(kind: string, namespace: string): string {
  return kinds[kind]?.isNamespaced ? `${kind}/${namespace}` : kind;
}

function* identitiesOf(drafts: ObjectDrafts): Generator<Identity> {
  for (const [kind, { listOf }] of Object.entries(kinds)) {
    for (const { kind: own = kind, namespace = '', name } of listOf(drafts)) if (own === kind) yield { kind, namespace, name };
  }
}
