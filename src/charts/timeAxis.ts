import { axisTitle } from './frame.ts';
import { ink } from './palette.ts';

/** The unit in which a span of time is read best, and how wide a step between ticks is, in that unit. */
export interface TimeUnit {
  readonly name: 's' | 'min' | 'h';
  readonly seconds: number;
}

const UNITS = [
  { name: 's', seconds: 1 },
  { name: 'min', seconds: 60 },
  { name: 'h', seconds: 3600 },
] as const;

/** Steps people count in, per unit. */
const STEPS: Readonly<Record<TimeUnit['name'], readonly number[]>> = {
  s: [1, 2, 5, 10, 15, 20, 30],
  min: [1, 2, 5, 10, 15, 20, 30, 60],
  h: [0.5, 1, 2, 3, 4, 6, 12, 24, 48],
};

/** Seconds up to two minutes, minutes up to four hours, else hours. */
export function timeUnitFor(spanSeconds: number): TimeUnit {
  if (spanSeconds <= 120) return UNITS[0];
  return spanSeconds <= 4 * 3600 ? UNITS[1] : UNITS[2];
}

/** A horizontal axis from t = 0 to `endSeconds`, with round ticks (at most 16) in the unit that reads best. */
export function timeAxis(endSeconds: number, title = 'Time since the start of the roll') {
  const unit = timeUnitFor(endSeconds);
  const end = Math.max(endSeconds / unit.seconds, 1e-3);
  const steps = STEPS[unit.name];
  return {
    type: 'linear' as const,
    min: 0,
    max: end,
    title: axisTitle(`${title} (${unit.name})`),
    ticks: { stepSize: steps.find((step) => end / step <= 16) ?? end / 10, includeBounds: false, color: ink.soft },
    grid: { color: ink.grid },
  };
}

/** A vertical axis that counts whole things from 0. */
export function countAxis(title: string, color: string = ink.soft) {
  return {
    type: 'linear' as const,
    min: 0,
    suggestedMax: 3,
    grace: '8%',
    title: axisTitle(title, color),
    ticks: { precision: 0, color },
    grid: { color: ink.grid },
  };
}

/** A vertical axis of shares from 0 to 100 %. */
export function shareAxis(title: string) {
  return {
    type: 'linear' as const,
    min: 0,
    max: 100,
    title: axisTitle(`${title} (%)`),
    ticks: { stepSize: 20, color: ink.soft },
    grid: { color: ink.grid },
  };
}
