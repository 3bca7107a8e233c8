import type { Scenario } from './Scenario.ts';

/** Version of the archive's form; raised when an older program could no longer read it. */
export const ARCHIVE_VERSION = 1;

/**
 * Writes `scenario` as JSON in pieces, from which {@link restoreScenario} restores exactly the same scenario. The JSON is a list: a head,
 * then every object that is used more than once, and last the scenario itself.
 *
 * What JSON cannot express is an object with one key: `{"$ref": 3}` is the shared object number 3 (0 first), `{"$number": "Infinity"}` a
 * duration that never ends, `{"$map": [[key, value], …]}` a map, `{"$undefined": true}` a value that is not given. A key of the scenario
 * that begins with `$` gets another one in front.
 */
export function* archiveScenario(scenario: Scenario, version: string): Generator<string> {
  const references = new Map<object, number>();
  yield `[${JSON.stringify({ archiveVersion: ARCHIVE_VERSION, rollcast: version })}`;
  for (const shared of sharedObjects(scenario)) {
    yield `,\n${JSON.stringify(encodeFields(shared, references))}`;
    references.set(shared, references.size);
  }
  yield `,\n${JSON.stringify(encodeFields(scenario, references))}]\n`;
}

/** Objects that are reached more than once, each after those that it holds. */
function sharedObjects(root: object): object[] {
  const inOrder: object[] = [];
  const visits = new Map<object, number>();
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    const before = visits.get(value) ?? 0;
    visits.set(value, before + 1);
    if (before > 0) return;
    for (const part of partsOf(value)) visit(part);
    inOrder.push(value);
  };
  visit(root);
  return inOrder.filter((value) => (visits.get(value) ?? 0) > 1 && Object.keys(value).length > 0);
}

function partsOf(value: object): Iterable<unknown> {
  return value instanceof Map ? [...value].flat() : Object.values(value);
}

function encode(value: unknown, references: ReadonlyMap<object, number>): unknown {
  if (value === undefined) return { $undefined: true };
  if (typeof value === 'number' && !Number.isFinite(value)) return { $number: String(value) };
  if (typeof value !== 'object' || value === null) return value;
  const reference = references.get(value);
  return reference === undefined ? encodeFields(value, references) : { $ref: reference };
}

function encodeFields(value: object, references: ReadonlyMap<object, number>): unknown {
  const inner = (part: unknown) => encode(part, references);
  if (Array.isArray(value)) return value.map(inner);
  if (value instanceof Map) return { $map: [...value].map((entry) => entry.map(inner)) };
  if (value instanceof Set || value instanceof Date) throw new Error('a scenario holds nothing but plain data and maps');
  return Object.fromEntries(Object.entries(value).map(([key, field]) => [key.startsWith('$') ? `$${key}` : key, inner(field)]));
}
