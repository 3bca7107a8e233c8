/**
 * Applies a strategic merge patch to an object: maps are merged key by key, `null` removes a key, lists of named things (containers,
 * volumes, ports …) are merged by name, and other lists are replaced.
 * @see kubernetes/apimachinery pkg/util/strategicpatch/patch.go
 */
export function strategicMerge(target: unknown, patch: unknown): unknown {
  if (isNamedList(patch) && (target === undefined || isNamedList(target))) return mergeLists(target ?? [], patch);
  if (!isMap(patch)) return patch;
  const merged: Record<string, unknown> = isMap(target) ? { ...target } : {};
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete merged[key];
    else merged[key] = strategicMerge(merged[key], value);
  }
  return merged;
}

type Named = Readonly<Record<string, unknown>> & { readonly name: string };

function mergeLists(target: readonly Named[], patch: readonly Named[]): Named[] {
  const removed = new Set(patch.filter((item) => item.$patch === 'delete').map(({ name }) => name));
  const wanted = patch.filter(({ name }) => !removed.has(name));
  const kept = target.filter(({ name }) => !removed.has(name));
  const changed = kept.map((item) => {
    const change = wanted.find(({ name }) => name === item.name);
    return change ? { ...item, ...asMap(strategicMerge(item, change)), name: item.name } : item;
  });
  return [...changed, ...wanted.filter(({ name }) => !kept.some((item) => item.name === name))];
}

function asMap(value: unknown): Readonly<Record<string, unknown>> {
  return isMap(value) ? value : {};
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isNamedList(value: unknown): value is readonly Named[] {
  return Array.isArray(value) && value.every((item) => isMap(item) && typeof item.name === 'string');
}
