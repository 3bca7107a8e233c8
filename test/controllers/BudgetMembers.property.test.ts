import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Cluster } from '../../src/cluster/Cluster.ts';
import { clusterOf } from '../../src/cluster/clusterOf.ts';
import type { Pod } from '../../src/cluster/Pod.ts';
import { BudgetMembers } from '../../src/controllers/BudgetMembers.ts';
import { START } from '../../src/units.ts';
import { aBudget, aNode, aPod, selecting } from '../support/builders.ts';
import { NO_OBJECTS } from '../support/noObjects.ts';

const deeds = fc.array(
  fc.record({
    what: fc.constantFrom(
      'add',
      'ready',
      'terminate',
      'relabel',
      'release',
      'adopt',
      'remove',
      'addBudget',
      'changeBudget',
      'removeBudget',
    ),
    whom: fc.nat(9),
  }),
  { maxLength: 60 },
);
type Deed = { readonly what: string; readonly whom: number };

describe('BudgetMembers', () => {
  it('counts what a count from scratch would, whatever happens to pods and budgets', () => {
    fc.assert(fc.property(deeds, checkCounts), { numRuns: 300 });
  });
});

function checkCounts(list: readonly Deed[]): void {
  const { cluster, members } = worldOf();
  for (const [step, deed] of list.entries()) act(cluster, deed, step);
  for (const budget of cluster.budgets.values()) {
    const { pods, serving, owners } = members.of(budget);
    const selected = [...cluster.pods.values()].filter((pod) => members.isMember(pod, budget));
    expect({ pods, serving }).toEqual({ pods: selected.length, serving: selected.filter(({ isServing }) => isServing).length });
    expect(owners.map(({ ownerKey }) => ownerKey).sort()).toEqual(ownersOf(selected));
  }
  for (const { podClass } of cluster.pods.values()) {
    expect(members.firstOf(podClass)?.budget).toBe(cluster.budgetsOfClass(podClass)[0]);
  }
}

function ownersOf(pods: readonly Pod[]): string[] {
  return [...new Set(pods.flatMap(({ podClass }) => podClass.ownerKey ?? []))].sort();
}

/** Two budgets, of which the second selects every pod. */
function worldOf(): { readonly cluster: Cluster; readonly members: BudgetMembers } {
  const budgets = [aBudget('a', {}), aBudget('b', { selector: { requirements: [] } })];
  const cluster = clusterOf({ ...NO_OBJECTS, nodes: [aNode('n')], pods: [aPod('first', { labels: { app: 'a' } })], budgets });
  const members = new BudgetMembers(cluster);
  cluster.subscribe((change) => {
    if (change.kind === 'podGiven') members.enter(change.pod);
    else if (change.kind === 'podClassBegun') members.begin(change.pod.podClass);
    else if (change.kind === 'podReadyChanged') members.noteReady(change.pod);
    else if (change.kind === 'podTerminating') members.noteTermination(change.pod, change.before);
    else if (change.kind === 'podLost') members.noteLoss(change.pod);
    else if (change.kind === 'podClassEnded') members.end(change.pod.podClass);
    else if (change.kind === 'podUpdated' || change.kind === 'podOwnerChanged') members.move(change.pod, change.before);
    else if ('budget' in change) members.recount(change.budget);
  });
  return { cluster, members };
}

function act(cluster: Cluster, { what, whom }: Deed, step: number): void {
  const app = ['a', 'b', 'c'][whom % 3] ?? 'a';
  const budget = [...cluster.budgets.values()][whom];
  if (what === 'add') {
    const owner = { apiVersion: 'apps/v1', kind: 'ReplicaSet', name: ['x', 'y'][whom % 2] ?? 'x' };
    cluster.addPod(aPod(`p${step}`, { labels: { app }, owner, nodeName: 'n', ready: whom > 4 }));
  } else if (what === 'addBudget') cluster.addBudget(aBudget(`${app}-${step}`, { selector: selecting({ app }) }));
  else if (what === 'changeBudget' && budget) cluster.updateBudget(budget, aBudget(budget.name, { selector: selecting({ app }) }));
  else if (what === 'removeBudget' && budget) cluster.removeBudget(budget);
  else actOnPod(cluster, { what, whom });
}

function actOnPod(cluster: Cluster, { what, whom }: Deed): void {
  const pod = [...cluster.pods.values()][whom];
  if (!pod) return;
  if (what === 'ready' && pod.ready) cluster.markPodUnready(pod, START);
  else if (what === 'ready') cluster.markPodReady(pod, START);
  else if (what === 'terminate') cluster.terminatePod(pod, { requestedAt: START, gracePeriodSeconds: 30 - whom, cause: 'Delete' });
  else if (what === 'relabel') cluster.updatePod(pod, { labels: { app: ['a', 'b', 'c'][whom % 3] ?? 'a' } });
  else if (what === 'release') cluster.setPodOwner(pod, undefined);
  else if (what === 'adopt') cluster.setPodOwner(pod, { apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'x' });
  else if (what === 'remove') cluster.removePod(pod);
}
