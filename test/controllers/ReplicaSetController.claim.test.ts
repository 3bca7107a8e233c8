import { describe, expect, it } from 'vitest';
import type { Cluster } from '../../src/cluster/Cluster.ts';
import type { ClusterObjects } from '../../src/cluster/ClusterObjects.ts';
import { clusterOf } from '../../src/cluster/clusterOf.ts';
import type { Labels } from '../../src/cluster/LabelSelector.ts';
import type { Pod } from '../../src/cluster/Pod.ts';
import { ReplicaSetController } from '../../src/controllers/ReplicaSetController.ts';
import { Simulation } from '../../src/sim/Simulation.ts';
import { START } from '../../src/units.ts';
import { aPod, aReplicaSet } from '../support/builders.ts';
import { NO_OBJECTS } from '../support/noObjects.ts';

const TERMINATION = { requestedAt: START, gracePeriodSeconds: 30, cause: 'Delete' } as const;

describe('a pod whose labels are edited', () => {
  it('is released and replaced when the selector of its ReplicaSet no longer matches', () => {
    const { cluster, relabel } = world();
    relabel({ app: 'debug' });
    expect(cluster.pods.get('default/web-0')?.owner).toBeUndefined();
    expect([...cluster.podsOwnedBy(WEB)].map(({ key }) => key)).toEqual(['default/web-1', 'default/web-00001']);
  });

  it('is not released any more when it has been removed in the same instant', () => {
    const { cluster, relabel, released } = world();
    relabel({ app: 'debug' }, (pod) => cluster.removePod(pod));
    expect(released).toEqual([]);
    expect([...cluster.podsOwnedBy(WEB)].map(({ key }) => key)).toEqual(['default/web-1', 'default/web-00001']);
  });

  it.each([
    ['terminating', (cluster: Cluster, pod: Pod) => cluster.terminatePod(pod, TERMINATION)],
    ['finished', (cluster: Cluster, pod: Pod) => cluster.setPodPhase(pod, 'Failed')],
  ])('is not released when it is %s', (_what, end) => {
    const { cluster, relabel, released } = world();
    relabel({ app: 'debug' }, (pod) => end(cluster, pod));
    expect(released).toEqual([]);
    expect([...cluster.podsOwnedBy(WEB)].map(({ key }) => key)).toEqual(['default/web-0', 'default/web-1', 'default/web-00001']);
  });

  it('stays when the selector still matches', () => {
    const { cluster, relabel } = world();
    relabel({ app: 'web', debug: 'true' });
    expect(cluster.podsOwnedBy(WEB).size).toBe(2);
    expect(cluster.pods.size).toBe(2);
  });
});

describe('a pod without an owner', () => {
  it('is adopted again when its labels are given back, and a surplus one is deleted', () => {
    const { cluster, relabel } = world();
    relabel({ app: 'debug' });
    relabel({ app: 'web' });
    expect([...cluster.podsOwnedBy(WEB)].map(({ key }) => key)).toEqual(['default/web-1', 'default/web-0']);
    expect(cluster.pods.size).toBe(2);
  });

  it.each([
    ['matches', {}, ['default/lone', 'default/web-00001']],
    ['is in another namespace', { namespace: 'other' }, ['default/web-00001', 'default/web-00002']],
    ['has other labels', { labels: { app: 'other' } }, ['default/web-00001', 'default/web-00002']],
    ['has finished', { phase: 'Succeeded' }, ['default/web-00001', 'default/web-00002']],
    ['is terminating', { termination: TERMINATION }, ['default/web-00001', 'default/web-00002']],
  ] as const)('that %s is adopted or not, whether it, its ReplicaSet or the controller is there first', (_, change, expected) => {
    const lone = aPod('lone', { labels: { app: 'web' }, nodeName: 'n1', ...change });
    const isBefore = begin(() => {}, { pods: [lone], workloads: [aReplicaSet('web', 2)] });
    const comesLast = begin((cluster) => cluster.addPod(lone), { workloads: [aReplicaSet('web', 2)] });
    const isFirst = begin((cluster) => cluster.addWorkload(aReplicaSet('web', 2)), { pods: [lone] });
    for (const names of [isBefore, comesLast, isFirst]) expect(names).toEqual(expected);
  });

  it('stays alone when no selector asks for anything', () => {
    const workloads = [{ ...aReplicaSet('web', 0), selector: { requirements: [] } }];
    expect(begin(() => {}, { pods: [aPod('lone')], workloads })).toEqual([]);
  });
});

/** The pods of the ReplicaSet `web` after `act`, with which a controller begins that knows `objects`. */
function begin(act: (cluster: Cluster) => void, objects: Partial<ClusterObjects>): string[] {
  const cluster = clusterOf({ ...NO_OBJECTS, ...objects });
  const sim = new Simulation('test');
  cluster.subscribe(new ReplicaSetController({ sim, cluster }));
  act(cluster);
  sim.run(START);
  return [...cluster.podsOwnedBy(WEB)].map(({ key }) => key);
}

const WEB = { kind: 'ReplicaSet', namespace: 'default', name: 'web' };

function world() {
  const owner = { apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'web' };
  const pods = ['web-0', 'web-1'].map((name) => aPod(name, { labels: { app: 'web' }, owner, nodeName: 'n1' }));
  const cluster = clusterOf({ ...NO_OBJECTS, workloads: [aReplicaSet('web', 2)], pods });
  const sim = new Simulation('test');
  const controller = new ReplicaSetController({ sim, cluster });
  cluster.subscribe(controller);
  const released: string[] = [];
  cluster.subscribe((change) => {
    if (change.kind === 'podOwnerChanged') released.push(change.pod.key);
  });
  const relabel = (labels: Labels, then: (pod: Pod) => void = () => {}) => {
    const pod = cluster.pods.get('default/web-0');
    if (pod) {
      cluster.updatePod(pod, { labels });
      then(pod);
    }
    sim.run(START);
  };
  return { cluster, relabel, released };
}
