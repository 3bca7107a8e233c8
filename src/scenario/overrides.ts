import { parse } from 'yaml';
import { RollError } from '../errors.ts';

/** New values by dotted path without the leading `spec`, such as `roll.maxUnavailable`. Text is read as YAML (`5`, `true`, `8m`). */
export type Overrides = ReadonlyMap<string, unknown>;

/** A copy of a scenario's document with the values of `overrides`; missing objects on the way are created. */
export function applyOverrides(document: unknown, overrides: Overrides): unknown {
  if (overrides.size === 0) return document;
  const copy: unknown = structuredClone(document);
  for (const [name, value] of overrides) setAt(copy, segmentsOf(name), typeof value === 'string' ? readYaml(name, value) : value);
  return copy;
}

/** The paths in the document that `overrides` replace. */
export function overriddenPaths(overrides: Overrides): readonly (readonly string[])[] {
  return [...overrides.keys()].map(segmentsOf);
}

function segmentsOf(name: string): readonly string[] {
  return ['spec', ...name.split('.')];
}

function readYaml(name: string, text: string): unknown {
  try {
    return parse(text);
  } catch {
    throw new RollError([{ code: 'ARGUMENT_INVALID', path: name, message: 'not a value', hint: 'quote text with special characters' }]);
  }
}

function setAt(root: unknown, path: readonly string[], value: unknown): void {
  let at = root;
  for (const [index, segment] of path.entries()) {
    if (typeof at !== 'object' || at === null) return;
    const next: unknown = Reflect.get(at, segment);
    const isLast = index === path.length - 1;
    if (isLast || typeof next !== 'object' || next === null) {
      const put = isLast ? value : {};
      Object.defineProperty(at, segment, { value: put, enumerable: true, writable: true, configurable: true });
    }
    at = Reflect.get(at, segment);
  }
}
