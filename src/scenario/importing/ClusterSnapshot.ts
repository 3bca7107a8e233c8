import { kinds } from '../kubernetes/kinds.ts';
import { type FoundObject, isFields, objectsOf } from '../kubernetes/objectsOf.ts';
import { keptFields } from './keptFields.ts';
import { Pseudonyms } from './Pseudonyms.ts';
import { plainRename } from './plainRename.ts';
import { keepParts, type Rename } from './Shape.ts';

/** The annotation with what chance goes by in place of a node's name: see `Node.lot`. */
const LOT = 'rollcast.io/lot';

/**
 * The objects of a dump as far as a forecast uses them, see `keptFields`; without `anonymize` under their own names.
 *
 * Each node gets its number as its lot, so that whatever chance decides between nodes comes out the same under pseudonyms.
 */
export class ClusterSnapshot {
  private readonly pseudonyms: Pseudonyms | undefined;
  /** Objects under their own names, as JSON. */
  private readonly texts: string[] = [];
  private nodes = 0;

  constructor(naming: 'plain' | 'anonymous') {
    this.pseudonyms = naming === 'anonymous' ? new Pseudonyms() : undefined;
  }

  /** Takes in an object; one of a kind that is not used leaves nothing. */
  add(found: FoundObject): void {
    const shape = keptFields[found.kind];
    if (!shape || kinds[found.kind]?.group !== found.group) return;
    this.pseudonyms?.note(found);
    const kept = keepParts(found.value, shape, plainRename, found);
    const object = found.kind === 'Node' && isFields(kept) ? this.withLot(kept) : kept;
    if (this.pseudonyms) keepParts(object, shape, renameBy(this.pseudonyms), found);
    this.texts.push(JSON.stringify(object));
  }

  /** What a pool is called in the snapshot; as all that follows, only after {@link finish}. */
  poolName(pool: string): string {
    return this.pseudonyms ? this.pseudonyms.poolName(pool) : pool;
  }

  nodeName(name: string): string {
    return this.pseudonyms ? this.pseudonyms.nodeName(name) : name;
  }

  /** A Kubernetes `List` with an object per line, in pieces. */
  *pieces(): Generator<string> {
    yield '{"apiVersion":"v1","kind":"List","items":[';
    for (const [index, text] of this.texts.entries()) yield `${index === 0 ? '' : ','}\n${this.renamed(text)}`;
    yield '\n]}\n';
  }

  /** To be called once, when all objects are there. */
  finish(): void {
    this.pseudonyms?.number();
  }

  private renamed(text: string): string {
    if (!this.pseudonyms) return text;
    const rename = renameBy(this.pseudonyms);
    const value: unknown = JSON.parse(text);
    const [found] = objectsOf({ value, locate: () => ({ file: '', line: 1, column: 1 }) });
    const shape = found && keptFields[found.kind];
    return shape ? JSON.stringify(keepParts(value, shape, rename, found)) : '';
  }

  /** A node with its lot; a snapshot that is imported again keeps those that it has. */
  private withLot(node: Fields): Fields {
    this.nodes += 1;
    const metadata = isFields(node.metadata) ? node.metadata : {};
    const annotations = isFields(metadata.annotations) ? metadata.annotations : {};
    return { ...node, metadata: { ...metadata, annotations: { [LOT]: String(this.nodes), ...annotations } } };
  }
}

type Fields = Readonly<Record<string, unknown>>;

function renameBy(pseudonyms: Pseudonyms): Rename {
  return (role, value, place) => pseudonyms.replace(role, value, place);
}
