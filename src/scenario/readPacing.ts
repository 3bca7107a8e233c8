import type { MaxUnavailableRule } from '../rolls/Preset.ts';
import type { Pacing } from '../rolls/RollPlan.ts';
import type { Reading } from './Reading.ts';
import { resolveMaxUnavailable } from './resolveMaxUnavailable.ts';
import type { GivenRoll } from './schema/roll.ts';

const PATH = ['spec', 'roll', 'pacing'] as const;

/**
 * Reads `spec.roll.pacing` over what the preset says; another kind than the preset's starts from nothing. What the kind has no use for, and
 * what it lacks, are faults.
 */
export function readPacing(reading: Reading, { pacing: given }: GivenRoll, preset: Pacing, base: number): Pacing {
  if (given === undefined) return preset;
  const { cap, ...named } = typeof given === 'string' ? { kind: given } : given;
  const kind = named.kind ?? preset.kind;
  const pacing = {
    ...(kind === preset.kind ? preset : {}),
    ...named,
    kind,
    ...(cap === undefined ? {} : { cap: readCap(reading, cap, base) }),
  };
  for (const [key, message, hint] of problemsOf(pacing)) reading.refuse({ path: [...PATH, key], message, hint });
  return pacing;
}

/** A cap is written as `maxUnavailable` is. */
const CAP_RULE: MaxUnavailableRule = {
  min: 1,
  max: Number.POSITIVE_INFINITY,
  percent: 'floor',
  percentOf: 'selected',
  fallback: undefined,
};

function readCap(reading: Reading, written: unknown, base: number): number {
  const resolved = resolveMaxUnavailable(written, CAP_RULE, base);
  if (typeof resolved === 'number') return resolved;
  reading.refuse({ path: [...PATH, 'cap'], message: resolved.problem, hint: resolved.hint });
  return 1;
}

type Problem = readonly [key: keyof Pacing, message: string, hint: string];

function problemsOf(pacing: Pacing): Problem[] {
  const { kind, factor, pause = 'none', resumeAfter } = pacing;
  const problems: Problem[] = [];
  if (kind === 'ramp' && factor === undefined)
    problems.push(['factor', 'missing, expected a whole number', 'such as 2 for 1, 2, 4 … nodes']);
  if (kind !== 'ramp')
    problems.push(...unused(pacing, ['first', 'factor', 'cap'], ['only a ramp grows', 'leave it out, or give kind: ramp']));
  if (kind === 'window') problems.push(...unused(pacing, ['interval'], NO_BATCHES));
  if (kind === 'window' && pause !== 'none') problems.push(['pause', ...NO_BATCHES]);
  if (pause === 'none' && resumeAfter !== undefined)
    problems.push(['resumeAfter', 'the roll does not pause', 'give pause: first or every']);
  if (pause !== 'none' && resumeAfter === undefined)
    problems.push(['resumeAfter', 'missing, expected a duration', 'such as 30m: how long it takes until somebody resumes the roll']);
  return problems;
}

const NO_BATCHES = ['a window has no batches', 'leave it out; with soak a finished node keeps its place for a while'] as const;

function unused(pacing: Pacing, keys: readonly (keyof Pacing)[], [message, hint]: readonly [string, string]): Problem[] {
  return keys.filter((key) => pacing[key] !== undefined).map((key) => [key, message, hint]);
}
