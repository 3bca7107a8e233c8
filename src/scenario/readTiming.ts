import { after, type Duration, formatBytes, formatDuration, formatMilliCpu, minutes, START, seconds } from '../units.ts';
import type { Path, Reading } from './Reading.ts';
import { readDistribution } from './readDistribution.ts';
import { readEndpoints } from './readEndpoints.ts';
import type { Crashes, NodeTiming, Origin, PodTiming, Timing, VolumeTimes } from './Scenario.ts';
import type { GivenDistribution } from './schema/distribution.ts';
import { sections } from './schema/scenario.ts';
import type { GivenTiming } from './schema/timing.ts';

const PATH = ['spec', 'timing'] as const;

const DEFAULT_RESET = byDefault(minutes(8));
const DEFAULT_READY = byDefault(seconds(10));
const DEFAULT_EXIT = byDefault(seconds(2));
const DEFAULT_ATTACH = byDefault(seconds(10));
const DEFAULT_DETACH = byDefault(seconds(10));
const DEFAULT_PROVISION = byDefault(seconds(5));
const DEFAULT_UNMOUNT = byDefault(seconds(1));

/**
 * Reads how long things take and fills in the defaults: reset 8 min, ready 10 s, exit 2 s, no image pulls. If volumes are timed at all:
 * attach and detach 10 s, provision 5 s, unmount 1 s, reported with the node status every 10 s. Notes the origin of each, and reads the
 * files of measured values.
 */
export function readTiming(reading: Reading): Timing | undefined {
  const given = reading.optionalSection<GivenTiming>(PATH, sections.timing, {});
  if (!given) return undefined;
  return {
    nodes: readNodes(reading, given),
    pods: readPods(reading, given),
    images: readImages(reading, given),
    ...readEndpoints(reading, given),
    ...(given.starts ? { starts: readStarts(reading, given.starts) } : {}),
    ...(given.volumes ? { volumes: readVolumes(reading, given.volumes) } : {}),
  };
}

function byDefault(value: Duration): GivenDistribution {
  return { distribution: { kind: 'constant', value }, origin: 'default' };
}

function readNodes(reading: Reading, { nodes = [] }: GivenTiming): Timing['nodes'] {
  const entries = nodes.map((entry, index) => nodeTiming(reading, entry, [...PATH, 'nodes', index]));
  if (nodes.some(({ match }) => match === undefined)) return entries;
  return [
    ...entries,
    { match: {}, reset: readDistribution(reading, DEFAULT_RESET, [...PATH, 'nodes', 'others', 'reset']), origin: 'default' },
  ];
}

/** A reset takes as long as the boot of a new machine where only that is given. */
function nodeTiming(reading: Reading, entry: NonNullable<GivenTiming['nodes']>[number], path: Path): NodeTiming {
  const { match = {}, reset, boot, deletion, registration } = entry;
  const given = boot ? { boot: readDistribution(reading, boot, [...path, 'boot']) } : {};
  return {
    match,
    reset: given.boot && !reset ? given.boot : readDistribution(reading, reset ?? DEFAULT_RESET, [...path, 'reset']),
    ...given,
    ...(deletion ? { deletion: readDistribution(reading, deletion, [...path, 'deletion']) } : {}),
    ...(registration ? { registration: readRegistration(reading, registration, [...path, 'registration']) } : {}),
    origin: (reset ?? boot ?? DEFAULT_RESET).origin,
  };
}

function readRegistration(
  reading: Reading,
  { labelsAfter, devicesAfter, networkAfter }: NonNullable<NonNullable<GivenTiming['nodes']>[number]['registration']>,
  path: Path,
): NonNullable<NodeTiming['registration']> {
  return {
    ...(labelsAfter ? { labelsAfter: readDistribution(reading, labelsAfter, [...path, 'labelsAfter']) } : {}),
    ...(devicesAfter ? { devicesAfter: readDistribution(reading, devicesAfter, [...path, 'devicesAfter']) } : {}),
    ...(networkAfter ? { networkAfter: readDistribution(reading, networkAfter, [...path, 'networkAfter']) } : {}),
  };
}

