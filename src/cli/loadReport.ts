import { readFileSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { RollError } from '../errors.ts';
import { restoreScenario } from '../scenario/restoreScenario.ts';
import type { Scenario } from '../scenario/Scenario.ts';

/** The run that a report shows in full: what is needed to make it again. */
export interface ReportedRun {
  readonly scenario: Scenario;
  readonly seed: string;
  /** Version of the program that wrote the report. */
  readonly rollcast: string;
  /** How many runs the report is about. */
  readonly replications: number;
}

/** The file of a report folder that keeps its scenario. */
export const SCENARIO_FILE = 'scenario.json.gz';

const RESULTS_FILE = 'results.json';

/**
 * Reads which run a report of `run` shows. `report` is the report folder or its `results.json`.
 * @throws RollError `FILE_UNREADABLE` or `ARCHIVE_INVALID` when there is no such report.
 */
export function loadReport(report: string): ReportedRun {
  const folder = basename(report) === RESULTS_FILE ? dirname(report) : report;
  const results = readResults(join(folder, RESULTS_FILE));
  const file = join(folder, SCENARIO_FILE);
  const { scenario, rollcast } = restoreScenario(unpacked(file), file);
  const { shownSeed, seed = scenario.seed, replications = 1 } = results;
  return { scenario, seed: shownSeed ?? seed, rollcast, replications };
}

/** Whether `path` is meant as a report: a folder, or the results in one. */
export function isReport(path: string): boolean {
  return basename(path) === RESULTS_FILE || (statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false);
}

/** What of the results says which runs a report is about. */
interface ReportedSeeds {
  readonly seed?: string;
  readonly shownSeed?: string;
  readonly replications?: number;
}

function readResults(file: string): ReportedSeeds {
  try {
    const results: ReportedSeeds | null = JSON.parse(read(file).toString('utf8'));
    return results ?? {};
  } catch (error) {
    throw error instanceof SyntaxError ? unreadable(file, 'is no JSON') : error;
  }
}

function unpacked(file: string): string {
  const packed = read(file);
  try {
    return gunzipSync(packed).toString('utf8');
  } catch {
    throw unreadable(file, 'cannot be unpacked');
  }
}

function read(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    const why = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    throw unreadable(file, `cannot be read (${why})`);
  }
}

function unreadable(file: string, what: string): RollError {
  const hint = 'name a report folder that rollcast run wrote (not sweep or window)';
  return new RollError([{ code: 'FILE_UNREADABLE', message: `${file} ${what}`, hint }]);
}
