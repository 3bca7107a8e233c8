import { formatDuration, seconds } from '../units.ts';

const decimals = new Intl.NumberFormat('en-US', { maximumFractionDigits: 2 });

/** Writes a count or a mean with at most two decimals and thousands separated: `1,204`, `0.33`. */
export function writeFigure(value: number): string {
  return Number.isFinite(value) ? decimals.format(value) : 'unknown';
}

/** Writes a length of time given in seconds as people read it. Zero is a dash, so that harm stands out. */
export function writeSeconds(value: number): string {
  return value === 0 ? '-' : formatDuration(seconds(value));
}

/** Writes a moment, in seconds from t = 0, such as `12m 5s`; a dash when it never came. */
export function writeMoment(value: number | null): string {
  return value === null ? '-' : formatDuration(seconds(value));
}

/** Writes a count; zero is a dash, so that harm stands out. */
export function writeCount(value: number): string {
  return value === 0 ? '-' : writeFigure(value);
}

/** Writes a share in [0, 1] as a percentage with at most one decimal; only exactly 0 and 1 are written as 0% and 100%. */
export function writeShare(value: number): string {
  if (value > 0 && value < 0.001) return '<0.1%';
  if (value < 1 && value > 0.999) return '>99.9%';
  return `${Number((value * 100).toFixed(1))}%`;
}

/** `1 node`, `2 nodes`: a count with its noun; the plural takes an s unless it is given. */
export function countOf(count: number, noun: string, plural = `${noun}s`): string {
  return `${writeFigure(count)} ${count === 1 ? noun : plural}`;
}

/**
 * Writes the figure called `name` in its unit, which its name tells: `…Seconds` is a length of time, `…PodSeconds` and the
 * others are plain numbers, means among them with three digits. None of them is below zero, so that the end of an interval that is counts as
 * zero.
 */
export function writeMetric(name: string, value: number): string {
  const amount = Math.max(0, value);
  if (isDuration(name)) return formatDuration(seconds(amount));
  return writeFigure(amount < 100 ? Number(amount.toPrecision(3)) : Math.round(amount));
}

/**
 * `worstOutageSeconds` -> `worst outage`: what a table calls a figure. Pod-seconds keep their unit, because they are not a length of time.
 */
export function metricLabel(name: string): string {
  const bare = isDuration(name) ? name.slice(0, -'Seconds'.length) : name;
  return bare.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

function isDuration(name: string): boolean {
  return name.endsWith('Seconds') && !name.endsWith('PodSeconds');
}
