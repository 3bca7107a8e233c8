import { z } from 'zod';
import type { LocatedObject } from '../LocatedObject.ts';

/** What every Kubernetes object has; everything else depends on its kind. */
export interface KubernetesObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string; readonly [key: string]: unknown };
  readonly [key: string]: unknown;
}

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

const header = z.looseObject({
  apiVersion: z.string(),
  kind: z.string().min(1),
  metadata: z.looseObject({ name: z.unknown().optional(), namespace: z.unknown().optional() }).nullish(),
});
const list = z.object({ apiVersion: z.string().catch('v1'), kind: z.string().endsWith('List'), items: z.array(z.unknown()).nullable() });

/**
 * The objects of a document: itself, or the items of a `List` (also of a `PodList` and so on, whose items need not name their kind).
 * An item without kind is found with an empty one.
 */
export function* objectsOf(located: LocatedObject): Generator<FoundObject> {
  const parsed = list.safeParse(located.value);
  if (!parsed.success) {
    yield found(located.value, located, []);
    return;
  }
  const { apiVersion, kind, items } = parsed.data;
  const inherited = kind === 'List' ? {} : { apiVersion, kind: kind.slice(0, -'List'.length) };
  for (const [index, item] of (items ?? []).entries()) {
    yield found(typeof item === 'object' ? { ...inherited, ...item } : item, located, ['items', index]);
  }
}

function found(value: unknown, located: LocatedObject, path: readonly PropertyKey[]): FoundObject {
  const { data } = header.safeParse(value);
  const [group = ''] = data?.apiVersion.includes('/') ? data.apiVersion.split('/') : [''];
  const { name, namespace } = data?.metadata ?? {};
  return {
    kind: data?.kind ?? '',
    group,
    name: typeof name === 'string' ? name : '',
    namespace: typeof namespace === 'string' && namespace !== '' ? namespace : 'default',
    value,
    located,
    path,
  };
}
