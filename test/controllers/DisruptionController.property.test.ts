import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Cluster } from '../../src/cluster/Cluster.ts';
import { clusterOf } from '../../src/cluster/clusterOf.ts';
import type { DisruptionBudgetDescription } from '../../src/cluster/DisruptionBudget.ts';
import { DisruptionController } from '../../src/controllers/DisruptionController.ts';
import { evict } from '../../src/controllers/evict.ts';
import { type Latency, NO_LATENCY } from '../../src/controllers/Latency.ts';
import { Simulation } from '../../src/sim/Simulation.ts';
import { START, ZERO } from '../../src/units.ts';
import { aBudget, aNode, aPod, aPodSpec, aReplicaSet, selecting } from '../support/builders.ts';
import { NO_OBJECTS } from '../support/noObjects.ts';

const POD_DEEDS = [
  'add',
  'bind',
  'ready',
  'unready',
  'terminate',
  'remove',
  'release',
  'adopt',
  'relabel',
  'scale',
  'evict',
  'charge',
] as const;
const BUDGET_DEEDS = ['addBudget', 'changeBudget', 'removeBudget'] as const;
/** Pods that share them are of one class. */
const [WEB, OTHER, SPEC] = [{ app: 'web' }, { app: 'other' }, aPodSpec()];
const OWNER = { apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'web' };
type Deed = { readonly what: string; readonly whom: number };

describe('a budget that is counted pod by pod', () => {
  it('has the status that a count from scratch gives', () => {
    fc.assert(fc.property(deedsOf(POD_DEEDS), fc.constantFrom<'25%' | 1>('25%', 1), checkCounts), { numRuns: 300 });
  });
});

describe('a disruption controller that reacts at once', () => {
  it('writes the same as one that asks after every change', () => {
    const fewKinds = fc.subarray([...POD_DEEDS, ...BUDGET_DEEDS], { minLength: 1, maxLength: 4 });
    const deeds = fewKinds.chain((kinds) => deedsOf(['add', 'bind', ...kinds]));
    fc.assert(fc.property(deeds, fc.boolean(), checkShortcuts), { numRuns: 500 });
  });
});

function deedsOf(kinds: readonly string[]): fc.Arbitrary<Deed[]> {
  return fc.array(fc.record({ what: fc.constantFrom(...kinds), whom: fc.nat(9) }), { minLength: 1, maxLength: 60 });
}

/** Whoever reacts with a latency takes no shortcuts, not even when it is no time. */
function checkShortcuts(list: readonly Deed[], isOverlapping: boolean): void {
  const budgets = [aBudget('web', { maxUnavailable: 1 }), aBudget('other', { minAvailable: 1 })];
  if (isOverlapping) budgets.push(aBudget('x', { minAvailable: 1, selector: { requirements: [] } }));
  expect(statusesAfter(list, budgets, NO_LATENCY)).toEqual(statusesAfter(list, budgets, () => ZERO));
}

/** What all budgets were like after every deed. */
function statusesAfter(list: readonly Deed[], budgets: readonly DisruptionBudgetDescription[], latency: Latency): string[] {
  const pods = [WEB, { app: 'neither' }].map((labels, index) => aPod(`first-${index}`, { labels, owner: OWNER }));
  const cluster = clusterOf({ ...NO_OBJECTS, nodes: [aNode('n')], workloads: [aReplicaSet('web', 5)], pods, budgets });
  const sim = new Simulation('1');
  cluster.subscribe(new DisruptionController({ sim, cluster, latency }));
  return list.map((deed, step) => {
    act(cluster, deed, step);
    sim.run(START);
    return JSON.stringify(
      [...cluster.budgets.values()].map(({ key, status }) => [key, { ...status, disruptedPods: [...status.disruptedPods] }]),
    );
  });
}

function checkCounts(list: readonly Deed[], maxUnavailable: '25%' | 1): void {
  const set = aReplicaSet('web', 5);
  const cluster = clusterOf({ ...NO_OBJECTS, nodes: [aNode('n')], workloads: [set], budgets: [aBudget('web', { maxUnavailable })] });
  const sim = new Simulation('1');
  const controller = new DisruptionController({ sim, cluster });
  cluster.subscribe(controller);
  for (const [step, deed] of list.entries()) {
    act(cluster, deed, step);
    sim.run(START);
  }
  act(cluster, { what: 'add', whom: 0 }, -1);
  sim.run(START);
  const { expectedPods, currentHealthy, disruptedPods } = cluster.budgets.get('default/web')?.status ?? {};
  const pods = [...cluster.pods.values()].filter(({ labels }) => labels['app'] === 'web');
  const isOwned = pods.some(({ owner }) => owner !== undefined);
  const charged = [...(disruptedPods?.keys() ?? [])].map((name) => cluster.pods.get(`default/${name}`));
  expect(charged.every((pod) => pod !== undefined && !pod.isTerminating)).toBe(true);
  expect(expectedPods).toBe(isOwned ? replicasOf(cluster) : 0);
  expect(currentHealthy).toBe(pods.filter((pod) => pod.isServing && !charged.includes(pod)).length);
}

function act(cluster: Cluster, { what, whom }: Deed, step: number): void {
  const pods = [...cluster.pods.values()];
  const pod = pods[whom % pods.length];
  const node = cluster.nodes.get('n');
  const set = cluster.workloads.get('ReplicaSet/default/web');
  if (what === 'add') cluster.addPod(aPod(`p${step}`, { labels: WEB, owner: OWNER, spec: SPEC, ready: whom > 4 }));
  else if (what === 'scale' && set?.kind === 'ReplicaSet') cluster.updateWorkload({ ...set, replicas: whom });
  else if (isBudgetDeed(what)) actOnBudgets(cluster, { what, whom }, step);
  else if (!pod) return;
  else if (what === 'bind' && node && pod.nodeName === undefined) cluster.bindPod(pod, node, START);
  else if (what === 'ready') cluster.markPodReady(pod, START);
  else if (what === 'unready') cluster.markPodUnready(pod, START);
  else if (what === 'terminate') cluster.terminatePod(pod, { requestedAt: START, gracePeriodSeconds: 30, cause: 'Delete' });
  else if (what === 'remove') cluster.removePod(pod);
  else if (what === 'release') cluster.setPodOwner(pod, undefined);
  else if (what === 'adopt') cluster.setPodOwner(pod, OWNER);
  else if (what === 'relabel') cluster.updatePod(pod, { labels: whom % 2 === 0 ? WEB : OTHER });
  else if (what === 'evict') evict(cluster, pod, { now: START });
  else if (what === 'charge') evict(cluster, pod, { now: START, preconditions: { uid: 'another' } });
}

function isBudgetDeed(what: string): boolean {
  return BUDGET_DEEDS.some((one) => one === what);
}

function actOnBudgets(cluster: Cluster, { what, whom }: Deed, step: number): void {
  const selector = [selecting(WEB), selecting(OTHER), { requirements: [] }][whom % 3];
  const budgets = [...cluster.budgets.values()];
  const budget = budgets[whom % budgets.length];
  if (what === 'addBudget') cluster.addBudget(aBudget(`b${whom}-${step}`, { selector, minAvailable: whom }));
  else if (!budget) return;
  else if (what === 'changeBudget') cluster.updateBudget(budget, aBudget(budget.name, { selector, maxUnavailable: whom, generation: 2 }));
  else cluster.removeBudget(budget);
}

function replicasOf(cluster: Cluster): number {
  const set = cluster.workloads.get('ReplicaSet/default/web');
  return set?.kind === 'ReplicaSet' ? set.replicas : 0;
}
