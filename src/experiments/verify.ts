import type { RecordedRoll, RecordedRun } from '../scenario/recording/readRollTrace.ts';
import type { Scenario } from '../scenario/Scenario.ts';
import { type Agreement, agreement } from './agreement.ts';
import { type DocumentHead, SCHEMA_VERSION } from './Forecast.ts';
import type { RunBatch, RunJob } from './RunJob.ts';
import { figuresOfSummary, type RollFigure } from './rollFigures.ts';

/** How the forecasts of a recorded roll compare with what happened, run by run. */
export interface Verification extends DocumentHead {
  readonly describes: string;
  readonly runs: readonly VerifiedRun[];
  /** Share of all figures that agree, in [0, 1]. */
  readonly share: number;
  /** Mean width of the forecast ranges of all figures that are times, in seconds. */
  readonly meanWidth: number;
  /** Mean distance between the lowest and the highest recorded value of these figures, in seconds. */
  readonly meanSpread: number;
  /** Figures that even the recorded runs do not reproduce: used as a forecast for another, one recorded run would get them wrong. */
  readonly unrepeated: readonly Unrepeated[];
  /** Whether all figures agree that have to. */
  readonly holds: boolean;
}

/** A figure with its recorded value in each run. */
export interface Unrepeated extends Pick<RollFigure, 'object' | 'what' | 'unit'> {
  readonly recorded: readonly RollFigure['value'][];
}

export interface VerifiedRun {
  readonly note: string | undefined;
  readonly agreements: readonly Agreement[];
}

/** How many seeds a forecast has; they differ only in what is left to chance. */
export const SEEDS = 20;

/** How many forecasts to make, and who makes them. */
export interface VerifyOptions {
  /** Of each recorded run, at least 1. */
  readonly seeds?: number;
  readonly runBatch: RunBatch;
  /** Version of this program, for the document. */
  readonly version: string;
  readonly onDone?: (done: number) => void;
}

/** Forecasts every run of `recording` from its own initial state with `seeds` seeds and compares figure by figure with what happened. */
export async function verify(
  recording: RecordedRoll,
  { seeds = SEEDS, version, runBatch, onDone = () => {} }: VerifyOptions,
): Promise<Verification> {
  const forecasts = await runBatch(
    recording.runs.flatMap(({ scenario }) => forecastsOf(scenario, seeds)),
    onDone,
  );
  const runs = recording.runs.map((recorded, index) => compare(recorded, forecasts.slice(index * seeds, (index + 1) * seeds)));
  const all = runs.flatMap(({ agreements }) => agreements);
  const times = all.filter(({ unit }) => unit === 'seconds');
  return {
    schemaVersion: SCHEMA_VERSION,
    rollcast: version,
    scenario: recording.name,
    seed: '1',
    describes: recording.describes,
    runs,
    share: all.length === 0 ? 1 : all.filter(({ agrees }) => agrees).length / all.length,
    meanWidth: mean(times.map(({ low, high }) => (low === null || high === null ? 0 : high - low))),
    meanSpread: mean(spreads(runs)),
    unrepeated: unrepeatedOf(recording),
    holds: all.every(({ agrees, isDecisive }) => agrees || !isDecisive),
  };
}

function forecastsOf(scenario: Scenario, seeds: number): RunJob<'rollFigures'>[] {
  return Array.from({ length: seeds }, (_, index) => ({ scenario, seed: String(index + 1), detail: 'rollFigures' }));
}

function compare({ happened, note }: RecordedRun, forecasts: readonly (readonly RollFigure[])[]): VerifiedRun {
  const known = forecasts.map(indexed);
  const agreements = figuresOfSummary(happened).map((figure) =>
    agreement(
      figure,
      known.flatMap((forecast) => valuesOf(forecast.get(nameOf(figure)))),
    ),
  );
  return { note, agreements };
}

function indexed(figures: readonly RollFigure[]): ReadonlyMap<string, RollFigure> {
  return new Map(figures.map((figure) => [nameOf(figure), figure]));
}

function valuesOf(figure: RollFigure | undefined): RollFigure['value'][] {
  if (!figure) return [null];
  return figure.atMost === undefined ? [figure.value] : [figure.value, figure.atMost];
}

function nameOf({ object, what }: Pick<RollFigure, 'object' | 'what'>): string {
  return `${object} ${what}`;
}

function unrepeatedOf({ runs }: RecordedRoll): Unrepeated[] {
  const figures = runs.map(({ happened }) => indexed(figuresOfSummary(happened)));
  const [first] = figures;
  return [...(first?.values() ?? [])].flatMap((figure) => {
    const { object, what, unit } = figure;
    const recorded = figures.map((run) => run.get(nameOf(figure))?.value ?? null);
    const isRepeated = recorded.every((value) => agreement(figure, [value]).agrees);
    return isRepeated ? [] : [{ object, what, unit, recorded }];
  });
}

function spreads(runs: readonly VerifiedRun[]): number[] {
  const values = new Map<string, number[]>();
  for (const found of runs.flatMap(({ agreements }) => agreements)) {
    if (found.unit !== 'seconds' || typeof found.recorded !== 'number') continue;
    values.set(nameOf(found), [...(values.get(nameOf(found)) ?? []), found.recorded]);
  }
  return [...values.values()].map((list) => Math.max(...list) - Math.min(...list));
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}
