import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ClusterChange } from '../../src/cluster/ClusterChange.ts';
import type { Node } from '../../src/cluster/Node.ts';
import { firstUntolerated, UNSCHEDULABLE } from '../../src/cluster/Taint.ts';
import type { Pacing } from '../../src/rolls/RollPlan.ts';
import { roll } from '../../src/rolls/roll.ts';
import { run } from '../../src/run/run.ts';
import { wire } from '../../src/run/wire.ts';
import type { Scenario } from '../../src/scenario/Scenario.ts';
import { after, minutes, START, seconds } from '../../src/units.ts';
import { aBudget, aDaemonSet, aDeployment, aNode, aStatefulSet } from '../support/builders.ts';
import { eventsOf } from '../support/eventsOf.ts';
import { aRoll, aScenario, aTiming } from '../support/scenarios.ts';

const workload = fc.record({
  kind: fc.constantFrom('Deployment', 'StatefulSet', 'DaemonSet'),
  replicas: fc.integer({ min: 1, max: 6 }),
  cpu: fc.constantFrom(0.25, 0.5, 1, 2),
  budget: fc.option(
    fc.oneof(
      fc.record({ maxUnavailable: fc.integer({ min: 0, max: 2 }) }),
      fc.record({ minAvailable: fc.constantFrom(1, '50%' as const) }),
    ),
  ),
});

/** Clusters of 2 to 6 nodes, up to 5 workloads with and without budgets, and a roll of all nodes under any pacing. */
const scenarios = fc
  .record({
    nodes: fc.integer({ min: 2, max: 6 }),
    workloads: fc.array(workload, { maxLength: 5 }),
    maxUnavailable: fc.integer({ min: 1, max: 4 }),
    pacing: fc.constantFrom<Pacing>(
      { kind: 'barrier' },
      { kind: 'window' },
      { kind: 'ramp', factor: 2, interval: minutes(1) },
      { kind: 'barrier', pause: 'first', resumeAfter: minutes(5), soak: minutes(1) },
    ),
    force: fc.boolean(),
    ready: fc.integer({ min: 0, max: 90 }),
    exit: fc.integer({ min: 0, max: 40 }),
  })
  .map(({ nodes, workloads, maxUnavailable, pacing, force, ready, exit }) => {
    const cluster = {
      nodes: Array.from({ length: nodes }, (_, index) => aNode(`n${index}`)),
      workloads: workloads.map(({ kind, replicas, cpu }, index) => build(kind, `w${index}`, { replicas, cpu })),
      budgets: workloads.flatMap(({ budget }, index) => (budget ? [aBudget(`w${index}`, budget)] : [])),
    };
    const { drain } = aRoll(cluster);
    const plan = {
      maxUnavailable,
      pacing,
      drain: { ...drain, onTimeout: force ? ('force' as const) : ('failNode' as const) },
    };
    return aScenario({ cluster, roll: plan, timing: aTiming({ ready: seconds(ready), exit: seconds(exit) }), horizon: minutes(600) });
  });

function build(kind: string, name: string, { replicas, cpu }: { replicas: number; cpu: number }) {
  if (kind === 'StatefulSet') return aStatefulSet(name, replicas, { cpu });
  return kind === 'DaemonSet' ? aDaemonSet(name, { cpu }) : aDeployment(name, replicas, { cpu });
}

/** Runs the roll of `scenario` and calls `look` after every change. */
function watchRoll(scenario: Scenario, look: (change: ClusterChange, world: ReturnType<typeof wire>) => void) {
  const world = wire(scenario, scenario.seed);
  world.sim.run(START);
  world.endSettling();
  world.cluster.subscribe((change) => look(change, world));
  world.sim.start('roll', roll(world.roll, scenario.roll));
  world.sim.run(after(START, minutes(600)));
}

