import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { parse as parseYaml } from 'yaml';
import { RollError } from '../errors.ts';
import type { Overrides } from '../scenario/overrides.ts';
import { isRollTrace, type RecordedRoll, readRollTrace } from '../scenario/recording/readRollTrace.ts';
import type { Scenario } from '../scenario/Scenario.ts';

const HINT = 'a recorded roll is JSON of the format rollcast-trace/roll/1, gzipped or not';

/**
 * Reads a recorded roll.
 * @throws RollError when the file cannot be read, is no recorded roll, or has faults.
 */
export function loadTrace(file: string): RecordedRoll {
  const value = parse(read(file));
  if (isRollTrace(value)) return readRollTrace(value, file);
  throw new RollError([{ code: 'SCENARIO_INVALID', message: `${file} is no recorded roll`, hint: HINT }]);
}

/** Whether `file` is named like a recording: recordings are JSON, scenarios mostly are not; only JSON files are looked into. */
export function isRecording(file: string): boolean {
  if (!/\.json(\.gz)?$/.test(file)) return false;
  return isRollTrace(parse(read(file)));
}

/** The first run of a recording as a scenario; of its values only the seed can be changed. */
export function recordedScenario(file: string, overrides: Overrides): Scenario {
  const [other] = [...overrides.keys()].filter((name) => name !== 'seed');
  if (other !== undefined) {
    const hint = 'write a scenario over the objects of the recording instead';
    throw new RollError([{ code: 'ARGUMENT_INVALID', message: `--${other} cannot be changed in a recorded roll`, hint }]);
  }
  const [first] = loadTrace(file).runs;
  if (!first) throw new RollError([{ code: 'SCENARIO_INVALID', message: `${file} has no runs`, hint: HINT }]);
  const seed = overrides.get('seed');
  return seed === undefined ? first.scenario : { ...first.scenario, seed: String(typeof seed === 'string' ? parseYaml(seed) : seed) };
}

function read(file: string): string {
  try {
    const bytes = readFileSync(file);
    return (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
  } catch (error) {
    const why = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    throw new RollError([{ code: 'FILE_UNREADABLE', message: `cannot read ${file} (${why})`, hint: HINT }]);
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
