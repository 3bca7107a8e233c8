import { describe, expect, it } from 'vitest';
import { NO_OBJECTS } from '../../../src/cluster/ClusterObjects.ts';
import { clusterOf } from '../../../src/cluster/clusterOf.ts';
import { PendingProbe } from '../../../src/run/probes/PendingProbe.ts';
import { Simulation } from '../../../src/sim/Simulation.ts';
import { aClaim, aDisk, aNode, aPod, aPodSpec, claimed } from '../../support/builders.ts';

describe('PendingProbe', () => {
  it('knows who waited before the roll, for a node or a claim, in order of creation', () => {
    const cluster = clusterOf({ ...NO_OBJECTS, nodes: [aNode('n1')] });
    cluster.putStorage('claims', 'default/open', aClaim('open'));
    cluster.putStorage('claims', 'default/bound', aDisk('bound').claim);
    const using = (name: string) => ({ spec: aPodSpec({ volumes: [claimed(name)] }) });
    const pods = [
      aPod('a', using('open')),
      aPod('b', { nodeName: 'n1', phase: 'Pending', ...using('open') }),
      aPod('c', { nodeName: 'n1', phase: 'Pending', ...using('bound') }),
      aPod('d', { nodeName: 'n1', phase: 'Running', ...using('open') }),
      aPod('e'),
      aPod('f', { nodeName: 'n1', phase: 'Pending' }),
      aPod('g', { phase: 'Failed' }),
    ];
    cluster.addPods(pods);
    const { before } = new PendingProbe(new Simulation('test'), cluster);
    expect([...before].map(({ name }) => name)).toEqual(['a', 'b', 'e']);
  });
});
