import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Node } from '../../src/cluster/Node.ts';
import type { Pod } from '../../src/cluster/Pod.ts';
import { DisruptionController } from '../../src/controllers/DisruptionController.ts';
import { evict } from '../../src/controllers/evict.ts';
import { toDrain } from '../../src/rolls/drainFilter.ts';
import { drainNode } from '../../src/rolls/drainNode.ts';
import { managedDrain } from '../../src/rolls/managedDrain.ts';
import type { RollContext } from '../../src/rolls/RollContext.ts';
import type { DrainPlan } from '../../src/rolls/RollPlan.ts';
import { untilAttempt } from '../../src/rolls/retryTimes.ts';
import { type Process, timeout } from '../../src/sim/Process.ts';
import { type Duration, seconds, ZERO } from '../../src/units.ts';
import { aBudget, aNode, aPod, aReplicaSet } from '../support/builders.ts';
import { aControlPlane, type ControlPlane } from '../support/controlPlane.ts';
import { aRollContext } from '../support/rollContext.ts';

/** Every wave is asked for by name, so that both ways ask in the same order. */
const STEADY: DrainPlan = { ...managedDrain({ kind: 'test', timeout: seconds(3600), onTimeout: 'force' }), sequence: 'byName' };
const GROWING: DrainPlan = { ...STEADY, retry: seconds(1), backoff: { factor: 1.5, longest: seconds(6) } };

/** Nobody is asked for in 5 of 18 seconds. */
const IN_ATTEMPTS: DrainPlan = { ...STEADY, retry: seconds(3), timeout: seconds(13), onTimeout: 'retryForever', attemptPause: seconds(5) };

/** After 30 seconds nobody is asked for in 9 of 22. */
const IN_SLOW_ATTEMPTS: DrainPlan = { ...IN_ATTEMPTS, slowAttempts: { after: seconds(30), pause: seconds(9) } };

/** So far from its limit that nobody waits for a turn, but might. */
const LIMITED: DrainPlan = { ...STEADY, client: { qps: 1e6, burst: 1e6 } };

const aWorld = fc.record({
  sets: fc.array(fc.record({ replicas: fc.integer({ min: 1, max: 8 }), allowed: fc.integer({ min: 1, max: 3 }) }), {
    minLength: 1,
    maxLength: 4,
  }),
  nodes: fc.integer({ min: 1, max: 4 }),
  ready: fc.integer({ min: 0, max: 17 }),
  exit: fc.integer({ min: 0, max: 12 }),
  startsAt: fc.array(fc.nat(20), { minLength: 4, maxLength: 4 }),
  unready: fc.array(fc.nat(30), { maxLength: 3 }),
  reopensAt: fc.option(fc.integer({ min: 1, max: 60 })),
  plan: fc.constantFrom(STEADY, GROWING, LIMITED, IN_ATTEMPTS, IN_SLOW_ATTEMPTS),
});

type World = typeof aWorld extends fc.Arbitrary<infer T> ? T : never;

describe('a parked eviction', () => {
  it('gets its answer when asking at every tick would', () => {
    fc.assert(
      fc.property(aWorld, (world) => {
        expect(drained(world, drainNode)).toEqual(drained(world, drainByPolling));
      }),
      { numRuns: 150 },
    );
  });
});

type Drain = (context: RollContext, node: Node, plan: DrainPlan) => Process<{ readonly evictions: number; readonly refusals: number }>;

