import type { MaxUnavailableRule } from '../rolls/Preset.ts';

/** What is wrong with a `maxUnavailable`, and what to write instead. */
interface Problem {
  readonly problem: string;
  readonly hint: string;
}

/**
 * Resolves `maxUnavailable` to a number of nodes by the rule of a preset: whole numbers in its range, and, where allowed, percentages of
 * `base` nodes up to 100% and never below one node, unless the rule takes 0. A number written as text is refused, as the systems do.
 */
export function resolveMaxUnavailable(written: unknown, rule: MaxUnavailableRule, base: number): number | Problem {
  const hint = hintOf(rule);
  const value = written ?? rule.fallback;
  if (value === undefined) return { problem: 'missing, expected a whole number', hint };
  if (typeof value === 'string' && /^\d+(\.\d+)?%$/.test(value)) return resolveShare(value, rule, base);
  if (typeof value !== 'number') return { problem: 'expected a whole number', hint };
  if (!Number.isInteger(value)) return { problem: 'expected a whole number, found a fraction', hint };
  if (value < rule.min) return { problem: `must be at least ${rule.min}`, hint };
  return value > rule.max ? { problem: `must be at most ${rule.max}`, hint } : value;
}

/** Counts in whole numbers: 18.4 times 375 is not quite 6900 in floating point. */
function resolveShare(text: string, rule: MaxUnavailableRule, base: number): number | Problem {
  if (rule.percent === 'refused') return { problem: 'a percentage is not taken here', hint: hintOf(rule) };
  if (Number.parseFloat(text) > 100) return { problem: 'must be at most 100%', hint: hintOf(rule) };
  const [whole = '', fraction = ''] = text.slice(0, -1).split('.');
  const [dividend, divisor] = [Number(whole + fraction) * base, 100 * 10 ** fraction.length];
  const rest = dividend % divisor;
  const floor = (dividend - rest) / divisor;
  return Math.min(Math.max(rest > 0 && rule.percent === 'ceil' ? floor + 1 : floor, Math.min(1, rule.min)), rule.max);
}

function hintOf({ min, max, percent }: MaxUnavailableRule): string {
  const range = Number.isFinite(max) ? `${min} to ${max}` : `from ${min}`;
  return `a whole number ${range}${percent === 'refused' ? '' : ', or a percentage such as 30%'}`;
}