describe('every roll of a random cluster', () => {
  const settings = { numRuns: 40 };

  it('never puts more on a node than it has', () => {
    fc.assert(
      fc.property(scenarios, (scenario) =>
        watchRoll(scenario, (change) => {
          if (change.kind === 'podBound') expect(requestedCpu(change.node)).toBeLessThanOrEqual(change.node.allocatable['cpu'] ?? 0);
        }),
      ),
      settings,
    );
  });

  it('never binds a pod twice, nor to a cordoned node that it does not tolerate', () => {
    fc.assert(
      fc.property(scenarios, (scenario) => {
        const bound = new Set<string>();
        watchRoll(scenario, (change) => {
          if (change.kind !== 'podBound') return;
          expect(bound.has(change.pod.uid)).toBe(false);
          bound.add(change.pod.uid);
          if (change.node.unschedulable)
            expect(firstUntolerated([UNSCHEDULABLE], change.pod.spec.tolerations, ['NoSchedule'])).toBeUndefined();
        });
      }),
      settings,
    );
  });

  it('never evicts a healthy pod below the floor of its budget', () => {
    fc.assert(
      fc.property(scenarios, (scenario) =>
        watchRoll(scenario, (change, { cluster }) => {
          if (change.kind !== 'podTerminating' || change.pod.termination?.cause !== 'EvictionByEvictionAPI' || !change.pod.ready) return;
          for (const { status, description } of cluster.budgetsSelecting(change.pod)) {
            const healthy = [...cluster.pods.values()].filter((pod) => pod.labels['app'] === description.name && pod.isServing).length;
            expect(healthy).toBeGreaterThanOrEqual(status.desiredHealthy);
          }
        }),
      ),
      settings,
    );
  });

  it('never has more nodes away than maxUnavailable', () => {
    fc.assert(
      fc.property(scenarios, (scenario) => {
        const { series, roll: outcome } = run(scenario, scenario.seed);
        const failed = outcome.nodes.filter((reset) => reset.outcome !== 'inService').length;
        expect(Math.max(...series.nodesAway.values)).toBeLessThanOrEqual(scenario.roll.maxUnavailable + failed);
      }),
      settings,
    );
  });

  it('gives every workload back as many pods as it had', () => {
    fc.assert(
      fc.property(scenarios, (scenario) => {
        const { cluster } = finalWorld(scenario);
        const pending = [...cluster.pods.values()].filter(({ nodeName }) => nodeName === undefined).length;
        for (const one of scenario.cluster.workloads) {
          const alive = [...cluster.pods.values()].filter((pod) => pod.labels['app'] === one.name && !pod.isTerminating).length;
          if (one.kind === 'Deployment') expect(alive).toBe(one.replicas);
          if (one.kind === 'StatefulSet' && pending === 0) expect(alive).toBe(one.replicas);
        }
      }),
      settings,
    );
  });

  it('reports every interval inside the run, in order of time, and the same bytes for the same seed', () => {
    fc.assert(
      fc.property(scenarios, (scenario) => {
        const result = run(scenario, scenario.seed);
        expect(JSON.stringify(run(scenario, scenario.seed))).toBe(JSON.stringify(result));
        const times = eventsOf(result).map(({ at }) => at);
        expect(times).toEqual([...times].sort((a, b) => a - b));
        for (const { start, end, isOver } of result.workloads.flatMap(({ outages }) => outages)) {
          expect(start).toBeGreaterThanOrEqual(0);
          expect(start).toBeLessThan(end);
          if (isOver) expect(end).toBeLessThanOrEqual(result.endedAt);
          else expect(end).toBe(scenario.horizon);
        }
      }),
      settings,
    );
  });
});

function finalWorld(scenario: Scenario): ReturnType<typeof wire> {
  const world = wire(scenario, scenario.seed);
  world.sim.run(START);
  world.endSettling();
  world.sim.start('roll', roll(world.roll, scenario.roll));
  world.sim.run(after(START, minutes(600)));
  return world;
}

function requestedCpu(node: Node): number {
  return [...node.pods].reduce((sum, { spec }) => sum + (spec.containers[0]?.requests['cpu'] ?? 0), 0);
}
