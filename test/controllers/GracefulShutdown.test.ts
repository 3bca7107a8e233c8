import { describe, expect, it } from 'vitest';
import type { Node } from '../../src/cluster/Node.ts';
import { type ShutdownPlan, shutDown } from '../../src/controllers/GracefulShutdown.ts';
import { seconds, ZERO } from '../../src/units.ts';
import { aDaemonSet, aJob, aNode, aPod, aPodSpec, aReplicaSet, aStatefulSet } from '../support/builders.ts';
import { aControlPlane, type ControlPlane } from '../support/controlPlane.ts';

const CRITICAL = 2_000_001_000;
const plan: ShutdownPlan = { grace: seconds(30), critical: seconds(10) };

describe('the graceful shutdown of a node', () => {
  it('ends pods in two bands, critical ones when all others are gone', () => {
    const plane = aControlPlane({ nodes: [aNode('n1')], pods: [running('app'), running('net', CRITICAL)], exit: 3 });
    expect(shutDownAt(plane, plan)).toEqual({ over: 6, failed: { app: 3, net: 6 } });
  });

  it('passes over a band without pods', () => {
    const plane = aControlPlane({ nodes: [aNode('n1')], pods: [running('net', CRITICAL)], exit: 3 });
    expect(shutDownAt(plane, plan)).toEqual({ over: 3, failed: { net: 3 } });
  });

  it('gives a pod its own grace period or that of its band, whichever is less', () => {
    const hasty = running('hasty', 0, { terminationGracePeriodSeconds: 5 });
    const plane = aControlPlane({ nodes: [aNode('n1')], pods: [hasty, running('slow'), running('net', CRITICAL)], exit: 100 });
    expect(shutDownAt(plane, plan)).toEqual({ over: 30, failed: { hasty: 5, slow: 20, net: 30 } });
  });

  it('waits for no pod of a band without time', () => {
    const plane = aControlPlane({ nodes: [aNode('n1')], pods: [running('net', CRITICAL)], exit: 3 });
    expect(shutDownAt(plane, { grace: seconds(20), critical: ZERO }).over).toBe(0);
  });

  it('lets a deletion that is under way go on, and waits for its end', () => {
    const plane = aControlPlane({ nodes: [aNode('n1')], pods: [running('app')], exit: 8 });
    plane.cluster.terminatePod(plane.pod('app'), { requestedAt: plane.sim.now, gracePeriodSeconds: 30, cause: 'Delete' });
    expect(shutDownAt(plane, plan)).toEqual({ over: 8, failed: {} });
    expect(plane.podNames()).toEqual([]);
  });

  it('leaves the failed pod of a ReplicaSet as it is; its replacement is made at once', () => {
    const plane = aControlPlane({ nodes: [aNode('n1'), aNode('n2')], workloads: [aReplicaSet('web', 1)], exit: 3 });
    plane.until(100);
    shutDownAt(plane, plan);
    expect(plane.pod('web-00001')).toMatchObject({ phase: 'Failed', isTerminating: false, nodeName: 'n1' });
    expect(plane.pod('web-00002').nodeName).toBe('n2');
  });

  it('lets a StatefulSet recreate its pod elsewhere', () => {
    const plane = aControlPlane({ nodes: [aNode('n1'), aNode('n2')], workloads: [aStatefulSet('db', 1)], exit: 3 });
    plane.until(100);
    shutDownAt(plane, plan);
    expect(plane.podNames()).toEqual(['db-0']);
    expect(plane.pod('db-0').nodeName).toBe('n2');
  });

  it('leaves a DaemonSet without a pod there until the node is Ready again', () => {
    const plane = aControlPlane({ nodes: [aNode('n1')], workloads: [aDaemonSet('agent')], exit: 3, ready: 5 });
    plane.until(100);
    shutDownAt(plane, plan);
    plane.kubelet.stop(nodeOf(plane));
    plane.until(300);
    expect(plane.podNames()).toEqual([]);
    plane.at(400, () => plane.kubelet.start(nodeOf(plane)));
    plane.until(405);
    expect([...plane.cluster.pods.values()].map(({ ready }) => ready)).toEqual([true]);
  });

  it('does not start a pod that comes to the node in the meantime, whatever it tolerates', () => {
    const plane = aControlPlane({ nodes: [aNode('n1')], pods: [running('app')], exit: 15 });
    plane.at(5, () => plane.cluster.addPod(aPod('late', { nodeName: 'n1', phase: 'Pending', ready: false })));
    shutDownAt(plane, plan);
    expect(plane.pod('late')).toMatchObject({ phase: 'Pending' });
  });

  it('is a disruption to the failure policy of a Job', () => {
    const lost = (podFailurePolicy: readonly [] | readonly [{ action: 'Ignore'; on: 'disruption' }]) => {
      const job = { ...aJob('sum', 1, { restartPolicy: 'Never' }), podFailurePolicy };
      const plane = aControlPlane({ nodes: [aNode('n1')], workloads: [job], exit: 3 });
      plane.until(100);
      shutDownAt(plane, plan);
      return plane.jobs.lostPods('Job/default/sum');
    };
    expect(lost([])).toBe(1);
    expect(lost([{ action: 'Ignore', on: 'disruption' }])).toBe(0);
  });
});

function running(name: string, priority = 0, spec: Parameters<typeof aPodSpec>[0] = {}) {
  return aPod(name, { nodeName: 'n1', spec: aPodSpec({ terminationGracePeriodSeconds: 30, priority, ...spec }) });
}

function nodeOf({ cluster }: ControlPlane): Node {
  const node = cluster.nodes.get('n1');
  if (!node) throw new Error('no node n1');
  return node;
}

/** How many seconds after its beginning the shutdown of n1 is over, and each pod fails. */
function shutDownAt(plane: ControlPlane, given: ShutdownPlan) {
  const begun = plane.sim.now;
  plane.cluster.cordon(nodeOf(plane));
  const elapsed = () => (plane.sim.now - begun) / 1000;
  const failed: Record<string, number> = {};
  plane.cluster.subscribe((change) => {
    if (change.kind === 'podPhaseChanged' && change.pod.killedFor === 'shutdown') failed[change.pod.name] = elapsed();
  });
  const shutdown = plane.sim.start('shutdown', shutDown(plane.kubelet, nodeOf(plane), given));
  let over = 0;
  const noted = (function* () {
    if (!shutdown.isDone) yield shutdown.done;
    over = elapsed();
  })();
  plane.sim.start('noted', noted);
  plane.until(begun / 1000 + 60);
  return { over, failed };
}
