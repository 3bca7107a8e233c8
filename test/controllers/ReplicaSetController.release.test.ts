import { describe, expect, it } from 'vitest';
import { NO_OBJECTS } from '../../src/cluster/ClusterObjects.ts';
import { clusterOf } from '../../src/cluster/clusterOf.ts';
import type { Labels } from '../../src/cluster/LabelSelector.ts';
import type { Pod } from '../../src/cluster/Pod.ts';
import { ReplicaSetController } from '../../src/controllers/ReplicaSetController.ts';
import { Simulation } from '../../src/sim/Simulation.ts';
import { START } from '../../src/units.ts';
import { aPod, aReplicaSet } from '../support/builders.ts';

describe('a pod whose labels are edited', () => {
  it('is released and replaced when the selector of its ReplicaSet holds no more', () => {
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

  it('stays when the selector still holds', () => {
    const { cluster, relabel } = world();
    relabel({ app: 'web', debug: 'true' });
    expect(cluster.podsOwnedBy(WEB).size).toBe(2);
    expect(cluster.pods.size).toBe(2);
  });
});

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
