import { describe, expect, it } from 'vitest';
import { clusterOf } from '../../../src/cluster/clusterOf.ts';
import type { Pod, PodDescription } from '../../../src/cluster/Pod.ts';
import { WorkloadProbe } from '../../../src/run/probes/WorkloadProbe.ts';
import { Simulation } from '../../../src/sim/Simulation.ts';
import { type Instant, instant, START } from '../../../src/units.ts';
import { aNode, aPod, aReplicaSet } from '../../support/builders.ts';
import { NO_OBJECTS } from '../../support/noObjects.ts';

/** A probe over a pod `old` of the ReplicaSet `web` that serves. */
function watched() {
  const owner = (name: string) => ({ apiVersion: 'apps/v1', kind: 'ReplicaSet', name });
  const pods = [aPod('old', { nodeName: 'late', owner: owner('web') })];
  const cluster = clusterOf({ ...NO_OBJECTS, nodes: ['early', 'late', 'never'].map((name) => aNode(name)), pods });
  const sim = new Simulation('1');
  const probe = new WorkloadProbe(sim, cluster);
  const run = (deeds: readonly (readonly [at: number, deed: () => void])[]) => {
    for (const [at, fire] of deeds) sim.schedule({ kind: 'deed', entity: '', fire }, instant(at), 'Change');
    sim.run(instant(100));
  };
  /** A pod of `set` comes. */
  const add = (set: string, name: string): Pod => {
    const pod = cluster.addPod(aPod(name, { owner: owner(set) }));
    probe.add(pod);
    return pod;
  };
  const bind = (pod: Pod, nodeName: string) => {
    const node = cluster.nodes.get(nodeName);
    if (!node) throw new Error(`no node ${nodeName}`);
    cluster.bindPod(pod, node, sim.now);
    probe.bind(pod);
  };
  const remove = (pod: Pod) => {
    cluster.removePod(pod);
    probe.remove(pod);
  };
  /** A pod of `set` has to go and another one comes to `nodeName`. */
  const move = (set: string, name: string, nodeName: string) => {
    remove(add(set, `${name}-before`));
    bind(add(set, name), nodeName);
  };
  return { cluster, sim, probe, run, add, bind, remove, move, trackOf: (set: string) => probe.all().find(({ name }) => name === set) };
}

describe('WorkloadProbe', () => {
  it('counts the pods that were bound to a node before its cordon in the place of others', () => {
    const { probe, run, add, bind, move, trackOf } = watched();
    const place = (set: string, node: string, at: number) => [at, () => move(set, `${set}-${node}-${at}`, node)] as const;
    const ofWeb = (['early/4', 'late/5', 'late/9', 'late/10', 'never/1'] as const).map((text) => {
      const [node = '', at] = text.split('/');
      return place('web', node, Number(at));
    });
    run([...ofWeb, place('db', 'early', 5), [2, () => bind(add('web', 'more'), 'early')]]);
    const cordons = new Map<string, Instant | undefined>([
      ['early', instant(5)],
      ['late', instant(10)],
      ['never', undefined],
    ]);
    const wasted = probe.wasted(cordons);
    expect([...wasted]).toEqual([[trackOf('web'), 3]]);
  });

  it('knows how many pods served over time and how many had to go, whenever it is asked', () => {
    const { cluster, sim, probe, run, add, remove, trackOf } = watched();
    const old = cluster.pods.get('default/old');
    const setReady = (pod: Pod) => {
      cluster.markPodReady(pod, sim.now);
      probe.noteServing(pod);
    };
    const terminate = (pod: Pod, gracePeriodSeconds: number) => {
      cluster.terminatePod(pod, { requestedAt: sim.now, gracePeriodSeconds, cause: 'Delete' });
      probe.noteTermination(pod);
    };
    if (!old) throw new Error('no pod old');
    const young = add('web', 'young');
    expect(trackOf('web')?.ready.series()).toEqual({ times: [START], values: [1] });
    const ask = [10, () => expect(trackOf('web')?.moves).toBe(1)] as const;
    run([
      [3, () => setReady(young)],
      [5, () => terminate(old, 30)],
      ask,
      [12, () => terminate(old, 5)],
      [15, () => remove(old)],
      [20, () => remove(young)],
    ]);
    expect(trackOf('web')?.moves).toBe(2);
    expect(trackOf('web')?.ready.series()).toEqual({ times: [0, 3, 5, 20], values: [1, 2, 1, 0] });
  });

  it('begins with what the pods are, also those that are workloads of their own', () => {
    const owner = { apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'web' };
    const ofWeb = (name: string, more: Partial<PodDescription>) =>
      aPod(name, { owner, nodeName: 'n', phase: 'Running', ready: true, ...more });
    const termination = { requestedAt: START, gracePeriodSeconds: 30, cause: 'Delete' } as const;
    const pods = [
      ofWeb('ended', { phase: 'Failed' }),
      aPod('bare', { nodeName: 'n', phase: 'Running', ready: true }),
      ofWeb('serving', {}),
      ofWeb('going', { termination }),
      ofWeb('waiting', { nodeName: undefined, phase: 'Pending', ready: false }),
      aPod('done', { owner: { apiVersion: 'batch/v1', kind: 'Job', name: 'sums' }, nodeName: 'n', phase: 'Succeeded' }),
    ];
    const workloads = [aReplicaSet('web', 3, {})];
    const probe = new WorkloadProbe(new Simulation('1'), clusterOf({ ...NO_OBJECTS, nodes: [aNode('n')], workloads, pods }));
    const figures = probe.all().map(({ name, ready, desired, owed }) => [name, ready.current, desired.current, owed.current]);
    expect(figures).toEqual([
      ['sums', 0, 0, 0],
      ['bare', 1, 1, 1],
      ['web', 1, 3, 1],
    ]);
  });

  it('counts a workload that comes during the run from the moment when it does', () => {
    const { run, add, trackOf } = watched();
    run([[7, () => void add('db', 'first')]]);
    expect(trackOf('db')?.ready.series()).toEqual({ times: [7], values: [0] });
  });
});
