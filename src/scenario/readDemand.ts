import type { ClusterObjects } from '../cluster/ClusterObjects.ts';
import { formatCount } from '../units.ts';
import { fitsWorkload } from './fitsWorkload.ts';
import { matchableWorkloads } from './matchableWorkloads.ts';
import type { Reading } from './Reading.ts';
import { refuseUnmatched } from './refuseUnmatched.ts';
import type { Demand } from './Scenario.ts';
import type { GivenDemand } from './schema/demand.ts';
import { sections } from './schema/scenario.ts';
import { warnOfOvershadowed } from './warnOfOvershadowed.ts';

const HOURS = 168;
const HEADER = 'hourOfWeek,requestsPerSecond';
const ROW_HINT = `rows are ${HEADER}: hours 0 to 167, each once, rates from 0`;

/**
 * Reads `spec.demand` with its curve files; 24 values repeat every day. Each entry must match a workload; an entry that never counts gets a
 * warning.
 */
export function readDemand(reading: Reading, cluster: ClusterObjects | undefined): readonly Demand[] {
  const given = reading.optionalSection<GivenDemand[]>(['spec', 'demand'], sections.demand, []) ?? [];
  const subjects = cluster ? matchableWorkloads(cluster) : [];
  warnOfOvershadowed(reading, { list: 'demand', matches: given.map(({ match = {} }) => match), subjects, fits: fitsWorkload });
  return given.map(({ match = {}, curve, perReplica }, index) => {
    refuseUnmatched(reading, ['spec', 'demand', index, 'match'], match, cluster);
    const requestsPerSecond = curve.file === undefined ? wholeWeek(curve.values ?? []) : readCurve(reading, curve.file, index);
    reading.input(
      `demand[${index}]`,
      'assumed',
      `${formatCount(Math.min(...requestsPerSecond))} to ${formatCount(Math.max(...requestsPerSecond))} requests per second`,
    );
    return { match, requestsPerSecond, perReplica };
  });
}

function wholeWeek(values: readonly number[]): readonly number[] {
  return Array.from({ length: HOURS }, (_, hour) => values[hour % values.length] ?? 0);
}

function readCurve(reading: Reading, file: string, index: number): readonly number[] {
  const text = reading.file(file, ['spec', 'demand', index, 'curve', 'file']);
  return text === undefined ? wholeWeek([0]) : readCsv(reading, file, text);
}

function readCsv(reading: Reading, file: string, text: string): readonly number[] {
  const [header, ...rows] = text.split(/\r?\n/);
  if (header?.trim() !== HEADER) reading.refuseLine(file, 1, 'not the header of a demand curve', `the first line is ${HEADER}`);
  const rates = new Map<number, number>();
  for (const [index, row] of rows.entries()) {
    if (row.trim() === '') continue;
    const problem = noteRow(rates, row);
    if (problem !== undefined) reading.refuseLine(file, index + 2, problem, ROW_HINT);
  }
  const missing = Array.from({ length: HOURS }, (_, hour) => hour).filter((hour) => !rates.has(hour));
  if (missing.length > 0)
    reading.refuseLine(file, 1, `${missing.length} of ${HOURS} hours are missing, the first is ${missing[0]}`, ROW_HINT);
  return Array.from({ length: HOURS }, (_, hour) => rates.get(hour) ?? 0);
}

/** Adds one row to `rates`. @returns what is wrong with the row. */
function noteRow(rates: Map<number, number>, row: string): string | undefined {
  const match = /^\s*(\d+)\s*,\s*(\d+(?:\.\d+)?)\s*$/.exec(row);
  if (!match) return 'not an hour and a rate';
  const hour = Number(match[1]);
  if (hour >= HOURS) return 'an hour of the week is 0 to 167';
  if (rates.has(hour)) return `hour ${hour} is there twice`;
  rates.set(hour, Number(match[2]));
  return undefined;
}
