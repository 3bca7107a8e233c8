import type { RollFigure } from './rollFigures.ts';

/** A recorded figure beside the range of its forecasts. */
export interface Agreement extends Omit<RollFigure, 'value'> {
  readonly recorded: RollFigure['value'];
  /** Ends of the range of the forecasts; null when it is no number or did not happen. */
  readonly low: number | null;
  readonly high: number | null;
  /** Every forecast that there was, each once, as text. */
  readonly forecasts: readonly string[];
  readonly agrees: boolean;
}

/**
 * Whether the recorded value lies within the range of `forecasts`. For times the range is widened by 2 s or 5 %, for counts by 2 or 10 %,
 * whichever is more. Other numbers must lie within the range itself, and words must be among the forecasts.
 */
export function agreement({ value: recorded, ...about }: RollFigure, forecasts: readonly RollFigure['value'][]): Agreement {
  const numbers = forecasts.filter((value) => typeof value === 'number');
  const [low, high] = numbers.length > 0 ? [Math.min(...numbers), Math.max(...numbers)] : [null, null];
  const texts = [...new Set(forecasts.map(String))];
  const isWithin =
    typeof recorded === 'number' && low !== null && high !== null
      ? recorded >= low - tolerance(about.unit, low) - ROUNDING && recorded <= high + tolerance(about.unit, high) + ROUNDING
      : texts.includes(String(recorded));
  return { ...about, recorded, low, high, forecasts: texts, agrees: isWithin };
}

/** Sums of milliseconds as seconds are not exact. */
const ROUNDING = 1e-9;

function tolerance(unit: RollFigure['unit'], value: number): number {
  if (unit === 'seconds') return Math.max(2, 0.05 * value);
  return unit === 'count' ? Math.max(2, 0.1 * value) : 0;
}
