import type { Fault, Position } from '../../errors.ts';
import { formatCount } from '../../units.ts';
import { type FoundObject, pathIn } from './objectsOf.ts';

/** The first use of a name and how many there are: plain data. */
export interface Use {
  readonly user: string;
  readonly path: string;
  readonly position: Position;
  count: number;
}

/** Names that objects refer to before it is known whether they exist: the first use of each keeps its place. */
export class References {
  readonly uses = new Map<string, Use>();

  note(name: string, object: FoundObject, path: readonly PropertyKey[]): void {
    const known = this.uses.get(name);
    if (known) known.count += 1;
    else {
      const user = `${object.kind} ${object.namespace}/${object.name}`;
      this.uses.set(name, { user, path: pathIn(object, path), position: object.located.locate([...object.path, ...path]), count: 1 });
    }
  }

  /** Adds uses that were noted elsewhere, after all that are here. */
  add(uses: ReadonlyMap<string, Use>): void {
    for (const [name, use] of uses) {
      const known = this.uses.get(name);
      if (known) known.count += use.count;
      else this.uses.set(name, { ...use });
    }
  }

  /** One fault for each name that `exists` denies; `message` puts it into words. */
  faults(exists: (name: string) => boolean, message: (name: string, user: string) => string, hint: string): Fault[] {
    return [...this.uses]
      .filter(([name]) => !exists(name))
      .map(([name, { user, path, position, count }]) => ({
        code: 'KUBERNETES_CONFLICT',
        path,
        position,
        message: message(name, count > 1 ? `${user} and ${formatCount(count - 1)} more` : user),
        hint,
      }));
  }
}
