import type { KubernetesVersion } from '../../cluster/KubernetesVersion.ts';
import { type ErrorCode, type Position, RollError, throwFaults } from '../../errors.ts';
import { minutes, seconds } from '../../units.ts';
import { deepFreeze } from '../deepFreeze.ts';
import { readObjects } from '../kubernetes/readObjects.ts';
import { dottedPath } from '../Reading.ts';
import { DEFAULT_OBJECTIVES } from '../readObjectives.ts';
import type { Scenario } from '../Scenario.ts';
import { schemaFaults } from '../schemaFaults.ts';
import { leftQuarantines } from './leftQuarantines.ts';
import { ROLL_TRACE, type RollTrace, rollTrace, type TraceRun, type TraceSummary } from './RollTrace.ts';
import { traceDisturbances } from './traceDisturbances.ts';
import { tracePlan } from './tracePlan.ts';
import { traceTiming } from './traceTiming.ts';

/** A recorded roll: for each of its runs the scenario that it is, and what happened. */
export interface RecordedRoll {
  readonly name: string;
  readonly describes: string;
  readonly runs: readonly RecordedRun[];
}

export interface RecordedRun {
  readonly scenario: Scenario;
  readonly happened: TraceSummary;
  /** What the recording says about this run, if anything. */
  readonly note: string | undefined;
}

/** Whether `value` says of itself that it is a recorded roll. */
export function isRollTrace(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'format' in value && value.format === ROLL_TRACE;
}

/**
 * Reads a recorded roll. Every run starts from its own objects; outages and waits are counted to the end of the roll, as the recording
 * does.
 * @throws RollError with what is wrong with the file.
 */
export function readRollTrace(value: unknown, file: string): RecordedRoll {
  const parsed = rollTrace.safeParse(value);
  if (!parsed.success) {
    const faults = schemaFaults(parsed.error.issues, value, 'SCENARIO_INVALID');
    throwFaults(faults.map(({ message, path }) => fault(file, 'SCENARIO_INVALID', { message, path: dottedPath(path) })));
    throw new RollError([{ code: 'INTERNAL', message: 'a trace that is wrong has no fault' }]);
  }
  const trace = parsed.data;
  const runs = trace.runs.map((run, index) => {
    const scenario = scenarioOf(trace, run, file);
    const quarantineEnds = leftQuarantines(trace.runs[index - 1], scenario.start.epochMilliseconds);
    return { scenario: deepFreeze({ ...scenario, quarantineEnds }), happened: run.summary, note: run.note };
  });
  return { name: trace.name, describes: trace.describes, runs };
}

function scenarioOf(trace: RollTrace, run: TraceRun, file: string): Scenario {
  const kubernetesVersion = versionOf(trace, file);
  const roll = tracePlan(trace, top(file));
  const epochMilliseconds = firstCordon(run) - roll.commandTime;
  const options = { start: epochMilliseconds, kubernetesVersion };
  const located = run.objects.map((object) => ({ value: object, locate: () => top(file) }));
  const { objects, faults, unused, notModelled, warnings } = readObjects(located, options);
  throwFaults(faults);
  const changes = traceDisturbances(trace, run, { ...options, locate: () => top(file) });
  return {
    name: trace.name,
    description: trace.describes,
    file,
    seed: '1',
    start: { text: new Date(epochMilliseconds).toISOString(), timeZone: 'UTC', epochMilliseconds },
    horizon: seconds(Math.max(3600, 10 * run.summary.durationSeconds)),
    countsUntil: 'rollEnd' as const,
    kubernetesVersion,
    cluster: objects,
    timing: traceTiming(trace, run),
    demand: [],
    roll,
    disturbances: changes.disturbances,
    objectives: DEFAULT_OBJECTIVES,
    inputs: [{ name: 'recording', origin: 'measured' as const, value: file }],
    notModelled: [...notModelled, ...changes.notModelled],
    unusedObjects: unused,
    warnings,
  };
}

const VERSIONS: readonly KubernetesVersion[] = ['1.33', '1.34', '1.35'];

function versionOf({ kubernetesVersion }: RollTrace, file: string): KubernetesVersion {
  const found = VERSIONS.find((version) => kubernetesVersion === version || kubernetesVersion.startsWith(`${version}.`));
  if (found) return found;
  const message = `no rules for Kubernetes ${kubernetesVersion}`;
  throw new RollError([fault(file, 'SCENARIO_INVALID', { message, path: 'kubernetesVersion', hint: `known: ${VERSIONS.join(', ')}` })]);
}

/** Wall clock of the first cordon, before which its command takes some time; without it the time of the youngest object. */
function firstCordon({ startedAt, objects }: TraceRun): number {
  const given = startedAt === undefined ? Number.NaN : Date.parse(startedAt);
  if (Number.isFinite(given)) return given;
  const created = objects.flatMap((object) => JSON.stringify(object).match(/(?<="creationTimestamp":")[^"]+/g) ?? []);
  return Math.max(0, ...created.map((text) => Date.parse(text)).filter((at) => Number.isFinite(at)), minutes(0));
}

function top(file: string): Position {
  return { file, line: 1, column: 1 };
}

function fault(file: string, code: ErrorCode, about: { readonly message: string; readonly path: string; readonly hint?: string }) {
  return { code, position: top(file), ...about };
}
