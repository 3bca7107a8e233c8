import type { Forecast, Imprecision } from '../experiments/Forecast.ts';
import { firstNames } from '../rolls/firstNames.ts';
import { countOf, writeShare } from './figures.ts';
import type { Section } from './Section.ts';

/** Why there are as many runs as there are, if that was left to the figures; `each` says of what, such as ` of each setting`. */
export function precisionSections({ precision, replications }: Pick<Forecast, 'precision' | 'replications'>, each = ''): Section[] {
  if (!precision) return [];
  const { within, stopped, confidence, widest, tooWide } = precision;
  const runs = `${countOf(replications, 'run')}${each}`;
  const goal = `within ${writeShare(within)}, probabilities within ${percentagePoints(within)}`;
  const why =
    stopped === 'narrowEnough'
      ? `Narrow enough after ${runs}: the mean duration is known ${goal}; the least exact figure is the ${inWords(widest)}.`
      : `Limit reached after ${runs}: the mean duration was to be known ${goal}. Less exact: ${firstNames(tooWide.map(inWords), NAMED)}.`;
  const caution =
    'Stopping by what the runs show makes intervals slightly too narrow. ' +
    `This was therefore judged by intervals of ${writeShare(confidence)} each time; the 95% intervals elsewhere are not widened.`;
  return [{ title: 'Precision', lead: `${why} ${caution}` }];
}

const NAMED = 5;

function inWords({ figure, within }: Imprecision): string {
  return `${figure} (${Number.isFinite(within) ? `within ${writeShare(within)}` : 'unknown'})`;
}

function percentagePoints(share: number): string {
  return `${Number((share * 100).toFixed(3))} percentage points`;
}
