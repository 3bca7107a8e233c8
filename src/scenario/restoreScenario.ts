import { RollError } from '../errors.ts';
import { ARCHIVE_VERSION } from './archiveScenario.ts';
import { deepFreeze } from './deepFreeze.ts';
import type { Scenario } from './Scenario.ts';

/** A scenario that was kept, and the version of the program that kept it. */
export interface RestoredScenario {
  readonly rollcast: string;
  readonly scenario: Scenario;
}

/**
 * Reads what `archiveScenario` wrote; objects that were shared are shared again. `file` is what faults name.
 * @throws RollError `ARCHIVE_INVALID` when `text` is no such archive.
 */
export function restoreScenario(text: string, file: string): RestoredScenario {
  const [head, ...parts] = partsOf(text, file);
  if (!isObject(head) || head.archiveVersion !== ARCHIVE_VERSION) throw invalid(file, 'was written by another version of rollcast');
  const shared: unknown[] = [];
  for (const part of parts) shared.push(decode(part, shared));
  const scenario = shared.at(-1);
  if (!isScenario(scenario)) throw invalid(file, 'holds no scenario');
  return { rollcast: String(head.rollcast), scenario: deepFreeze(scenario) };
}

function partsOf(text: string, file: string): unknown[] {
  try {
    const parts: unknown = JSON.parse(text);
    if (Array.isArray(parts)) return parts;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw invalid(file, 'is no archive of a scenario');
}

function decode(value: unknown, shared: readonly unknown[]): unknown {
  if (Array.isArray(value)) return value.map((part) => decode(part, shared));
  if (!isObject(value)) return value;
  if (typeof value.$ref === 'number') return shared[value.$ref];
  if (typeof value.$number === 'string') return Number(value.$number);
  if (value.$undefined === true) return undefined;
  if (Array.isArray(value.$map)) return new Map(value.$map.map(([key, of]: unknown[]) => [decode(key, shared), decode(of, shared)]));
  return Object.fromEntries(Object.entries(value).map(([key, field]) => [key.replace(/^\$/, ''), decode(field, shared)]));
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

/** Looks only at the outline: an archive is written by this program, not by people. */
function isScenario(value: unknown): value is Scenario {
  return isObject(value) && isObject(value.cluster) && isObject(value.roll) && isObject(value.timing) && typeof value.seed === 'string';
}

function invalid(file: string, what: string): RollError {
  return new RollError([{ code: 'ARCHIVE_INVALID', message: `${file} ${what}`, hint: 'make the report again: rollcast run SCENARIO' }]);
}
