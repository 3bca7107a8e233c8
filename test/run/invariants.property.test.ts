import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ClusterChange } from '../../src/cluster/ClusterChange.ts';
import type { NodeReset } from '../../src/rolls/NodeReset.ts';
import { roll } from '../../src/rolls/roll.ts';
import type { RunResult, WorkloadOutcome } from '../../src/run/RunResult.ts';
import { run } from '../../src/run/run.ts';
import { type Searching, type World, wire } from '../../src/run/wire.ts';
import type { Scenario } from '../../src/scenario/Scenario.ts';
import { after, START } from '../../src/units.ts';
import { eventsOf } from '../support/eventsOf.ts';
import { troubledScenarios } from '../support/troubledScenarios.ts';

const settings = { numRuns: 60, seed: 1 };

describe('every roll in which much goes wrong', () => {
  it('has no more nodes in work than maxUnavailable, and ends each of them', () => {
    fc.assert(
      fc.property(troubledScenarios, (scenario) => {
        const { roll: outcome, endedAt } = run(scenario, scenario.seed, 'figures');
        expect(outcome.nodes.map(({ node }) => node).sort()).toEqual([...scenario.roll.nodes].sort());
        for (const { begin } of workOf(outcome.nodes)) {
          const inWork = workOf(outcome.nodes).filter((other) => other.begin <= begin && begin < other.end);
          expect(inWork.length).toBeLessThanOrEqual(scenario.roll.maxUnavailable);
        }
        for (const reset of outcome.nodes) expect(reset.endedAt).toBeLessThanOrEqual(endedAt);
        if (outcome.outcome === 'completed') {
          for (const reset of outcome.nodes) expect(['inService', 'skipped', 'deleted']).toContain(reset.outcome);
        }
      }),
      settings,
    );
  });

  it('starts nothing on a node whose machine is away', () => {
    fc.assert(
      fc.property(troubledScenarios, (scenario) => {
        watch(scenario, (change, { cluster }) => {
          if (change.kind !== 'podRunning' && !(change.kind === 'podReadyChanged' && change.pod.ready)) return;
          expect(cluster.nodeOf(change.pod)?.isPosting).toBe(true);
        });
      }),
      settings,
    );
  });

  it('evicts no healthy pod that its budget needs', () => {
    fc.assert(
      fc.property(troubledScenarios, (scenario) => {
        if (scenario.latencies) return;
        watch(scenario, (change, { cluster }) => {
          if (change.kind !== 'podTerminating' || change.before || !change.pod.ready) return;
          if (change.pod.termination?.cause !== 'EvictionByEvictionAPI') return;
          for (const { description, status } of cluster.budgetsSelecting(change.pod)) {
            const app = description.name.replace(/-\d$/, '');
            const healthy = [...cluster.pods.values()].filter((pod) => pod.labels['app'] === app && pod.isServing);
            expect(healthy.length).toBeGreaterThanOrEqual(status.desiredHealthy);
          }
        });
      }),
      settings,
    );
  });

  it('has no more pods of a workload than it wants or had at the start', () => {
    fc.assert(
      fc.property(troubledScenarios, (scenario) => {
        const given = activeByApp(scenario.cluster.pods.filter(({ phase, termination }) => phase !== 'Failed' && !termination));
        watch(scenario, (change, { cluster }) => {
          if (change.kind !== 'podAdded') return;
          const active = activeByApp([...cluster.pods.values()].filter(({ isTerminating, isFinished }) => !isTerminating && !isFinished));
          for (const workload of scenario.cluster.workloads) {
            if (!('replicas' in workload)) continue;
            const { name, replicas } = workload;
            expect(active.get(name) ?? 0).toBeLessThanOrEqual(Math.max(replicas, given.get(name) ?? 0));
          }
        });
      }),
      settings,
    );
  });

  it('has figures that follow from its event log', () => {
    fc.assert(
      fc.property(troubledScenarios, (scenario) => {
        const result = run(scenario, scenario.seed);
        const atStart = servingAtStart(scenario);
        for (const { kind, name, desired, outage, degraded, minReady } of result.workloads) {
          const own = atStart.filter((key) => key.startsWith(`default/${name}-`));
          if (!REPLICATED.includes(kind) || own.length !== desired) continue;
          expect({ outage, degraded, minReady }).toEqual(recount(result, own, { name, desired, horizon: scenario.horizon }));
        }
      }),
      settings,
    );
  });

  it('binds the same pods to the same nodes by the fast search as by the plugins alone', () => {
    fc.assert(
      fc.property(troubledScenarios, (scenario) => {
        expect(bindings(scenario, { search: 'fast' })).toEqual(bindings(scenario, { search: 'plugins' }));
      }),
      { ...settings, numRuns: settings.numRuns / 2 },
    );
  });
});

