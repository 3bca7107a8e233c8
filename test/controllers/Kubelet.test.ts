import { describe, expect, it } from 'vitest';
import type { Node } from '../../src/cluster/Node.ts';
import { deletePod } from '../../src/controllers/deletePod.ts';
import { START } from '../../src/units.ts';
import { aDaemonSet, aJob, aNode, aPod, aReplicaSet } from '../support/builders.ts';
import { aControlPlane, type ControlPlane } from '../support/controlPlane.ts';

const MB = 1_000_000;
const images = { sizeBytes: 100 * MB, nodeRate: 10 * MB, registryRate: 1000 * MB };
const node = aNode('n1');

describe('Kubelet', () => {
  it('runs a bound pod at once and makes it Ready after its start', () => {
    const plane = aControlPlane({ nodes: [node], pods: [aPod('a')] });
    plane.until(24);
    expect(plane.pod('a')).toMatchObject({ phase: 'Running', ready: false });
    plane.until(25);
    expect(plane.pod('a')).toMatchObject({ phase: 'Running', ready: true, readySince: 25_000 });
  });

  it('never makes a pod Ready whose start never ends', () => {
    const plane = aControlPlane({ nodes: [node], pods: [aPod('a')], ready: Number.POSITIVE_INFINITY });
    plane.until(100_000);
    expect(plane.pod('a')).toMatchObject({ phase: 'Running', ready: false });
  });

  it('takes the start of the containers and readiness one after the other', () => {
    const plane = aControlPlane({ nodes: [node], pods: [aPod('a')], start: 4 });
    plane.until(3);
    expect(plane.pod('a').phase).toBe('Pending');
    plane.until(4);
    expect(plane.pod('a')).toMatchObject({ phase: 'Running', ready: false });
    plane.until(29);
    expect(plane.pod('a')).toMatchObject({ ready: true, readySince: 29_000 });
  });

  it('goes on with pods that are starting or ending, and leaves those that run as they are', () => {
    const termination = { requestedAt: START, gracePeriodSeconds: 30, cause: 'Delete' } as const;
    const plane = aControlPlane({
      nodes: [node],
      pods: [
        aPod('starting', { nodeName: 'n1', phase: 'Pending', ready: false }),
        aPod('broken', { nodeName: 'n1', ready: false }),
        aPod('ending', { nodeName: 'n1', termination }),
      ],
    });
    plane.until(25);
    expect([...plane.cluster.pods.values()].map(({ name, ready }) => [name, ready])).toEqual([
      ['starting', true],
      ['broken', false],
    ]);
  });

  it('starts over with a pod that takes the place of another', () => {
    const plane = aControlPlane({ nodes: [node], pods: [aPod('a')], exit: 8 });
    plane.at(10, () => deletePod(plane.cluster, plane.pod('a'), { now: plane.sim.now, cause: 'Delete' }));
    plane.at(15, () => {
      const { slot } = plane.pod('a');
      plane.cluster.removePod(plane.pod('a'));
      expect(plane.cluster.addPod(aPod('b')).slot).toBe(slot);
    });
    plane.until(39);
    expect(plane.pod('b')).toMatchObject({ phase: 'Running', ready: false });
    plane.until(40);
    expect(plane.pod('b')).toMatchObject({ ready: true, readySince: 40_000 });
    plane.at(50, () => deletePod(plane.cluster, plane.pod('b'), { now: plane.sim.now, cause: 'Delete' }));
    plane.until(57);
    expect(plane.podNames()).toEqual(['b']);
    plane.until(58);
    expect(plane.podNames()).toEqual([]);
  });

  const deletions: readonly { name: string; exit: number; grace?: number; goneAt: number }[] = [
    { name: 'when its containers have ended', exit: 10, goneAt: 110 },
    { name: 'after the grace period at the latest', exit: 100, goneAt: 130 },
    { name: 'after a shorter grace period of the request', exit: 10, grace: 4, goneAt: 104 },
    { name: 'at once with a grace period of 0', exit: 10, grace: 0, goneAt: 100 },
  ];

  it.each(deletions)('removes a deleted pod $name', ({ exit, grace, goneAt }) => {
    const plane = aControlPlane({ nodes: [node], pods: [aPod('a')], exit });
    plane.at(100, () => remove(plane, 'a', grace));
    expect(goneInstant(plane, 'a', 300)).toBe(goneAt * 1000);
  });

  it('removes a deleted pod that had ended when it came to know it', () => {
    const termination = { requestedAt: START, gracePeriodSeconds: 30, cause: 'Delete' } as const;
    const plane = aControlPlane({ nodes: [aNode('n1')], pods: [aPod('a', { nodeName: 'n1', phase: 'Failed', termination })] });
    plane.until(0);
    expect(plane.podNames()).toEqual([]);
  });

  it('shortens an exit when the grace period is shortened', () => {
    const plane = aControlPlane({ nodes: [node], pods: [aPod('a')], exit: 25 });
    plane.at(100, () => remove(plane, 'a'));
    plane.at(105, () => remove(plane, 'a', 8));
    expect(goneInstant(plane, 'a', 300)).toBe(108_000);
  });

  it('ends a pod that is deleted while it starts, and does not make it Ready', () => {
    const plane = aControlPlane({ nodes: [node], pods: [aPod('a')] });
    plane.at(20, () => remove(plane, 'a'));
    plane.until(29);
    expect(plane.pod('a').ready).toBe(false);
    plane.until(30);
    expect(plane.podNames()).toEqual([]);
  });

  describe('on a machine that goes away', () => {
    it('keeps deleted pods terminating until it is back, and then ends them at once', () => {
      const plane = aControlPlane({ nodes: [node], pods: [aPod('a')] });
      plane.at(50, () => plane.kubelet.stop(nodeOf(plane)));
      plane.at(60, () => remove(plane, 'a'));
      plane.at(95, () => plane.kubelet.start(nodeOf(plane)));
      expect(goneInstant(plane, 'a', 300)).toBe(95_000);
    });

    it('removes a pod at once that is deleted with a grace period of 0', () => {
      const plane = aControlPlane({ nodes: [node], pods: [aPod('a')] });
      plane.at(50, () => plane.kubelet.stop(nodeOf(plane)));
      plane.at(60, () => remove(plane, 'a', 0));
      expect(goneInstant(plane, 'a', 300)).toBe(60_000);
    });

    it('starts the pods that are still bound once more', () => {
      const plane = aControlPlane({ nodes: [node], workloads: [aDaemonSet('agent')] });
      plane.at(50, () => plane.kubelet.stop(nodeOf(plane)));
      plane.at(80, () => plane.kubelet.start(nodeOf(plane)));
      plane.until(79);
      expect(plane.pod('agent-00001').ready).toBe(true);
      plane.until(80);
      expect(plane.pod('agent-00001').ready).toBe(false);
      plane.until(105);
      expect(plane.pod('agent-00001').readySince).toBe(105_000);
    });

    it('breaks off a start and begins it again', () => {
      const plane = aControlPlane({ nodes: [node], pods: [aPod('a')] });
      plane.at(20, () => plane.kubelet.stop(nodeOf(plane)));
      plane.at(60, () => plane.kubelet.start(nodeOf(plane)));
      plane.until(84);
      expect(plane.pod('a').ready).toBe(false);
      plane.until(85);
      expect(plane.pod('a').ready).toBe(true);
    });

    it('fails pods that are never restarted', () => {
      const plane = aControlPlane({ nodes: [node], workloads: [aJob('sum', 1)] });
      plane.at(50, () => plane.kubelet.stop(nodeOf(plane)));
      plane.at(60, () => plane.kubelet.start(nodeOf(plane)));
      plane.until(60);
      expect(plane.pod('sum-00001').phase).toBe('Failed');
      plane.until(70);
      expect(plane.podNames()).toEqual(['sum-00001', 'sum-00002']);
    });
  });

  describe('with image pulls', () => {
    it('pulls before it runs, lists the image, and pulls it no second time', () => {
      const plane = aControlPlane({ nodes: [node], workloads: [aReplicaSet('web', 1)], images });
      plane.until(9);
      expect(plane.pod('web-00001').phase).toBe('Pending');
      plane.until(10);
      expect(plane.pod('web-00001').phase).toBe('Running');
      expect(nodeOf(plane).images).toEqual([{ names: ['registry.local/app:1'], sizeBytes: 100 * MB }]);
      plane.at(100, () => remove(plane, 'web-00001'));
      plane.until(125);
      expect(plane.pod('web-00002').ready).toBe(true);
    });

    it('takes the size from a node that lists the image, under its full name too', () => {
      const listed = aNode('n2', { unschedulable: true, images: [{ names: ['docker.io/library/nginx:1.27'], sizeBytes: 30 * MB }] });
      const plane = aControlPlane({ nodes: [node, listed], pods: [aPod('a', { image: 'nginx:1.27' })], images });
      plane.until(3);
      expect(plane.pod('a').phase).toBe('Running');
    });

    it('pulls one image at a time on a node', () => {
      const plane = aControlPlane({ nodes: [node], pods: ['a', 'b', 'c'].map((name) => aPod(name, { image: `r.io/${name}:1` })), images });
      expect(runningAt(plane, ['a', 'b', 'c'])).toEqual([10, 20, 30]);
    });

    it('shares the rate of the registry among the nodes that pull', () => {
      const nodes = ['n1', 'n2', 'n3'].map((name) => aNode(name, { pods: 1 }));
      const pods = [aPod('a', { image: 'r.io/a:1' }), aPod('b', { image: 'r.io/b:1' }), aPod('c', { image: 'r.io/c:1' })];
      const plane = aControlPlane({ nodes, pods, images: { ...images, registryRate: 15 * MB } });
      expect(runningAt(plane, ['a', 'b', 'c'])).toEqual([20, 20, 20]);
    });

    it('gives what one transfer leaves to the others', () => {
      const small = aNode('n3', { unschedulable: true, images: [{ names: ['r.io/b:1'], sizeBytes: 50 * MB }] });
      const nodes = [aNode('n1', { pods: 1 }), aNode('n2', { pods: 1 }), small];
      const pods = [aPod('a', { image: 'r.io/a:1' }), aPod('b', { image: 'r.io/b:1' })];
      const plane = aControlPlane({ nodes, pods, images: { ...images, registryRate: 10 * MB } });
      expect(runningAt(plane, ['a', 'b'])).toEqual([15, 10]);
    });

    it('drops the pulls of a machine that goes away and starts them again', () => {
      const plane = aControlPlane({ nodes: [node], pods: [aPod('a')], images });
      plane.at(5, () => plane.kubelet.stop(nodeOf(plane)));
      plane.at(30, () => plane.kubelet.start(nodeOf(plane)));
      expect(runningAt(plane, ['a'])).toEqual([40]);
    });

    it('takes no time when rates are infinite, and lists the image all the same', () => {
      const rates = { nodeRate: Number.POSITIVE_INFINITY, registryRate: Number.POSITIVE_INFINITY };
      const plane = aControlPlane({ nodes: [node], pods: [aPod('a')], images: { ...images, ...rates } });
      plane.until(0);
      expect(plane.pod('a').phase).toBe('Running');
      expect(nodeOf(plane).images).toHaveLength(1);
    });
  });
});

function nodeOf({ cluster }: ControlPlane): Node {
  const [first] = cluster.nodes.values();
  if (!first) throw new Error('no node');
  return first;
}

function remove({ cluster, sim, pod }: ControlPlane, name: string, gracePeriodSeconds?: number): void {
  deletePod(cluster, pod(name), { now: sim.now, gracePeriodSeconds, cause: 'Delete' });
}

/** When the pod is removed, in milliseconds. */
function goneInstant(plane: ControlPlane, name: string, until: number): number | undefined {
  let goneAt: number | undefined;
  plane.cluster.subscribe((change) => {
    if (change.kind === 'podRemoved' && change.pod.name === name) goneAt = plane.sim.now;
  });
  plane.until(until);
  return goneAt;
}

/** The second in which each pod becomes Running. */
function runningAt(plane: ControlPlane, names: readonly string[]): (number | undefined)[] {
  const seconds = new Map<string, number>();
  plane.cluster.subscribe((change) => {
    if (change.kind === 'podRunning') seconds.set(change.pod.name, plane.sim.now / 1000);
  });
  plane.until(300);
  return names.map((name) => seconds.get(name));
}
