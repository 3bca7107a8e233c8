import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Cluster } from '../../src/cluster/Cluster.ts';
import { NO_OBJECTS } from '../../src/cluster/ClusterObjects.ts';
import { clusterOf } from '../../src/cluster/clusterOf.ts';
import { ActivePods } from '../../src/controllers/ActivePods.ts';
import { isActive } from '../../src/controllers/availability.ts';
import { START } from '../../src/units.ts';
import { aNode, aPod } from '../support/builders.ts';

const deeds = fc.array(fc.record({ what: fc.constantFrom('add', 'terminate', 'finish', 'release', 'remove'), whom: fc.nat(9) }), {
  maxLength: 60,
});

describe('ActivePods', () => {
  it('counts what counting all pods of an owner would', () => {
    fc.assert(fc.property(deeds, checkCounts), { numRuns: 300 });
  });
});

function checkCounts(list: readonly { readonly what: string; readonly whom: number }[]): void {
  const cluster = clusterOf({ ...NO_OBJECTS, nodes: [aNode('n')] });
  const active = new ActivePods();
  cluster.subscribe((change) => {
    if (change.kind === 'podRemoved') active.forget(change.pod);
    else if (change.kind === 'podReleased') active.release(change.pod, change.before.ownerKey ?? '');
    else if ('pod' in change) active.note(change.pod);
  });
  for (const [step, deed] of list.entries()) act(cluster, deed, step);
  for (const name of ['a', 'b', 'c']) {
    const pods = cluster.podsOwnedBy({ kind: 'ReplicaSet', namespace: 'default', name });
    expect(active.of(`ReplicaSet/default/${name}`).pods).toBe([...pods].filter(isActive).length);
  }
}

function act(cluster: Cluster, { what, whom }: { readonly what: string; readonly whom: number }, step: number): void {
  const pod = [...cluster.pods.values()][whom];
  const owner = { apiVersion: 'apps/v1', kind: 'ReplicaSet', name: ['a', 'b', 'c'][whom % 3] ?? 'a' };
  if (what === 'add') cluster.addPod(aPod(`p${step}`, { owner, nodeName: 'n' }));
  else if (!pod) return;
  else if (what === 'terminate') cluster.terminatePod(pod, { requestedAt: START, gracePeriodSeconds: 30, cause: 'Delete' });
  else if (what === 'finish') cluster.setPodPhase(pod, 'Failed');
  else if (what === 'release') cluster.releasePod(pod);
  else cluster.removePod(pod);
}
