import type { ClusterObjects } from '../../src/cluster/ClusterObjects.ts';
import type { RollPlan } from '../../src/rolls/RollPlan.ts';
import { presets } from '../../src/rolls/registry.ts';
import type { Objective, Scenario, Timing, ZonedStart } from '../../src/scenario/Scenario.ts';
import { type Duration, minutes, seconds } from '../../src/units.ts';
import { NO_OBJECTS } from './noObjects.ts';

/** Objectives that hold when a scenario names none. */
export const defaultObjectives: readonly Objective[] = [
  { name: 'the roll completes', probability: 1, goal: { kind: 'rollCompletes' } },
  { name: 'no pod has to wait for a node', probability: 1, goal: { kind: 'noPodPending' } },
  { name: 'no outage of replicated workloads', probability: 1, goal: { kind: 'noOutageOfReplicated' } },
];

/** A scenario over `cluster` that resets all of its nodes, one at a time, with the default timing unless told otherwise. */
export function aScenario({ cluster = {}, roll = {}, timing, ...rest }: ScenarioOptions = {}): Scenario {
  const objects = { ...NO_OBJECTS, ...cluster };
  return {
    name: 'test',
    description: '',
    file: 'test.yaml',
    seed: '1',
    start: { text: '2026-01-05T00:00:00+00:00[UTC]', timeZone: 'UTC', epochMilliseconds: Date.UTC(2026, 0, 5) },
    horizon: minutes(24 * 60),
    kubernetesVersion: '1.34',
    cluster: objects,
    timing: timing ?? aTiming(),
    demand: [],
    roll: aRoll(objects, roll),
    disturbances: [],
    objectives: defaultObjectives,
    inputs: [],
    notModelled: [],
    unusedObjects: [],
    warnings: [],
    ...rest,
  };
}

type ScenarioOptions = Partial<Omit<Scenario, 'cluster' | 'roll'>> & { cluster?: Partial<ClusterObjects>; roll?: Partial<RollPlan> };

/** So many milliseconds after the start of every such scenario. */
export function aTimeAfterStart(milliseconds: number): ZonedStart {
  const { start } = aScenario();
  return { ...start, epochMilliseconds: start.epochMilliseconds + milliseconds };
}

/** The plan of preset cce-sync over all nodes of `cluster`. */
export function aRoll(cluster: Pick<ClusterObjects, 'nodes'>, knobs: Partial<RollPlan> = {}): RollPlan {
  const preset = presets.get('cce-sync');
  if (!preset) throw new Error('preset cce-sync is missing');
  const nodes = cluster.nodes.map(({ name }) => name);
  return { ...preset.knobs, preset: preset.name, pool: 'workers', nodes, maxUnavailable: 1, ...knobs };
}

/** Constant times: reset 8 min, ready 10 s and exit 2 s unless told otherwise; `resets` by node name. */
export function aTiming({ reset = minutes(8), ready = seconds(10), exit = seconds(2), resets = {} }: TimingOptions = {}): Timing {
  return {
    nodes: [
      ...Object.entries(resets).map(([name, time]) => ({ match: { names: [name] }, reset: constant(time), origin: 'assumed' as const })),
      { match: {}, reset: constant(reset), origin: 'default' },
    ],
    pods: [{ match: {}, ready: constant(ready), exit: constant(exit), origin: 'default' }],
    images: undefined,
  };
}

interface TimingOptions {
  readonly reset?: Duration;
  readonly ready?: Duration;
  readonly exit?: Duration;
  readonly resets?: Readonly<Record<string, Duration>>;
}

function constant(value: Duration) {
  return { kind: 'constant' as const, value };
}
