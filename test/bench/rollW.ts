import type { ClusterObjects } from '../../src/cluster/ClusterObjects.ts';
import type { Pod, PodDescription } from '../../src/cluster/Pod.ts';
import { roll } from '../../src/rolls/roll.ts';
import { observe } from '../../src/run/observe.ts';
import type { RunResult } from '../../src/run/RunResult.ts';
import { summarize } from '../../src/run/summarize.ts';
import { type Searching, wire } from '../../src/run/wire.ts';
import type { Scenario, Timing } from '../../src/scenario/Scenario.ts';
import { after, minutes, START, seconds } from '../../src/units.ts';
import { aScenario } from '../support/scenarios.ts';
import { type Variant, workloadW } from './workloadW.ts';

/** What one roll of W did and how long it took. */
export interface RollOfW {
  readonly result: RunResult;
  /** From the scenario as it was read to the result. */
  readonly wallSeconds: number;
  /** The part of it in which the cluster is built and settles. */
  readonly setupSeconds: number;
  readonly cpuSeconds: number;
  readonly slowDecisions: number;
}

/** The cluster W with its pods placed, as a dump would show it. */
export function settledW(nodes: number, variant: Variant): ClusterObjects {
  const objects = workloadW(nodes, variant);
  const world = wire(scenarioOf(objects, variant), '1', spreadingOf(variant));
  world.sim.run(START);
  return { ...objects, pods: [...world.cluster.pods.values()].map(describePod) };
}

/** Rolls the cluster of `scenario` once and looks that every pod was placed, before and after. @throws Error when one was not. */
export function rollW(scenario: Scenario, searching: Searching): RollOfW {
  const [startedAt, cpu] = [performance.now(), process.cpuUsage()];
  const world = wire(scenario, '1', searching);
  world.sim.run(START);
  world.endSettling();
  const probes = observe(world, scenario, 'figures');
  const setupSeconds = (performance.now() - startedAt) / 1000;
  const rolling = world.sim.start('roll', roll(world.roll, scenario.roll));
  world.sim.run(after(START, scenario.horizon));
  const [facts, countedUntil] = [rolling.result(), world.sim.now];
  const result = summarize({ scenario, seed: '1', world, probes, facts, ending: 'finished', countedUntil });
  const wallSeconds = (performance.now() - startedAt) / 1000;
  const cpuSeconds = process.cpuUsage(cpu).user / 1e6;
  const homeless = [...world.cluster.pods.values()].filter(({ nodeName, isFinished }) => nodeName === undefined && !isFinished);
  if (homeless.length > 0 || result.roll.outcome !== 'completed')
    throw new Error(`${homeless.length} pods of W have no node (${result.roll.outcome})`);
  return { result, wallSeconds, setupSeconds, cpuSeconds, slowDecisions: world.scheduler.slowDecisions };
}

/** As the scheduler comes, every ReplicaSet is spread by default; the plain variants leave that out. */
export function spreadingOf(variant: Variant): Searching {
  return { spreadDefaulting: variant === 'ds' ? 'System' : 'List' };
}

/** A barrier roll of `cluster`: 20 nodes at a time, 5 of up to 100, a quarter under pressure. */
export function scenarioOf(cluster: ClusterObjects, variant: Variant): Scenario {
  const nodes = cluster.nodes.length;
  const maxUnavailable = variant === 'pressure' ? Math.ceil(nodes / 4) : nodes <= 100 ? 5 : 20;
  return aScenario({ cluster, timing: TIMING, roll: { maxUnavailable }, horizon: minutes(60 * 24 * 30), objectives: [] });
}

const TIMING: Timing = {
  nodes: [{ match: {}, reset: { kind: 'uniform', min: minutes(7), max: minutes(9) }, origin: 'assumed' }],
  pods: [
    {
      match: {},
      ready: { kind: 'uniform', min: seconds(5), max: seconds(30) },
      exit: { kind: 'constant', value: seconds(30) },
      origin: 'assumed',
    },
  ],
  images: undefined,
};

function describePod(pod: Pod): PodDescription {
  const { namespace, name, labels, annotations, owner, spec, nodeName, createdAt } = pod;
  return {
    namespace,
    name,
    labels,
    annotations,
    owner,
    spec,
    nodeName,
    createdAt,
    startDelaySeconds: undefined,
    nominatedNodeName: undefined,
    phase: 'Running',
    ready: true,
    termination: undefined,
  };
}
