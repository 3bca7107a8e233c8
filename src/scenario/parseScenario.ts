import type { KubernetesVersion } from '../cluster/KubernetesVersion.ts';
import { RollError, throwFaults } from '../errors.ts';
import type { RollPlan } from '../rolls/RollPlan.ts';
import { formatDuration, minutes } from '../units.ts';
import { checkAutoscalers } from './checkAutoscalers.ts';
import { checkQuorums } from './checkQuorums.ts';
import { checkTiming } from './checkTiming.ts';
import { deepFreeze } from './deepFreeze.ts';
import { machineTimes } from './machineTimes.ts';
import { applyOverrides, type Overrides, overriddenPaths } from './overrides.ts';
import { ASSUMED_START, parseStart } from './parseStart.ts';
import { parseText } from './parseText.ts';
import { editsByThemselves, withPoolEdits } from './poolEdits.ts';
import { Reading } from './Reading.ts';
import { type LoadedObjects, readCluster } from './readCluster.ts';
import { readDemand } from './readDemand.ts';
import { readDisturbances } from './readDisturbances.ts';
import { readObjectives } from './readObjectives.ts';
import { readQuorums } from './readQuorums.ts';
import { readRoll } from './readRoll.ts';
import { readTiming } from './readTiming.ts';
import type { Scenario, Timing, ZonedStart } from './Scenario.ts';
import { outline, sections } from './schema/scenario.ts';

/** The rules that count when a scenario names no version. */
const DEFAULT_VERSION: KubernetesVersion = '1.34';

/** A scenario as text, and everything that it refers to: only the command line reads files. See `referencedSources`. */
export interface ScenarioInput {
  readonly text: string;
  /** The file of `text`, as the user named it. */
  readonly file: string;
  /** What each entry of `cluster.load` held, by entry as written; an entry that could not be read is absent. */
  readonly loaded?: ReadonlyMap<string, LoadedObjects>;
  /** Texts of the other files, by path as written; a file that could not be read is absent. */
  readonly files?: ReadonlyMap<string, string>;
  /** Values that replace those of the text, by dotted path without the leading `spec`. */
  readonly overrides?: Overrides;
}

/**
 * Reads a scenario: checks all of it, fills in the defaults, resolves units, names and files. The result is frozen plain data.
 * @throws RollError with every fault of the scenario and its files, in file order.
 */
export function parseScenario(input: ScenarioInput): Scenario {
  const reading = openScenario(input);
  const outer = reading.section([], outline);
  if (typeof reading.at(['spec']) !== 'object') throwFaults(reading.faults);
  const spec = readSpec(reading, input.loaded ?? new Map());
  throwFaults(reading.faults);
  if (!outer || !spec) throw new RollError([{ code: 'INTERNAL', message: 'a section without a fault was not read' }]);
  return deepFreeze({
    name: outer.metadata.name,
    description: outer.metadata.description ?? '',
    file: input.file,
    ...spec,
    inputs: reading.inputs,
    notModelled: reading.notModelled,
    warnings: reading.warnings,
  });
}

function openScenario({ text, file, files = new Map(), overrides = new Map() }: ScenarioInput): Reading {
  const { documents, faults } = parseText(text, file);
  throwFaults(faults);
  const [document, second] = documents;
  const top = { file, line: 1, column: 1 };
  if (!document)
    throw new RollError([
      { code: 'SCENARIO_SYNTAX', position: top, message: 'the file is empty', hint: 'rollcast init writes a first one' },
    ]);
  if (second) {
    const message = 'more than one document';
    throw new RollError([
      { code: 'SCENARIO_SYNTAX', position: second.locate([]), message, hint: 'put Kubernetes objects in files of their own' },
    ]);
  }
  return new Reading({ ...document, value: applyOverrides(document.value, overrides) }, files, overriddenPaths(overrides));
}

type Spec = Omit<Scenario, 'name' | 'description' | 'file' | 'inputs' | 'notModelled' | 'warnings'>;

