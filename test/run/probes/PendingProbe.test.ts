import { describe, expect, it } from 'vitest';
import { clusterOf } from '../../../src/cluster/clusterOf.ts';
import { PendingProbe } from '../../../src/run/probes/PendingProbe.ts';
import { Simulation } from '../../../src/sim/Simulation.ts';
import { START } from '../../../src/units.ts';
import { aClaim, aDisk, aNode, aPod, aPodSpec, claimed } from '../../support/builders.ts';
import { NO_OBJECTS } from '../../support/noObjects.ts';

/** A probe, and a pod with `claims` that has come and was bound at once. */
function watched(claims: readonly string[]) {
  const cluster = clusterOf({ ...NO_OBJECTS, nodes: [aNode('n1')], claims: claims.map((name) => aClaim(name)) });
  const probe = new PendingProbe(new Simulation('1'), cluster);
  const pod = cluster.addPod(aPod('db', { spec: aPodSpec({ volumes: claims.map(claimed) }) }));
  probe.add(pod);
  const [node] = cluster.nodes.values();
  if (!node) throw new Error('no node was made');
  cluster.bindPod(pod, node, START);
  probe.noteEnd(pod);
  const bindClaim = (name: string) => {
    cluster.putStorage('claims', `default/${name}`, aClaim(name, { phase: 'Bound', volumeName: 'pv' }));
    probe.noteClaims();
  };
  return { probe, pod, bindClaim };
}

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
    for (const pod of pods) cluster.addPod(pod);
    const { before } = new PendingProbe(new Simulation('test'), cluster);
    expect([...before].map(({ name }) => name)).toEqual(['a', 'b', 'e']);
  });

  it('lets a pod without volumes wait until it is bound', () => {
    const { probe } = watched([]);
    expect([probe.now(), probe.mostAtOnce]).toEqual([[], 1]);
  });

  it('lets a pod with claims wait until these are bound too', () => {
    const { probe, pod, bindClaim } = watched(['data', 'log']);
    expect(probe.now()).toEqual([pod]);
    bindClaim('data');
    expect(probe.now()).toEqual([pod]);
    bindClaim('log');
    expect(probe.now()).toEqual([]);
  });

  it('is told of the start of those pods alone that have volumes', () => {
    const [plain, claiming] = [watched([]), watched(['data'])].map(({ probe, pod }) => probe.starts.concerns?.(pod.podClass));
    expect([plain, claiming]).toEqual([false, true]);
  });
});
