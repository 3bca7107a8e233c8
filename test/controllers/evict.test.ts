import { describe, expect, it } from 'vitest';
import { clusterOf } from '../../src/cluster/clusterOf.ts';
import type { DisruptionBudgetDescription } from '../../src/cluster/DisruptionBudget.ts';
import type { PodDescription } from '../../src/cluster/Pod.ts';
import { DisruptionController } from '../../src/controllers/DisruptionController.ts';
import { evict } from '../../src/controllers/evict.ts';
import { Simulation } from '../../src/sim/Simulation.ts';
import { START } from '../../src/units.ts';
import { aBudget, aPod, aReplicaSet } from '../support/builders.ts';
import { NO_OBJECTS } from '../support/noObjects.ts';

describe('evict', () => {
  it('charges the budget and deletes the pod gracefully, for the reason of the Eviction API', () => {
    const { cluster, pod } = worldOf([{ maxUnavailable: 1 }]);
    expect(evict(cluster, pod, { now: START }).code).toBe(201);
    expect(pod.termination).toEqual({ requestedAt: START, gracePeriodSeconds: 30, cause: 'EvictionByEvictionAPI' });
    const [budget] = cluster.budgets.values();
    expect(budget?.status).toMatchObject({ disruptionsAllowed: 0, condition: { status: 'False', reason: 'InsufficientPods' } });
    expect([...(budget?.status.disruptedPods ?? [])]).toEqual([['web-0', START]]);
  });

  it('tells of the charge before the deletion', () => {
    const { cluster, pod } = worldOf([{ maxUnavailable: 1 }]);
    const told: string[] = [];
    cluster.subscribe(({ kind }) => told.push(kind));
    evict(cluster, pod, { now: START });
    expect(told).toEqual(['budgetCharged', 'podTerminating']);
  });

  it('names the budget that refused', () => {
    const { cluster, pod } = worldOf([{ maxUnavailable: 0 }]);
    expect(evict(cluster, pod, { now: START })).toMatchObject({ code: 429, retryAfterSeconds: undefined, budget: { key: 'default/web' } });
    expect(pod.isTerminating).toBe(false);
  });

  it('refuses a running pod under two budgets whatever they allow', () => {
    const { cluster, pod } = worldOf([{ maxUnavailable: 1 }, { maxUnavailable: 1, name: 'second' }]);
    expect(evict(cluster, pod, { now: START })).toMatchObject({ code: 500, reason: '', causes: [], budget: { key: 'default/second' } });
  });

  it('refuses every pod of a namespace that is being deleted, without asking its budget', () => {
    const { cluster, pod } = worldOf([{ maxUnavailable: 1 }]);
    cluster.terminatingNamespaces.add('default');
    const answer = evict(cluster, pod, { now: START });
    expect(answer).toMatchObject({ code: 403, reason: 'Forbidden', causes: [{ reason: 'NamespaceTerminating' }], budget: undefined });
    expect(answer.message).toMatch(/unable to create new content in namespace default because it is being terminated$/);
    expect([...cluster.budgets.values()][0]?.status.disruptionsAllowed).toBe(1);
  });

  it('evicts by name, also a pod that was created again under the same name', () => {
    const { cluster, pod } = worldOf([]);
    cluster.removePod(pod);
    const successor = cluster.addPod(aPod('web-0', { nodeName: 'n2' }));
    expect(evict(cluster, pod, { now: START }).code).toBe(201);
    expect(successor.isTerminating).toBe(true);
  });

  it('answers 404 for a pod that is gone', () => {
    const { cluster, pod } = worldOf([]);
    cluster.removePod(pod);
    expect(evict(cluster, pod, { now: START })).toMatchObject({ code: 404, message: 'pods "web-0" not found' });
  });

  it('leaves the budget charged when the delete fails on a precondition', () => {
    const { cluster, pod } = worldOf([{ maxUnavailable: 1 }]);
    expect(evict(cluster, pod, { now: START, preconditions: { uid: 'other' } })).toMatchObject({ code: 409, reason: 'Conflict' });
    expect([...cluster.budgets.values()][0]?.status.disruptionsAllowed).toBe(0);
    expect(pod.isTerminating).toBe(false);
  });

  it('checks preconditions in a dry run too, and charges nothing', () => {
    const { cluster, pod } = worldOf([{ maxUnavailable: 1 }]);
    const request = { now: START, dryRun: 'All' } as const;
    expect(evict(cluster, pod, { ...request, preconditions: { uid: 'other' } })).toMatchObject({ code: 409, reason: 'Conflict' });
    expect(evict(cluster, pod, { ...request, preconditions: { uid: pod.uid } }).code).toBe(201);
    expect([...cluster.budgets.values()][0]?.status.disruptionsAllowed).toBe(1);
    expect(pod.isTerminating).toBe(false);
  });

  it('asks a broken pod that needs no budget to try again when a precondition fails', () => {
    const { cluster, pod } = worldOf([{ maxUnavailable: 0, unhealthyPodEvictionPolicy: 'AlwaysAllow' }], { ready: false });
    const answer = evict(cluster, pod, { now: START, preconditions: { uid: 'other' } });
    expect(answer).toMatchObject({ code: 429, retryAfterSeconds: 10 });
    expect(evict(cluster, pod, { now: START, preconditions: { uid: pod.uid } }).code).toBe(201);
  });

  it('charges nothing for a pending pod with an outdated resource version', () => {
    const { cluster, pod } = worldOf([{ maxUnavailable: 1 }], { phase: 'Pending', ready: false });
    expect(evict(cluster, pod, { now: START, preconditions: { resourceVersion: '1' } }).code).toBe(409);
    expect([...cluster.budgets.values()][0]?.status.disruptedPods.size).toBe(0);
  });
});

/** Two pods of one ReplicaSet, the second one Ready, under the given budgets; `pod` is the first. */
function worldOf(budgets: readonly Partial<DisruptionBudgetDescription>[], first: Partial<PodDescription> = {}) {
  const owner = { apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'web' };
  const base = { labels: { app: 'web' }, owner, nodeName: 'n1' };
  const cluster = clusterOf({
    ...NO_OBJECTS,
    workloads: [aReplicaSet('web', 2)],
    pods: [aPod('web-0', { ...base, ...first }), aPod('web-1', base)],
    budgets: budgets.map((limits) => aBudget('web', limits)),
  });
  new DisruptionController({ sim: new Simulation('test'), cluster });
  const [pod] = cluster.pods.values();
  if (!pod) throw new Error('no pod');
  return { cluster, pod };
}