function workOf(resets: readonly NodeReset[]): { begin: number; end: number }[] {
  return resets.flatMap(({ cordonedAt, startedAt = cordonedAt, endedAt, outcome }) =>
    startedAt === undefined || outcome === 'notStarted' ? [] : [{ begin: startedAt, end: endedAt }],
  );
}

/** Runs `scenario` and calls `look` after every change from t = 0 on. */
function watch(scenario: Scenario, look: (change: ClusterChange, world: World) => void): void {
  run(scenario, scenario.seed, 'figures', (world) => {
    world.cluster.subscribe((change) => {
      if (!world.isSettling()) look(change, world);
    });
  });
}

function activeByApp(pods: readonly { readonly labels: Readonly<Record<string, string>> }[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { labels } of pods) counts.set(labels['app'] ?? '', (counts.get(labels['app'] ?? '') ?? 0) + 1);
  return counts;
}

const REPLICATED = ['Deployment', 'ReplicaSet', 'StatefulSet'];

/** The keys of the pods that serve when the roll begins. */
function servingAtStart(scenario: Scenario): string[] {
  const { sim, cluster, endSettling } = wire(scenario, scenario.seed);
  sim.run(START);
  endSettling();
  return [...cluster.pods.values()].filter(({ isServing }) => isServing).map(({ key }) => key);
}

type Served = Pick<WorkloadOutcome, 'outage' | 'degraded' | 'minReady'>;

/** What the event log says of the Ready pods of one workload, of which these served at the `start`. */
function recount(
  result: RunResult,
  start: readonly string[],
  { name, desired, horizon }: { readonly name: string; readonly desired: number; readonly horizon: number },
): Served {
  const isOwn = (key: string) => key.startsWith(`default/${name}-`);
  const serving = new Set(start);
  const terminating = new Set<string>();
  const steps: [number, number][] = [[0, serving.size]];
  for (const { at, kind, object } of eventsOf(result)) {
    const key = object.replace(/^Pod\//, '');
    if (!object.startsWith('Pod/') || !isOwn(key)) continue;
    if (kind === 'podTerminating') terminating.add(key);
    if (kind === 'podGone') terminating.delete(key);
    if (kind === 'podReady' && !terminating.has(key)) serving.add(key);
    if (['podNotReady', 'podTerminating', 'podGone'].includes(kind)) serving.delete(key);
    if (steps.at(-1)?.[0] === at) steps.pop();
    steps.push([at, serving.size]);
  }
  const lengths = steps.map(([at, ready], index) => ({ ready, length: (steps[index + 1]?.[0] ?? horizon) - at }));
  const total = (isSo: (ready: number) => boolean) => lengths.reduce((sum, { ready, length }) => sum + (isSo(ready) ? length : 0), 0);
  return {
    outage: total((ready) => desired > 0 && ready === 0) as Served['outage'],
    degraded: total((ready) => ready < desired) as Served['degraded'],
    minReady: Math.min(...lengths.filter(({ length }) => length > 0).map(({ ready }) => ready)),
  };
}

/** Every binding of a roll in which the scheduler searches in this way. */
function bindings(scenario: Scenario, searching: Searching): string[] {
  const world = wire(scenario, scenario.seed, searching);
  const bound: string[] = [];
  world.cluster.subscribe((change) => {
    if (change.kind === 'podBound') bound.push(`${world.sim.now} ${change.pod.key} ${change.node.name}`);
  });
  world.sim.run(START);
  world.endSettling();
  world.sim.start('roll', roll(world.roll, scenario.roll));
  world.sim.run(after(START, scenario.horizon));
  return bound;
}
