import type { ForecastReport } from '../experiments/Forecast.ts';
import { toSeconds } from '../units.ts';

/** The event log, one JSON object per line in order of time; `at` in seconds from t = 0. */
export function* eventsNdjson({ events }: ForecastReport): Generator<string> {
  for (const { at, kind, object, detail } of events) yield `${JSON.stringify({ at: toSeconds(at), kind, object, ...detail })}\n`;
}