function readPods(reading: Reading, { pods = [] }: GivenTiming): readonly PodTiming[] {
  const entries = pods.map((pod, index) => podTiming(reading, pod, [...PATH, 'pods', index]));
  return pods.some(({ match }) => match === undefined) ? entries : [...entries, podTiming(reading, {}, [...PATH, 'pods', 'others'])];
}

function podTiming(reading: Reading, pod: NonNullable<GivenTiming['pods']>[number], path: Path): PodTiming {
  const { match = {}, ready = DEFAULT_READY, exit = DEFAULT_EXIT } = pod;
  return {
    match,
    ready: readDistribution(reading, ready, [...path, 'ready']),
    exit: readDistribution(reading, exit, [...path, 'exit']),
    ...(pod.readyIs === 'answering' ? { readyIs: pod.readyIs } : {}),
    ...(pod.gates ? { gates: readDistribution(reading, pod.gates, [...path, 'gates']) } : {}),
    ...(pod.complete ? { complete: readDistribution(reading, pod.complete, [...path, 'complete']) } : {}),
    ...(pod.crashes ? { crashes: readCrashes(pod.crashes) } : {}),
    origin: weaker(ready.origin, exit.origin),
  };
}

function readCrashes({ until, ...rest }: NonNullable<NonNullable<GivenTiming['pods']>[number]['crashes']>): Crashes {
  return until === undefined ? rest : { ...rest, until: after(START, until) };
}

function weaker(a: Origin, b: Origin): Origin {
  const strength: readonly Origin[] = ['default', 'assumed', 'measured'];
  return strength.indexOf(a) < strength.indexOf(b) ? a : b;
}

function readImages(reading: Reading, { images }: GivenTiming): Timing['images'] {
  if (!images) return undefined;
  const { size, nodeRate, registryRate, parallel = false, failing = [] } = images;
  reading.input('timing.images', 'assumed', [size, nodeRate, registryRate].map((bytes) => formatBytes(bytes)).join(', '));
  if (parallel !== false) reading.input('timing.images.parallel', 'assumed', String(parallel));
  if (failing.length > 0) reading.input('timing.images.failing', 'assumed', failing.map(({ image }) => image).join(', '));
  return {
    sizeBytes: size,
    nodeRate,
    registryRate,
    ...(parallel === false ? {} : { parallel: parallel === true ? 'unlimited' : parallel }),
    ...(failing.length > 0
      ? { failing: failing.map(({ image, until }) => ({ image, ...(until === undefined ? {} : { until: after(START, until) }) })) }
      : {}),
  };
}

function readStarts(reading: Reading, starts: NonNullable<GivenTiming['starts']>): NonNullable<Timing['starts']> {
  reading.input('timing.starts.cpu', 'assumed', formatMilliCpu(starts.cpu));
  return starts;
}

function readVolumes(reading: Reading, given: NonNullable<GivenTiming['volumes']>): VolumeTimes {
  const path = [...PATH, 'volumes'];
  const { attach = DEFAULT_ATTACH, detach = DEFAULT_DETACH, provision = DEFAULT_PROVISION, unmount = DEFAULT_UNMOUNT, report } = given;
  const every = report?.every ?? seconds(10);
  const when = report?.after === undefined ? `every ${formatDuration(every)}` : `${formatDuration(report.after)} after the unmount`;
  reading.input('timing.volumes.report', report ? 'assumed' : 'default', when);
  return {
    attach: readDistribution(reading, attach, [...path, 'attach']),
    detach: readDistribution(reading, detach, [...path, 'detach']),
    provision: readDistribution(reading, provision, [...path, 'provision']),
    unmount: readDistribution(reading, unmount, [...path, 'unmount']),
    report: report?.after === undefined ? { kind: 'every', period: every } : { kind: 'after', delay: report.after },
  };
}
