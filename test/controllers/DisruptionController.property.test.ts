import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clusterOf } from '../../src/cluster/Cluster.ts';
import { NO_OBJECTS } from '../../src/cluster/ClusterObjects.ts';
import { DisruptionController } from '../../src/controllers/DisruptionController.ts';
import { evict } from '../../src/controllers/evict.ts';
import { Simulation } from '../../src/sim/Simulation.ts';
import { START } from '../../src/units.ts';
import { aBudget, aNode, aPod, aReplicaSet } from '../support/builders.ts';

const deeds = fc.array(
  fc.record({
    what: fc.constantFrom('add', 'bind', 'ready', 'unready', 'terminate', 'remove', 'release', 'relabel', 'scale', 'evict', 'charge'),
    whom: fc.nat(9),
  }),
  { minLength: 1, maxLength: 60 },
);

describe('a budget that is counted pod by pod', () => {
  it('has the status that a count from scratch gives', () => {
    fc.assert(fc.property(deeds, fc.constantFrom<'25%' | 1>('25%', 1), checkCounts), { numRuns: 300 });
  });
});

function checkCounts(list: readonly { what: string; whom: number }[], maxUnavailable: '25%' | 1): void {
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

function act(cluster: ReturnType<typeof clusterOf>, { what, whom }: { what: string; whom: number }, step: number): void {
  const pods = [...cluster.pods.values()];
  const pod = pods[whom % pods.length];
  const node = cluster.nodes.get('n');
  const set = cluster.workloads.get('ReplicaSet/default/web');
  if (what === 'add')
    cluster.addPod(aPod(`p${step}`, { labels: { app: 'web' }, owner: { apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'web' } }));
  else if (what === 'scale' && set?.kind === 'ReplicaSet') cluster.updateWorkload({ ...set, replicas: whom });
  else if (!pod) return;
  else if (what === 'bind' && node && pod.nodeName === undefined) cluster.bindPod(pod, node, START);
  else if (what === 'ready' || what === 'unready') cluster.setPodReady(pod, what === 'ready', START);
  else if (what === 'terminate') cluster.terminatePod(pod, { requestedAt: START, gracePeriodSeconds: 30, cause: 'Delete' });
  else if (what === 'remove') cluster.removePod(pod);
  else if (what === 'release') cluster.releasePod(pod);
  else if (what === 'relabel') cluster.updatePod(pod, { labels: { app: whom % 2 === 0 ? 'web' : 'other' } });
  else if (what === 'evict') evict(cluster, pod, { now: START });
  else if (what === 'charge') evict(cluster, pod, { now: START, preconditions: { uid: 'another' } });
}

function replicasOf(cluster: ReturnType<typeof clusterOf>): number {
  const set = cluster.workloads.get('ReplicaSet/default/web');
  return set?.kind === 'ReplicaSet' ? set.replicas : 0;
}
