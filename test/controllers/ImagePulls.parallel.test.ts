import { describe, expect, it } from 'vitest';
import type { PullTiming } from '../../src/controllers/ImagePulls.ts';
import { aContainer, aNode, aPod, aPodSpec } from '../support/builders.ts';
import { aControlPlane } from '../support/controlPlane.ts';

const MB = 1_000_000;
const serial: PullTiming = { sizeBytes: 100 * MB, nodeRate: 10 * MB, registryRate: 1000 * MB };
const parallel: PullTiming = { ...serial, parallel: 'unlimited' };

describe('ImagePulls in parallel', () => {
  it('shares the rate of the node, so that a small image need not wait for a large one before it', () => {
    const images = { 'n1/large': 100, 'n1/small': 20 };
    expect(runningAt(serial, images)).toEqual([10, 12]);
    expect(runningAt(parallel, images)).toEqual([12, 4]);
  });

  it('pulls as many at once as is allowed, in the order the pods came', () => {
    const images = { 'n1/a': 50, 'n1/b': 50, 'n1/c': 50 };
    expect(runningAt(serial, images)).toEqual([5, 10, 15]);
    expect(runningAt({ ...serial, parallel: 1 }, images)).toEqual([5, 10, 15]);
    expect(runningAt({ ...serial, parallel: 2 }, images)).toEqual([10, 10, 15]);
    expect(runningAt(parallel, images)).toEqual([15, 15, 15]);
  });

  it('gives what a crowded node cannot take of the registry to the other nodes', () => {
    const images = { 'n1/a': 50, 'n1/b': 50, 'n1/c': 50, 'n2/d': 90 };
    // Four shares of 4 MB/s each, but n1 can take only 10 MB/s for its three: 6 MB/s are left for n2.
    expect(runningAt({ ...parallel, registryRate: 16 * MB }, images)).toEqual([15, 15, 15, 15]);
    expect(runningAt({ ...parallel, registryRate: 8 * MB }, images)).toEqual([25, 25, 25, 30]);
  });

  it('pulls an image once for all pods that wait for it', () => {
    const pods = ['a', 'b'].map((name) => aPod(name, { image: 'r.io/app:1' }));
    const plane = aControlPlane({ nodes: [aNode('n1')], pods, images: parallel });
    plane.until(9);
    expect(plane.pod('a').phase).toBe('Pending');
    plane.until(10);
    expect(['a', 'b'].map((name) => plane.pod(name).phase)).toEqual(['Running', 'Running']);
  });

  it('pulls the images of one pod one after the other', () => {
    const containers = ['x', 'y'].map((name) => aContainer({ name, image: `r.io/${name}:1` }));
    const plane = aControlPlane({ nodes: [aNode('n1')], pods: [aPod('a', { spec: aPodSpec({ containers }) })], images: parallel });
    plane.until(10);
    expect([...plane.cluster.nodes.values()][0]?.images.map(({ names }) => names)).toEqual([['r.io/x:1']]);
    plane.until(20);
    expect(plane.pod('a').phase).toBe('Running');
  });

  it('drops all pulls of a machine that goes away', () => {
    const plane = aControlPlane({
      nodes: [aNode('n1')],
      pods: ['a', 'b'].map((name) => aPod(name, { image: `r.io/${name}:1` })),
      images: parallel,
    });
    const [node] = plane.cluster.nodes.values();
    if (!node) throw new Error('no node');
    plane.at(5, () => plane.kubelet.stop(node));
    plane.at(30, () => plane.kubelet.start(node));
    plane.until(49);
    expect(plane.pod('a').phase).toBe('Pending');
    plane.until(50);
    expect(['a', 'b'].map((name) => plane.pod(name).phase)).toEqual(['Running', 'Running']);
  });

  it('takes no time when rates are infinite', () => {
    const rates = { nodeRate: Number.POSITIVE_INFINITY, registryRate: Number.POSITIVE_INFINITY };
    expect(runningAt({ ...parallel, ...rates }, { 'n1/a': 50, 'n1/b': 50 })).toEqual([0, 0]);
  });
});

/** The second in which each pod becomes Running; pods are named `NODE/IMAGE`, with the size of their image in MB. */
function runningAt(images: PullTiming, pods: Readonly<Record<string, number>>): (number | undefined)[] {
  const given = Object.entries(pods).map(([name, size]) => ({ node: name.slice(0, 2), name: name.slice(3), size }));
  const listed = given.map(({ name, size }) => ({ names: [`r.io/${name}:1`], sizeBytes: size * MB }));
  const plane = aControlPlane({
    nodes: [...new Set(given.map(({ node }) => node)), 'shelf'].map((name) => aNode(name, { images: name === 'shelf' ? listed : [] })),
    pods: given.map(({ node, name }) => aPod(name, { image: `r.io/${name}:1`, nodeName: node, phase: 'Pending', ready: false })),
    images,
  });
  const seconds = new Map<string, number>();
  plane.cluster.subscribe((change) => {
    if (change.kind === 'podRunning') seconds.set(change.pod.name, plane.sim.now / 1000);
  });
  plane.until(300);
  return given.map(({ name }) => seconds.get(name));
}
