import type { MaxUnavailableRule, Preset } from '../rolls/Preset.ts';
import type { Pacing } from '../rolls/RollPlan.ts';
import { formatDuration, ZERO } from '../units.ts';
import type { Reading } from './Reading.ts';
import { resolveMaxUnavailable } from './resolveMaxUnavailable.ts';
import type { GivenRoll } from './schema/roll.ts';

const PATH = ['spec', 'roll', 'pacing'] as const;

/**
 * Reads `spec.roll.pacing` over what the preset says; another kind than the preset's starts from nothing. What the kind has no use for, and
 * what it lacks, are faults.
 */
export function readPacing(reading: Reading, { pacing: given }: GivenRoll, system: Preset, base: number): Pacing {
  const preset = system.knobs.pacing;
  if (given === undefined) return preset;
  const { cap: writtenCap, ...named } = typeof given === 'string' ? { kind: given } : given;
  const kind = named.kind ?? preset.kind;
  const cap = writtenCap === undefined ? undefined : readCap(reading, writtenCap, base);
  const written = { ...(kind === preset.kind ? preset : {}), ...named, kind, ...(cap === undefined ? {} : { cap }) };
  const pacing = withoutIgnored(reading, written, system);
  const problems = [...problemsOf(pacing), ...problemsOfInterval(pacing, system)];
  for (const [key, message, hint] of problems) reading.refuse({ path: [...PATH, key], message, hint });
  return pacing;
}

/** `pacing` without what the system ignores, with a warning: a break between batches where the roll pauses anyway. */
function withoutIgnored(reading: Reading, pacing: Pacing, { name, interval: rule }: Preset): Pacing {
  const { interval, pause = 'none' } = pacing;
  if (!rule || interval === undefined || pause === 'none') return pacing;
  reading.warnings.push({
    code: 'INTERVAL_IGNORED',
    severity: 'warning',
    object: `Roll/${name}`,
    message: `${name} ignores the break of ${formatDuration(interval)} between batches in a roll that pauses`,
    hint: 'leave roll.pacing.interval out, or give pause: none',
  });
  const { interval: _, ...rest } = pacing;
  return rest;
}

/** A cap is written as `maxUnavailable` is. */
const CAP_RULE: MaxUnavailableRule = {
  min: 1,
  max: Number.POSITIVE_INFINITY,
  percent: 'floor',
  percentOf: 'selected',
  fallback: undefined,
};

function readCap(reading: Reading, written: unknown, base: number): number | undefined {
  const resolved = resolveMaxUnavailable(written, CAP_RULE, base);
  if (typeof resolved === 'number') return resolved;
  reading.refuse({ path: [...PATH, 'cap'], message: resolved.problem, hint: resolved.hint });
  return undefined;
}

type Problem = readonly [key: keyof Pacing, message: string, hint: string];

function problemsOf(pacing: Pacing): Problem[] {
  const { kind, first = 1, factor, cap = first, interval, pause = 'none', resumeAfter } = pacing;
  const [isRamp, isWindow] = [kind === 'ramp', kind === 'window'];
  const rules: readonly (readonly [isBroken: boolean, ...Problem])[] = [
    [!isRamp && pacing.first !== undefined, 'first', ...ONLY_A_RAMP],
    [!isRamp && factor !== undefined, 'factor', ...ONLY_A_RAMP],
    [!isRamp && pacing.cap !== undefined, 'cap', ...ONLY_A_RAMP],
    [isRamp && factor === undefined, 'factor', 'missing, expected a whole number', 'such as 2 for 1, 2, 4 … nodes'],
    [isRamp && first > cap, 'first', `must be at most ${cap}, the cap`, 'give a smaller first batch, or a larger cap'],
    [isWindow && interval !== undefined, 'interval', ...NO_BATCHES],
    [isWindow && pause !== 'none', 'pause', ...NO_BATCHES],
    [!isWindow && pause === 'every' && interval !== undefined, 'interval', 'the roll pauses after every batch', 'leave it out'],
    [pause === 'none' && resumeAfter !== undefined, 'resumeAfter', 'the roll does not pause', 'give pause: first or every'],
    [!isWindow && pause !== 'none' && resumeAfter === undefined, 'resumeAfter', 'missing, expected a duration', UNTIL_RESUMED],
  ];
  return rules.flatMap(([isBroken, ...problem]) => (isBroken ? [problem] : []));
}

/** 0s is no break at all, which every system takes. */
function problemsOfInterval({ interval = ZERO }: Pacing, { name, interval: rule }: Preset): Problem[] {
  if (!rule || interval === ZERO || (interval >= rule.least && interval <= rule.most)) return [];
  const range = `${formatDuration(rule.least)} to ${formatDuration(rule.most)}`;
  return [['interval', `must be ${range}`, `${name} takes no other break between batches`]];
}

const ONLY_A_RAMP = ['only a ramp grows', 'leave it out, or give kind: ramp'] as const;
const NO_BATCHES = ['a window has no batches', 'leave it out; with soak a finished node keeps its place for a while'] as const;
const UNTIL_RESUMED = 'such as 30m: how long it takes until somebody resumes the roll';
