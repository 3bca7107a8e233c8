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
  return { scenario, seed: results.shownSeed ?? results.seed ?? scenario.seed, rollcast };
}

/** Whether `path` is meant as a report: a folder, or the results in one. */
export function isReport(path: string): boolean {
  return basename(path) === RESULTS_FILE || (statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false);
}

interface Seeds {
  readonly seed?: string;
  readonly shownSeed?: string;
}

function readResults(file: string): Seeds {
  try {
    const results: Seeds | null = JSON.parse(read(file).toString('utf8'));
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