function readSpec(reading: Reading, loaded: ReadonlyMap<string, LoadedObjects>): Spec | undefined {
  const seed = reading.optionalSection(['spec', 'seed'], sections.seed, '1');
  const start = readStart(reading);
  const horizon = readHorizon(reading);
  const kubernetesVersion = readVersion(reading);
  const cluster = readCluster(reading, { loaded, kubernetesVersion, startEpochMilliseconds: start.epochMilliseconds });
  const [withNodes, withWorkloads] = [cluster?.hasAll.nodes, cluster?.hasAll.workloads].map((all) => (all ? cluster : undefined));
  const timing = readTiming(reading);
  if (timing && withNodes) checkTiming(reading, timing, withNodes.objects);
  const latencies = readLatencies(reading);
  const demand = readDemand(reading, withWorkloads?.objects);
  if (cluster) checkAutoscalers(reading, cluster.objects, { demand, kubernetesVersion });
  const roll = readRoll(reading, withNodes, start);
  if (timing && roll) noteReadyTimeout(reading, timing, roll);
  const disturbances = readDisturbances(reading, cluster);
  const quorums = readQuorums(reading, withWorkloads?.objects);
  if (withWorkloads) checkQuorums(reading, quorums, { cluster: withWorkloads.objects, disturbances });
  const objectives = readObjectives(reading, start, withWorkloads?.objects);
  if (seed === undefined || horizon === undefined || !cluster || !timing || !roll) return undefined;
  const { objects, unusedObjects } = cluster;
  return {
    seed,
    start,
    horizon,
    kubernetesVersion,
    cluster: { ...objects, nodes: withPoolEdits(objects.nodes, roll) },
    timing: machineTimes(reading, timing, roll),
    ...latencies,
    demand,
    ...quorums,
    roll,
    disturbances: [...disturbances, ...editsByThemselves(roll)],
    objectives,
    unusedObjects,
  };
}

function readStart(reading: Reading): ZonedStart {
  const path = ['spec', 'start'];
  const text = reading.optionalSection(path, sections.start, ASSUMED_START) ?? ASSUMED_START;
  const start = parseStart(text);
  reading.input('start', reading.at(path) === undefined ? 'default' : 'assumed', text);
  if (!('problem' in start)) return start;
  reading.refuse({ path, message: start.problem, hint: start.hint });
  return { text: ASSUMED_START, timeZone: 'UTC', epochMilliseconds: 0 };
}

function readHorizon(reading: Reading): Scenario['horizon'] | undefined {
  const horizon = reading.optionalSection(['spec', 'horizon'], sections.horizon, minutes(24 * 60));
  if (horizon === undefined) return undefined;
  reading.input('horizon', reading.at(['spec', 'horizon']) === undefined ? 'default' : 'assumed', formatDuration(horizon));
  if (horizon === 0) reading.refuse({ path: ['spec', 'horizon'], message: 'must be above 0s', hint: 'such as 12h' });
  return horizon;
}

/** How long the roll waits for a node matters where one may never come back. */
function noteReadyTimeout(reading: Reading, { nodes }: Timing, { failure }: RollPlan): void {
  if (!nodes.some(({ reset }) => reset.never)) return;
  const isGiven = reading.at(['spec', 'roll', 'failure', 'readyTimeout']) !== undefined;
  reading.input('roll.failure.readyTimeout', isGiven ? 'assumed' : 'default', formatDuration(failure.readyTimeout));
}

function readLatencies(reading: Reading): Pick<Scenario, 'latencies'> {
  const path = ['spec', 'latencies'];
  const latencies = reading.optionalSection<'none' | 'measured'>(path, sections.latencies, 'none') ?? 'none';
  if (reading.at(path) !== undefined) reading.input('latencies', 'assumed', latencies);
  return latencies === 'measured' ? { latencies } : {};
}

function readVersion(reading: Reading): KubernetesVersion {
  const path = ['spec', 'kubernetesVersion'];
  const version = reading.optionalSection<KubernetesVersion>(path, sections.kubernetesVersion, DEFAULT_VERSION) ?? DEFAULT_VERSION;
  reading.input('kubernetesVersion', reading.at(path) === undefined ? 'default' : 'assumed', version);
  return version;
}
