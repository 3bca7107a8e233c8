import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Cluster } from '../../src/cluster/Cluster.ts';
import { clusterOf } from '../../src/cluster/clusterOf.ts';
import type { DisruptionBudgetDescription } from '../../src/cluster/DisruptionBudget.ts';
import { DisruptionController } from '../../src/controllers/DisruptionController.ts';
import { evict } from '../../src/controllers/evict.ts';
import { Simulation } from '../../src/sim/Simulation.ts';
import { START } from '../../src/units.ts';
import { aBudget, aPod, aReplicaSet } from '../support/builders.ts';
import { NO_OBJECTS } from '../support/noObjects.ts';

const percent = fc.integer({ min: 0, max: 100 }).map((value): `${number}%` => `${value}%`);
const amount = fc.oneof(fc.integer({ min: 0, max: 12 }), percent);
const limits = fc.oneof(
  amount.map((maxUnavailable): Partial<DisruptionBudgetDescription> => ({ maxUnavailable })),
  amount.map((minAvailable): Partial<DisruptionBudgetDescription> => ({ minAvailable })),
);
/** Ready or not, for each of up to twelve pods. */
const health = fc.array(fc.boolean(), { minLength: 1, maxLength: 12 });

describe('evictions under a disruption budget', () => {
  it('accepts exactly as many simultaneous evictions of Ready pods as the budget allows', () => {
    fc.assert(
      fc.property(limits, health, (limit, ready) => {
        const { cluster, budget } = worldOf(limit, ready);
        const pods = [...cluster.pods.values()].filter((pod) => pod.ready);
        const allowed = budget.status.disruptionsAllowed;
        const codes = pods.map((pod) => evict(cluster, pod, { now: START }).code);
        expect(codes.filter((code) => code === 201)).toHaveLength(Math.min(allowed, pods.length));
        expect(codes.filter((code) => code === 429)).toHaveLength(pods.length - Math.min(allowed, pods.length));
      }),
    );
  });

  it('never takes healthy pods below the floor, however evictions and the controller take turns', () => {
    fc.assert(
      fc.property(limits, health, fc.array(fc.tuple(fc.nat(), fc.boolean()), { maxLength: 40 }), (limit, ready, turns) => {
        const { sim, cluster, budget } = worldOf(limit, ready);
        const before = healthyPods(cluster);
        for (const [choice, isControllersTurn] of turns) {
          const pods = [...cluster.pods.values()];
          const pod = pods[choice % pods.length];
          if (pod) evict(cluster, pod, { now: sim.now });
          if (isControllersTurn) sim.run(START);
          expect(healthyPods(cluster)).toBeGreaterThanOrEqual(Math.min(before, budget.status.desiredHealthy));
        }
      }),
    );
  });

  it('leaves the status that a newly started controller would write', () => {
    fc.assert(
      fc.property(limits, health, fc.array(fc.nat(), { maxLength: 20 }), (limit, ready, choices) => {
        const { sim, cluster, budget } = worldOf(limit, ready);
        for (const choice of choices) {
          const pod = [...cluster.pods.values()][choice % cluster.pods.size];
          if (pod) evict(cluster, pod, { now: sim.now });
        }
        sim.run(START);
        const incremental = { ...budget.status };
        new DisruptionController({ sim, cluster });
        expect(budget.status).toEqual(incremental);
        expect(incremental.disruptedPods.size).toBe(0);
      }),
    );
  });
});

function worldOf(limit: Partial<DisruptionBudgetDescription>, ready: readonly boolean[]) {
  const owner = { apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'web' };
  const cluster = clusterOf({
    ...NO_OBJECTS,
    workloads: [aReplicaSet('web', ready.length)],
    pods: ready.map((isReady, index) => aPod(`web-${index}`, { labels: { app: 'web' }, owner, nodeName: 'n1', ready: isReady })),
  });
  const budget = cluster.addBudget(aBudget('web', limit));
  const sim = new Simulation('property');
  const controller = new DisruptionController({ sim, cluster });
  cluster.subscribe(controller);
  return { sim, cluster, budget };
}

function healthyPods(cluster: Cluster): number {
  return [...cluster.pods.values()].filter((pod) => pod.ready && !pod.isTerminating).length;
}
