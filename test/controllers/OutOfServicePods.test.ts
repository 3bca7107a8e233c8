import { describe, expect, it } from 'vitest';
import { clusterOf } from '../../src/cluster/clusterOf.ts';
import type { NodeDescription } from '../../src/cluster/Node.ts';
import { OUT_OF_SERVICE, type Taint } from '../../src/cluster/Taint.ts';
import { deletePod } from '../../src/controllers/deletePod.ts';
import { OutOfServicePods } from '../../src/controllers/OutOfServicePods.ts';
import { Simulation } from '../../src/sim/Simulation.ts';
import { instant, seconds } from '../../src/units.ts';
import { aNode, aPod } from '../support/builders.ts';
import { aControlPlane, type ControlPlane } from '../support/controlPlane.ts';
import { NO_OBJECTS } from '../support/noObjects.ts';

const taint: Taint = { key: OUT_OF_SERVICE, value: '', effect: 'NoSchedule' };

describe('OutOfServicePods', () => {
  it('removes the terminating pods of a lost node in the next pass once it bears the taint', () => {
    const plane = aControlPlane({ nodes: [aNode('n1')], pods: [aPod('a', { nodeName: 'n1' }), aPod('b', { nodeName: 'n1' })] });
    plane.at(1, () => stop(plane));
    plane.at(80, () => remove(plane, 'a'));
    plane.at(105, () => setTaint(plane));
    plane.until(119);
    expect(plane.podNames()).toEqual(['a', 'b']);
    plane.until(120);
    expect(plane.podNames()).toEqual(['b']);
  });

  const node: Partial<NodeDescription> = { taints: [taint], ready: 'Unknown' };

  it('removes pods that are deleted when the node bears it already', () => {
    const plane = aControlPlane({ nodes: [aNode('n1', node)], pods: [aPod('a', { nodeName: 'n1' })] });
    plane.at(30, () => remove(plane, 'a'));
    plane.until(39);
    expect(plane.podNames()).toEqual(['a']);
    plane.until(40);
    expect(plane.podNames()).toEqual([]);
  });

  it('removes them from a node that was registered with it', () => {
    const plane = aControlPlane({ nodes: [] });
    plane.at(10, () => plane.cluster.addNode(aNode('n1', node)));
    plane.at(11, () => plane.cluster.addPod(aPod('a', { nodeName: 'n1' })));
    plane.at(30, () => remove(plane, 'a'));
    plane.until(39);
    expect(plane.podNames()).toEqual(['a']);
    plane.until(40);
    expect(plane.podNames()).toEqual([]);
  });

  it('comes with the passes of the garbage collector, whenever these begin', () => {
    const sim = new Simulation('1');
    const cluster = clusterOf({ ...NO_OBJECTS, nodes: [aNode('n1', node)], pods: [aPod('a', { nodeName: 'n1' })] });
    cluster.subscribe(new OutOfServicePods({ sim, cluster, phase: seconds(7) }));
    for (const pod of cluster.pods.values()) deletePod(cluster, pod, { now: sim.now, cause: 'Delete' });
    sim.run(instant(6999));
    expect(cluster.pods.has('default/a')).toBe(true);
    sim.run(instant(7000));
    expect(cluster.pods.has('default/a')).toBe(false);
  });

  it('leaves the pods of a node alone that is Ready', () => {
    const plane = aControlPlane({ nodes: [aNode('n1', { taints: [taint] })], pods: [aPod('a', { nodeName: 'n1' })], exit: 25 });
    plane.at(10, () => remove(plane, 'a'));
    plane.until(34);
    expect(plane.podNames()).toEqual(['a']);
  });
});

function stop({ cluster, kubelet }: ControlPlane): void {
  for (const node of cluster.nodes.values()) kubelet.stop(node);
}

function setTaint({ cluster }: ControlPlane): void {
  for (const node of cluster.nodes.values()) cluster.updateNode(node, { taints: [...node.taints, taint] });
}

function remove(plane: ControlPlane, name: string): void {
  deletePod(plane.cluster, plane.pod(name), { now: plane.sim.now, cause: 'Delete' });
}
