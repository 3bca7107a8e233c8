declare const unit: unique symbol;

/** Whole milliseconds since t = 0 of a run. */
export type Instant = number & { readonly [unit]: 'Instant' };
/** A length of time in whole milliseconds; never negative. */
export type Duration = number & { readonly [unit]: 'Duration' };
/** Thousandths of a CPU, whole. */
export type MilliCpu = number & { readonly [unit]: 'MilliCpu' };
/** Whole bytes. */
export type Bytes = number & { readonly [unit]: 'Bytes' };

/** t = 0. */
export const START = 0 as Instant;
/** No time at all. */
export const ZERO = 0 as Duration;
/** Later than every instant and longer than every duration of a run. */
export const NEVER = Number.POSITIVE_INFINITY as Instant & Duration;

/** Rounds `value` to a whole number of milliseconds. */
export function milliseconds(value: number): Duration {
  return Math.round(value) as Duration;
}

/** A duration of `value` seconds, rounded to whole milliseconds. */
export function seconds(value: number): Duration {
  return milliseconds(value * 1000);
}

/** A duration of `value` minutes, rounded to whole milliseconds. */
export function minutes(value: number): Duration {
  return milliseconds(value * 60_000);
}

/** The instant `milliseconds` after t = 0. */
export function instant(milliseconds: number): Instant {
  return Math.round(milliseconds) as Instant;
}

/** `at` moved later by `by`. */
export function after(at: Instant, by: Duration): Instant {
  return (at + by) as Instant;
}

/** Time from `from` to `to`; `from` must not be later. */
export function between(from: Instant, to: Instant): Duration {
  return (to - from) as Duration;
}

/** Seconds as reports write them: a plain number with at most three decimals. */
export function toSeconds(value: Duration | Instant): number {
  return value / 1000;
}

const DURATION_PART = /(\d+(?:\.\d+)?)(ms|s|m|h|d)/gy;
const MILLISECONDS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/**
 * Reads a duration such as `90s`, `1h30m`, `1.5h` or `0s`; units are `ms`, `s`, `m`, `h`, `d`, largest first not required.
 * @returns undefined when `text` is no duration (also for a negative one or a bare number).
 */
export function parseDuration(text: string): Duration | undefined {
  let total = 0;
  let end = 0;
  DURATION_PART.lastIndex = 0;
  for (let match = DURATION_PART.exec(text); match; match = DURATION_PART.exec(text)) {
    total += Number(match[1]) * (MILLISECONDS[match[2] ?? ''] ?? Number.NaN);
    end = DURATION_PART.lastIndex;
  }
  return end === text.length && end > 0 ? milliseconds(total) : undefined;
}

/** Writes a duration the way people read it: `1h 32m`, `8m 5s`, `12.5s`, `0s`; hours drop the seconds. */
export function formatDuration(value: Duration): string {
  if (!Number.isFinite(value)) return 'never';
  if (value < 60_000) return `${Number((value / 1000).toFixed(value < 10_000 ? 2 : 1))}s`;
  const whole = Math.round(value / 1000);
  const [h, m, s] = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60), whole % 60];
  const parts =
    h > 0
      ? [
          [h, 'h'],
          [m, 'm'],
        ]
      : [
          [m, 'm'],
          [s, 's'],
        ];
  return parts
    .filter(([amount], index) => index === 0 || amount !== 0)
    .map(([amount, letter]) => `${amount}${letter}`)
    .join(' ');
}

/** Writes a duration as Go does, and so the messages of kubectl: `12s`, `1m30s`, `1h0m0s`, `1.5s`, `500ms`. */
export function formatGoDuration(value: Duration): string {
  if (value > 0 && value < 1000) return `${value}ms`;
  const [h, m, s] = [Math.floor(value / 3_600_000), Math.floor(value / 60_000) % 60, (value % 60_000) / 1000];
  return `${h > 0 ? `${h}h` : ''}${h > 0 || m > 0 ? `${m}m` : ''}${s}s`;
}

const counts = new Intl.NumberFormat('en-US');

/** Writes a whole number as sentences do, with its thousands separated: `12,100`. */
export function formatCount(value: number): string {
  return counts.format(value);
}

const QUANTITY = /^([+-]?)(\d+(?:\.\d*)?|\.\d+)(?:([eE][+-]?\d+)|(Ki|Mi|Gi|Ti|Pi|Ei|n|u|m|k|M|G|T|P|E))?$/;
const SUFFIX: Readonly<Record<string, readonly [factor: bigint, divisor: bigint]>> = {
  n: [1n, 1_000_000_000n],
  u: [1n, 1_000_000n],
  m: [1n, 1000n],
  k: [1000n, 1n],
  M: [10n ** 6n, 1n],
  G: [10n ** 9n, 1n],
  T: [10n ** 12n, 1n],
  P: [10n ** 15n, 1n],
  E: [10n ** 18n, 1n],
  Ki: [1n << 10n, 1n],
  Mi: [1n << 20n, 1n],
  Gi: [1n << 30n, 1n],
  Ti: [1n << 40n, 1n],
  Pi: [1n << 50n, 1n],
  Ei: [1n << 60n, 1n],
};

/**
 * Reads a Kubernetes quantity (`500m`, `1.5Gi`, `2e3`, `12`) times `scale`, rounded up to a whole number as `Quantity.ScaledValue` does.
 * @returns undefined when `text` is no quantity.
 * @see kubernetes/apimachinery pkg/api/resource/quantity.go
 */
export function parseQuantity(text: string, scale: 1 | 1000 = 1): number | undefined {
  const match = QUANTITY.exec(text);
  if (!match) return undefined;
  const [, sign, digits = '', exponent, suffix] = match;
  const [whole = '', fraction = ''] = digits.split('.');
  const power = (exponent ? Number(exponent.slice(1)) : 0) - fraction.length;
  if (Math.abs(power) > 100) return undefined;
  const [factor, divisor] = suffix ? (SUFFIX[suffix] ?? [1n, 1n]) : [1n, 1n];
  const numerator = BigInt(`${whole}${fraction}` || '0') * factor * BigInt(scale) * (power > 0 ? 10n ** BigInt(power) : 1n);
  const denominator = divisor * (power < 0 ? 10n ** BigInt(-power) : 1n);
  const magnitude = sign === '-' ? -Number(numerator / denominator) : Number((numerator + denominator - 1n) / denominator);
  return magnitude === 0 ? 0 : magnitude;
}

/** Reads a CPU quantity as thousandths of a CPU, rounded up. */
export function parseMilliCpu(text: string): MilliCpu | undefined {
  return parseQuantity(text, 1000) as MilliCpu | undefined;
}

/** Reads a memory or storage quantity as bytes, rounded up. */
export function parseBytes(text: string): Bytes | undefined {
  return parseQuantity(text) as Bytes | undefined;
}

/** Writes thousandths of a CPU as people do: `7910m`, `4`. */
export function formatMilliCpu(value: MilliCpu): string {
  return value % 1000 === 0 ? String(value / 1000) : `${value}m`;
}

/** Writes bytes with the largest binary suffix that leaves at most one decimal: `28Gi`, `1.5Gi`, `512Mi`. */
export function formatBytes(value: Bytes): string {
  const units = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi'];
  let size: number = value;
  let step = 0;
  while (Math.abs(size) >= 1024 && step < units.length - 1) {
    size /= 1024;
    step += 1;
  }
  return `${Number(size.toFixed(1))}${units[step]}`;
}
