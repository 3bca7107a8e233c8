import type { z } from 'zod';
import type { ErrorCode } from '../errors.ts';
import { knownHint } from './nearest.ts';
import type { KnownKeys } from './schema/closed.ts';

/** A fault of a checked value, its path from the root of that value; `part` says whether its key or its value is wrong. */
export interface SchemaFault {
  readonly code: ErrorCode;
  readonly path: readonly PropertyKey[];
  readonly part: 'key' | 'value';
  readonly message: string;
  /** undefined: nothing better than to look up what belongs there. */
  readonly hint: string | undefined;
}

type Issue = z.core.$ZodIssue;

/**
 * The faults that a schema of `schema/` found in `value`, in the words of this program, with `code` for all but unknown keys. No message
 * repeats a value: it might be a secret.
 */
export function schemaFaults(issues: readonly Issue[], value: unknown, code: ErrorCode): SchemaFault[] {
  const telling = issues.filter((issue) => !isSafeBound(issue) || !issues.some((other) => other !== issue && isBoundOf(other, issue.path)));
  return telling.flatMap((issue) => faultsOf(issue, value, code));
}

/** Whether a whole number is too large for its digits to be exact, a bound that follows from the format and not from a schema. */
function isSafeBound(issue: Issue): boolean {
  if (issue.code === 'too_big') return issue.maximum === Number.MAX_SAFE_INTEGER;
  return issue.code === 'too_small' && issue.minimum === Number.MIN_SAFE_INTEGER;
}

function isBoundOf({ code, path }: Issue, value: readonly PropertyKey[]): boolean {
  const isOfValue = path.length === value.length && path.every((segment, index) => segment === value[index]);
  return isOfValue && (code === 'too_big' || code === 'too_small');
}

function faultsOf(issue: Issue, value: unknown, code: ErrorCode): SchemaFault[] {
  if (issue.code === 'unrecognized_keys') return unknownKeys(issue);
  if (issue.code === 'invalid_union') return unionFaults(issue, value, code);
  const given = valueAt(value, issue.path);
  return [{ code, path: issue.path, part: 'value', message: messageOf(issue, given), hint: hintOf(issue, given) }];
}

function unknownKeys(issue: z.core.$ZodIssueUnrecognizedKeys): SchemaFault[] {
  const { known, elsewhere }: KnownKeys = JSON.parse(issue.message);
  return issue.keys.map((key) => ({
    code: 'SCENARIO_UNKNOWN_KEY' as const,
    path: [...issue.path, key],
    part: 'key' as const,
    message: `unknown key "${key}"`,
    hint: elsewhere[key] ?? knownHint(key, known),
  }));
}

/** The faults of the branch that the value was probably meant for: the one whose type it has. */
function unionFaults(issue: z.core.$ZodIssueInvalidUnion, value: unknown, code: ErrorCode): SchemaFault[] {
  const given = valueAt(value, issue.path);
  const meant = issue.errors.find((branch) => !branch.some((inner) => isOfOtherType(inner, given)));
  if (meant) {
    const inner = meant.map((each) => ({ ...each, path: [...issue.path, ...each.path] }));
    return schemaFaults(inner, value, code);
  }
  const types = issue.errors.flatMap((branch) =>
    branch.flatMap((inner) => (inner.code === 'invalid_type' ? [typeName(inner.expected)] : [])),
  );
  const expected = [...new Set(types)].join(' or ');
  return [{ code, path: issue.path, part: 'value', message: wrongType(expected, given), hint: typeHint(expected, given) }];
}

/** Whether `issue` says that the whole of `given` is of another type, as words are than an object. */
function isOfOtherType({ code, path }: Issue, given: unknown): boolean {
  if (path.length > 0) return false;
  return code === 'invalid_type' || (code === 'invalid_value' && typeof given === 'object');
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  let at = value;
  for (const segment of path) {
    if (typeof at !== 'object' || at === null) return undefined;
    at = Reflect.get(at, segment);
  }
  return at;
}

function messageOf(issue: Issue, given: unknown): string {
  switch (issue.code) {
    case 'invalid_type':
      if (issue.expected === 'never') return 'this version does not model it';
      return wrongType(typeName(issue.expected), given);
    case 'invalid_value':
      return given === undefined ? 'missing' : 'not one of the known values';
    case 'too_small':
      return `must ${verbFor(issue.origin)} ${issue.inclusive === false ? 'above' : 'at least'} ${amountOf(issue.minimum, issue.origin)}`;
    case 'too_big':
      return `must ${verbFor(issue.origin)} at most ${amountOf(issue.maximum, issue.origin)}`;
    case 'invalid_key':
      return 'not a valid key';
    default:
      return issue.message;
  }
}

function wrongType(expected: string, given: unknown): string {
  if (given === undefined) return `missing, expected ${expected}`;
  return `expected ${expected}, found ${kindOf(given)}`;
}

const TYPE_NAMES: Readonly<Record<string, string>> = {
  string: 'text',
  int: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
  object: 'an object',
  record: 'an object',
  array: 'a list',
};

function typeName(expected: string): string {
  return TYPE_NAMES[expected] ?? expected;
}

function kindOf(value: unknown): string {
  if (value === null) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'number' && !Number.isInteger(value)) return 'a fraction';
  return TYPE_NAMES[typeof value] ?? typeof value;
}

/** The verb for a bound: a number must be at least so much, a text or a list must have at least so many. */
function verbFor(origin: string): 'be' | 'have' {
  return UNITS[origin] === undefined ? 'be' : 'have';
}

const UNITS: Readonly<Record<string, string>> = { string: 'character', array: 'item' };

function amountOf(bound: number | bigint, origin: string): string {
  const unit = UNITS[origin];
  return unit === undefined ? String(bound) : `${bound} ${unit}${bound === 1 ? '' : 's'}`;
}

function hintOf(issue: Issue, given: unknown): string | undefined {
  switch (issue.code) {
    case 'invalid_value':
      if (typeof given === 'number') return `put it in quotes. Known: ${issue.values.join(', ')}`;
      return knownHint(typeof given === 'string' ? given : '', issue.values.map(String));
    case 'invalid_type':
      return issue.expected === 'never' ? 'leave it out' : typeHint(typeName(issue.expected), given);
    case 'too_small':
      return issue.inclusive === false ? `give more than ${issue.minimum}` : `give ${amountOf(issue.minimum, issue.origin)} or more`;
    case 'too_big':
      return `give ${amountOf(issue.maximum, issue.origin)} or less`;
    case 'custom':
      return typeof issue.params?.hint === 'string' ? issue.params.hint : undefined;
    default:
      return undefined;
  }
}

function typeHint(expected: string, given: unknown): string {
  if (given === undefined || given === null) return `give ${expected}`;
  if (expected.startsWith('text') && typeof given === 'number') return 'put it in quotes';
  const isNumeric = typeof given === 'string' && given.trim() !== '' && Number.isFinite(Number(given));
  return isNumeric && expected.includes('number') ? 'leave the quotes out' : `write ${expected} instead`;
}
