import type { LocatedObject } from '../LocatedObject.ts';
import { dottedPath, shownPath } from '../Reading.ts';

/** An object of an input with its kind, its API group and its path inside the document it came from. */
export interface FoundObject {
  readonly kind: string;
  readonly group: string;
  readonly name: string;
  readonly namespace: string;
  readonly value: unknown;
  readonly located: LocatedObject;
  readonly path: readonly PropertyKey[];
}

/**
 * The `path` within an object as people write it: relative to the scenario for an object that is a part of it, otherwise to its own
 * document.
 */
export function pathIn({ located: { within }, path: start }: FoundObject, path: readonly PropertyKey[]): string {
  const whole = [...start, ...path];
  return within ? shownPath([...within, ...whole]) : dottedPath(whole);
}

/**
 * The objects of a document: itself, or the items of a `List` (also of a `PodList` and so on, whose items need not name their kind) and of
 * the lists in it. An item without kind is found with an empty one.
 */
export function objectsOf(located: LocatedObject): Generator<FoundObject> {
  return objectsIn(located.value, located, []);
}

function* objectsIn(value: unknown, located: LocatedObject, path: readonly PropertyKey[]): Generator<FoundObject> {
  if (!isFields(value) || !isList(value)) {
    yield found(value, located, path);
    return;
  }
  const { apiVersion, kind, items } = value;
  const inherited =
    kind === 'List' ? {} : { apiVersion: typeof apiVersion === 'string' ? apiVersion : 'v1', kind: kind.slice(0, -'List'.length) };
  for (const [index, item] of (items ?? []).entries()) {
    yield* objectsIn(typeof item === 'object' ? { ...inherited, ...item } : item, located, [...path, 'items', index]);
  }
}

/** An object of which nothing is known but that it has named fields. */
type Fields = Readonly<Record<string, unknown>>;

/** Whether `value` is an object with named fields. */
export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isList(value: Fields): value is Fields & { readonly kind: string; readonly items: readonly unknown[] | null } {
  return typeof value.kind === 'string' && value.kind.endsWith('List') && (value.items === null || Array.isArray(value.items));
}

function found(value: unknown, located: LocatedObject, path: readonly PropertyKey[]): FoundObject {
  const { apiVersion, kind, metadata } = headerOf(value);
  const name = metadata?.name;
  const namespace = metadata?.namespace;
  return {
    kind,
    group: apiVersion.includes('/') ? (apiVersion.split('/')[0] ?? '') : '',
    name: typeof name === 'string' ? name : '',
    namespace: typeof namespace === 'string' && namespace !== '' ? namespace : 'default',
    value,
    located,
    path,
  };
}

/** What every object has; an empty kind for what is no object. */
function headerOf(value: unknown): { readonly apiVersion: string; readonly kind: string; readonly metadata?: Fields } {
  const { apiVersion, kind, metadata } = isFields(value) ? value : {};
  if (typeof apiVersion !== 'string' || typeof kind !== 'string') return NO_HEADER;
  if (metadata === undefined || metadata === null) return { apiVersion, kind };
  return isFields(metadata) ? { apiVersion, kind, metadata } : NO_HEADER;
}

const NO_HEADER = { apiVersion: '', kind: '' };
