import { describe, expect, it } from 'vitest';
import { NO_OBJECTS } from '../../src/cluster/ClusterObjects.ts';
import { clusterOf } from '../../src/cluster/clusterOf.ts';
import { disturb } from '../../src/run/disturb.ts';
import { START } from '../../src/units.ts';
import { aStatefulSet } from '../support/builders.ts';

describe('disturb', () => {
  it('changes a workload, and its replicas only when told', () => {
    const cluster = clusterOf({ ...NO_OBJECTS, workloads: [aStatefulSet('db', 8)] });
    const workload = { ...aStatefulSet('db', 2), minReadySeconds: 5 };
    disturb(cluster, { at: START, kind: 'change', workload }, START);
    expect(cluster.workloads.get('StatefulSet/default/db')).toMatchObject({ replicas: 8, minReadySeconds: 5 });
    disturb(cluster, { at: START, kind: 'change', workload, replicas: 3 }, START);
    expect(cluster.workloads.get('StatefulSet/default/db')).toMatchObject({ replicas: 3, minReadySeconds: 5 });
  });
});
