import type { ForecastReport } from '../experiments/Forecast.ts';
import { csv } from './csv.ts';

/** One line per run with all of its figures; a duration that has no end is empty. */
export function replicationsCsv({ runs }: Pick<ForecastReport, 'runs'>): Iterable<string> {
  const names = Object.keys(runs[0]?.figures ?? {}) as (keyof ForecastReport['runs'][number]['figures'])[];
  const rows = runs.map(({ seed, outcome, figures }) => [seed, outcome, ...names.map((name) => figures[name])]);
  return csv(['seed', 'outcome', ...names], rows);
}
