import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Cluster } from '../../src/cluster/Cluster.ts';
import { clusterOf } from '../../src/cluster/clusterOf.ts';
import { isActive } from '../../src/controllers/availability.ts';
import { ReplicaSetController } from '../../src/controllers/ReplicaSetController.ts';
import { Simulation } from '../../src/sim/Simulation.ts';
import { START } from '../../src/units.ts';
import { aNode, aPod, aReplicaSet } from '../support/builders.ts';
import { NO_OBJECTS } from '../support/noObjects.ts';

const NAMES = ['a', 'b', 'c'];

const deed = fc.record({
  what: fc.constantFrom('add', 'terminate', 'hurry', 'finish', 'fail', 'relabel', 'restore', 'release', 'remove'),
  whom: fc.nat(20),
  isLookedAt: fc.boolean(),
});
type Deed = typeof deed extends fc.Arbitrary<infer T> ? T : never;

describe('ReplicaSetController', () => {
  it('keeps as many active pods as each ReplicaSet asks for, whatever happens to them', () => {
    fc.assert(fc.property(fc.array(deed, { maxLength: 60 }), checkCounts), { numRuns: 300 });
  });
});

function checkCounts(deeds: readonly Deed[]): void {
  const sim = new Simulation('test');
  const cluster = clusterOf({ ...NO_OBJECTS, nodes: [aNode('n')], workloads: NAMES.map((name) => aReplicaSet(name, 3)) });
  cluster.subscribe(new ReplicaSetController({ sim, cluster }));
  sim.run(START);
  for (const [step, one] of deeds.entries()) {
    act(cluster, one, step);
    if (one.isLookedAt) sim.run(START);
  }
  for (const workload of cluster.workloads.values()) cluster.updateWorkload({ ...workload });
  sim.run(START);
  for (const name of NAMES) {
    const pods = cluster.podsOwnedBy({ kind: 'ReplicaSet', namespace: 'default', name });
    expect([...pods].filter(isActive).length).toBe(3);
  }
}

function act(cluster: Cluster, { what, whom }: Deed, step: number): void {
  const pod = [...cluster.pods.values()][whom];
  const name = NAMES[whom % NAMES.length] ?? '';
  const owner = { apiVersion: 'apps/v1', kind: 'ReplicaSet', name };
  if (what === 'add') cluster.addPod(aPod(`p${step}`, { owner, labels: { app: name }, nodeName: 'n' }));
  else if (!pod) return;
  else if (what === 'terminate') cluster.terminatePod(pod, { requestedAt: START, gracePeriodSeconds: 30, cause: 'Delete' });
  else if (what === 'hurry') cluster.terminatePod(pod, { requestedAt: START, gracePeriodSeconds: 1, cause: 'Delete' });
  else if (what === 'finish') cluster.setPodPhase(pod, 'Succeeded');
  else if (what === 'fail') cluster.setPodPhase(pod, 'Failed');
  else if (what === 'relabel') cluster.updatePod(pod, { labels: { app: 'debug' } });
  else if (what === 'restore') cluster.updatePod(pod, { labels: { app: name } });
  else if (what === 'release') cluster.setPodOwner(pod, undefined);
  else cluster.removePod(pod);
}