/** Drains nodes at the given seconds. @returns when each pod was evicted, and what each drain counted. */
function drained({ sets, nodes, ready, exit, startsAt, unready, reopensAt, plan }: World, drain: Drain) {
  const names = Array.from({ length: nodes }, (_, index) => `n${index}`);
  const pods = sets.flatMap(({ replicas }, set) =>
    Array.from({ length: replicas }, (_, id) =>
      aPod(`w${set}-${id}`, {
        labels: { app: `w${set}` },
        owner: { apiVersion: 'apps/v1', kind: 'ReplicaSet', name: `w${set}` },
        nodeName: names[(id + set) % nodes] ?? 'n0',
      }),
    ),
  );
  const plane = aControlPlane({
    nodes: [...names, 'spare'].map((name) => aNode(name, { cpu: 100 })),
    workloads: sets.map(({ replicas }, set) => aReplicaSet(`w${set}`, replicas)),
    budgets: sets.map(({ allowed }, set) => aBudget(`w${set}`, { maxUnavailable: allowed })),
    pods: pods.map((pod, index) => ({ ...pod, ready: !unready.includes(index) })),
    ready,
    exit,
  });
  const { sim, cluster, kubelet } = plane;
  cluster.subscribe(new DisruptionController({ sim, cluster }));
  const evicted: string[] = [];
  cluster.subscribe(({ kind, ...change }) => {
    if (kind === 'podTerminating' && 'pod' in change) evicted.push(`${sim.now} ${change.pod.key}`);
  });
  const context = aRollContext({ sim, cluster, kubelet });
  const running = names.map((name) => () => {
    const node = cluster.nodes.get(name);
    if (!node) throw new Error(`no node ${name}`);
    cluster.cordon(node);
    return sim.start(`drain/${name}`, drain(context, node, plan));
  });
  const started: ReturnType<(typeof running)[number]>[] = [];
  for (const [index, start] of running.entries()) plane.at(startsAt[index] ?? 0, () => started.push(start()));
  for (const index of unready) plane.at(7 + 3 * index, () => becomeReady(plane, pods[index]?.name));
  plane.at(reopensAt ?? 0, () => {
    const [budget] = cluster.budgets.values();
    if (budget && reopensAt !== null) cluster.updateBudget(budget, { ...budget.description, maxUnavailable: 5 });
  });
  plane.until(3000);
  const counts = started.map((drainOfNode) => {
    const { evictions, refusals } = drainOfNode.result();
    return { evictions, refusals };
  });
  return { evicted, counts };
}

function becomeReady({ sim, cluster }: ControlPlane, name: string | undefined): void {
  const pod = cluster.pods.get(`default/${name}`);
  if (pod) cluster.markPodReady(pod, sim.now);
}

/** The plainest way to drain: every pod for itself, asking every `retry` until the answer is yes. */
function* drainByPolling(context: RollContext, node: Node, plan: DrainPlan) {
  const { sim, cluster } = context;
  const rank = sim.briefStream('drainOrder', node.name).next().toFixed(9);
  const counts = { evictions: 0, refusals: 0 };
  const startedAt = sim.now;
  const pods = toDrain(cluster, node, plan);
  const running = pods.map((pod, index) =>
    sim.start(`victims/${rank}/${node.name}/`, poll(context, pod, { plan, counts, startedAt }), index),
  );
  for (const one of running) while (!one.isDone) yield one.done;
  return counts;
}

interface Polling {
  readonly plan: DrainPlan;
  readonly counts: { evictions: number; refusals: number };
  readonly startedAt: number;
}

function* poll({ sim, cluster, watch }: RollContext, pod: Pod, { plan, counts, startedAt }: Polling): Process<void> {
  yield timeout(ZERO);
  for (let refusals = 0; pod.exists; refusals += 1) {
    const { code } = evict(cluster, pod, { now: sim.now });
    if (code === 201) {
      counts.evictions += 1;
      while (pod.exists) yield watch.pod(pod);
      return;
    }
    counts.refusals += 1;
    yield timeout(pauseAfter(plan, refusals, sim.now - startedAt) as Duration);
  }
}

/** From a refusal, which came so long after the start of the drain, to the next time that it asks. */
function pauseAfter(plan: DrainPlan, refusals: number, sinceStart: number): number {
  const { timeout: limit, attemptPause, slowAttempts, retry } = plan;
  if (attemptPause === undefined) return untilAttempt(plan, refusals, 1);
  for (let end: number = limit; ; ) {
    const next = end + (slowAttempts && end > slowAttempts.after ? slowAttempts.pause : attemptPause);
    if (sinceStart < next) return sinceStart + retry < end ? retry : next - sinceStart;
    end = next + limit;
  }
}
