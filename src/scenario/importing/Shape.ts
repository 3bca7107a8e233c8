import { isFields } from '../kubernetes/objectsOf.ts';

/**
 * What a kept text is, for its replacement by a pseudonym. `value` is none: a number, a time, a word of the API. `present` keeps only that
 * something is there, and `remark` is a text that nothing follows from.
 */
export type Role =
  | 'value'
  | 'present'
  | 'remark'
  | 'word'
  | 'node'
  | 'namespace'
  | 'object'
  | 'claim'
  | 'claimPart'
  | 'volume'
  | 'image'
  | 'address'
  | 'driver'
  | 'priorityClass'
  | 'scheduler'
  | 'labelKey'
  | 'condition'
  | 'kind'
  | 'owner'
  | 'labels'
  | 'annotations'
  | 'requirement'
  | 'resources'
  | 'resource'
  | 'disrupted';

/** Which parts of a value are kept: a text by its role, every entry of a list, or some fields of an object and maybe all others. */
export type Shape = Role | readonly [Shape] | FieldShapes;

/** Fields by name; what is not among them is dropped, or has the shape of `others`. */
export interface FieldShapes {
  readonly fields: Readonly<Record<string, Shape>>;
  readonly others?: Shape;
}

/** Where a value stands: what is around it may decide what it means. */
export interface Place {
  /** Of the object that it is a part of. */
  readonly namespace: string;
}

/** What becomes of a kept value in a role; undefined drops it. */
export type Rename = (role: Role, value: unknown, place: Place) => unknown;

/** The parts of `value` that have a shape, each as `rename` gives it. Nulls are dropped, since readers take them for absent fields. */
export function keepParts(value: unknown, shape: Shape, rename: Rename, place: Place): unknown {
  if (value === null || value === undefined) return undefined;
  if (typeof shape === 'string') return rename(shape, value, place);
  if (isList(shape)) {
    const [each] = shape;
    if (!Array.isArray(value)) return undefined;
    return value.map((entry) => keepParts(entry, each, rename, place)).filter((entry) => entry !== undefined);
  }
  return isFields(value) ? keepFields(value, shape, rename, place) : undefined;
}

function isList(shape: readonly [Shape] | FieldShapes): shape is readonly [Shape] {
  return Array.isArray(shape);
}

function keepFields(value: Readonly<Record<string, unknown>>, shape: FieldShapes, rename: Rename, place: Place): Record<string, unknown> {
  const kept: Record<string, unknown> = {};
  for (const [name, field] of Object.entries(value)) {
    const own = Object.hasOwn(shape.fields, name) ? shape.fields[name] : shape.others;
    const part = own === undefined ? undefined : keepParts(field, own, rename, place);
    if (part !== undefined) kept[name] = part;
  }
  return kept;
}
