import type { LocatedObject } from './LocatedObject.ts';

/** A value that replaces or adds one of a scenario's `spec`, such as `roll.maxUnavailable`. */
export interface Override {
  readonly path: readonly string[];
  readonly value: unknown;
  /** What the user wrote, such as `--roll.maxUnavailable`: where a fault in `value` is said to stand. */
  readonly source: string;
}

/** `document` (a whole scenario) with `overrides` in its `spec`, the last one winning; what is not overridden keeps its position. */
export function overrideScenario(document: LocatedObject, overrides: readonly Override[]): LocatedObject {
  return overrides.reduce(overrideOne, document);
}

function overrideOne({ value, locate }: LocatedObject, override: Override): LocatedObject {
  const target = ['spec', ...override.path];
  return {
    value: withValue(value, target, override.value),
    locate: (path, part) =>
      target.every((name, index) => path[index] === name) ? { file: override.source, line: 1, column: 1 } : locate(path, part),
  };
}

function withValue(container: unknown, [name, ...rest]: readonly string[], value: unknown): unknown {
  if (name === undefined) return value;
  if (Array.isArray(container) && /^\d+$/.test(name)) {
    return container.map((item, index) => (index === Number(name) ? withValue(item, rest, value) : item));
  }
  const fields = typeof container === 'object' && container !== null ? Object.entries(container) : [];
  const inner = fields.find(([key]) => key === name)?.[1];
  return Object.fromEntries([...fields.filter(([key]) => key !== name), [name, withValue(inner, rest, value)]]);
}
