/**
 * The library: read a scenario, forecast it, judge it. Everything here is pure computation: files, threads and the terminal belong to the
 * command line.
 */
export type { ClusterObjects } from './cluster/ClusterObjects.ts';
export { type Fault, formatFault, type Position, RollError } from './errors.ts';
export type { Comparison } from './experiments/Comparison.ts';
export { check } from './experiments/check.ts';
export { compare } from './experiments/compare.ts';
export type { Forecast, ForecastReport, Sweep, Verdict, WindowSearch } from './experiments/Forecast.ts';
export type { PrecisionGoal, ReplicationCount } from './experiments/makeReplications.ts';
export type { RunFigures } from './experiments/RunFigures.ts';
export { type RunBatch, type RunJob, type RunOutcome, replicationSeed, runSerially } from './experiments/RunJob.ts';
export { type ReplicateOptions, replicate } from './experiments/replicate.ts';
export { searchWindow } from './experiments/searchWindow.ts';
export { startsBetween, weekFrom } from './experiments/startsBetween.ts';
export { cellsOver, type SweepCell, sweep } from './experiments/sweep.ts';
export type { NodeReset } from './rolls/NodeReset.ts';
export type { RollPlan } from './rolls/RollPlan.ts';
export { presets } from './rolls/registry.ts';
export { eventRows } from './run/EventColumns.ts';
export type { RunResult } from './run/RunResult.ts';
export { run } from './run/run.ts';
export { parseScenario, type ScenarioInput } from './scenario/parseScenario.ts';
export { parseText } from './scenario/parseText.ts';
export type { LoadedObjects } from './scenario/readCluster.ts';
export { referencedSources } from './scenario/referencedSources.ts';
export type { Finding, Objective, Scenario } from './scenario/Scenario.ts';
export { scenarioJsonSchema } from './scenario/scenarioJsonSchema.ts';
export { type Duration, type Instant, parseDuration, seconds, toSeconds } from './units.ts';
