import type { Finding, Scenario } from '../scenario/Scenario.ts';
import type { Interval } from '../stats/Interval.ts';
import { mean, meanInterval } from '../stats/meanInterval.ts';
import { probabilityInterval } from '../stats/probabilityInterval.ts';
import type { Imprecision, Verdict } from './Forecast.ts';
import type { RunFigures } from './RunFigures.ts';
import { verdictOf } from './verdict.ts';

/** A scenario among those that are run under the same seeds. */
export interface Replicated {
  /** What tells it from the others; empty where it is alone. */
  readonly name: string;
  readonly scenario: Scenario;
  /** Of the check, for what is certain and needs no more runs. */
  readonly findings: readonly Finding[];
}

/**
 * How far the estimates from `runs` may be off with `confidence`: the mean duration of the rolls that come to an end, the share of those that
 * do if only some do, and the probability of every objective.
 *
 * Left out is what more runs would not tell: an objective that is certain, and one that no run could decide.
 */
export function imprecisionsOf({ name, scenario, findings }: Replicated, runs: readonly RunFigures[], confidence: number): Imprecision[] {
  const { objectives } = verdictOf(scenario, runs, findings);
  const found = [
    ...durationOf(runs, confidence),
    ...endingOf(runs, confidence),
    ...objectives.flatMap((objective, index) => probabilityOf(objective, { runs, index, confidence })),
  ];
  return name === '' ? found : found.map(({ figure, within }) => ({ figure: `${figure} of ${name}`, within }));
}

/** Relative to the mean. */
function durationOf(runs: readonly RunFigures[], confidence: number): Imprecision[] {
  const ended = runs.map(({ figures }) => figures.durationSeconds).filter(Number.isFinite);
  if (ended.length === 0) return [];
  const center = mean(ended);
  const reach = reachOf(center, meanInterval(ended, confidence));
  return [{ figure: 'mean duration', within: reach === 0 ? 0 : reach / center }];
}

function endingOf(runs: readonly RunFigures[], confidence: number): Imprecision[] {
  const ended = runs.filter(({ figures }) => figures.unfinished === 0).length;
  if (ended === 0 || ended === runs.length) return [];
  return [shareOf('share of rolls that come to an end', { count: ended, of: runs.length, confidence })];
}

function probabilityOf(
  { name, certainty }: Verdict['objectives'][number],
  { runs, index, confidence }: { readonly runs: readonly RunFigures[]; readonly index: number; readonly confidence: number },
): Imprecision[] {
  const outcomes = runs.flatMap(({ objectives }) => objectives[index]?.outcome ?? []);
  if (certainty === 'certain' || outcomes.every((outcome) => outcome === 'unknown')) return [];
  const held = outcomes.filter((outcome) => outcome === 'holds').length;
  return [shareOf(`probability of "${name}"`, { count: held, of: outcomes.length, confidence })];
}

function shareOf(figure: string, { count, of, confidence }: { readonly count: number; readonly of: number; readonly confidence: number }) {
  return { figure, within: reachOf(count / of, probabilityInterval(count, of, confidence)) };
}

/** From the estimate to the further end: Wilson's interval is not centered on it. */
function reachOf(estimate: number, [low, high]: Interval): number {
  return Math.max(estimate - low, high - estimate);
}
