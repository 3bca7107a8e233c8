import { describe, expect, it } from 'vitest';
import type { PodSpec } from '../../src/cluster/PodSpec.ts';
import type { Taint } from '../../src/cluster/Taint.ts';
import { deletePod } from '../../src/controllers/deletePod.ts';
import { aDaemonSet, aNode } from '../support/builders.ts';
import { aControlPlane } from '../support/controlPlane.ts';

const nodes = ['n1', 'n2'].map((name) => aNode(name));
const taint = (key: string, effect: Taint['effect']): Taint => ({ key, value: '', effect });

describe('DaemonSetController', () => {
  it('creates a pod for every node, pinned to it, with the tolerations of its kind', () => {
    const plane = aControlPlane({ nodes, workloads: [aDaemonSet('agent')] });
    plane.until(0);
    expect([...plane.cluster.pods.values()].map(({ nodeName }) => nodeName)).toEqual(['n1', 'n2']);
    const { tolerations, affinity } = plane.pod('agent-00001').spec;
    expect(affinity.node.required).toEqual([
      { matchExpressions: [], matchFields: [{ key: 'metadata.name', operator: 'In', values: ['n1'] }] },
    ]);
    expect(tolerations.map(({ key, effect, tolerationSeconds }) => [key.slice(19), effect, tolerationSeconds])).toEqual([
      ['not-ready', 'NoExecute', undefined],
      ['unreachable', 'NoExecute', undefined],
      ['disk-pressure', 'NoSchedule', undefined],
      ['memory-pressure', 'NoSchedule', undefined],
      ['pid-pressure', 'NoSchedule', undefined],
      ['unschedulable', 'NoSchedule', undefined],
    ]);
  });

  it('replaces a deleted pod when its object is gone, also on a cordoned node', () => {
    const plane = aControlPlane({ nodes, workloads: [aDaemonSet('agent')] });
    plane.at(100, () => {
      for (const node of plane.cluster.nodes.values()) plane.cluster.cordon(node);
      deletePod(plane.cluster, plane.pod('agent-00001'), { now: plane.sim.now, cause: 'Delete' });
    });
    plane.until(109);
    expect(plane.podNames()).toEqual(['agent-00001', 'agent-00002']);
    plane.until(110);
    expect(plane.podNames()).toEqual(['agent-00002', 'agent-00003']);
    expect(plane.pod('agent-00003').nodeName).toBe('n1');
  });

  it('releases a pod whose labels are edited and replaces it, and adopts it when they are given back', () => {
    const plane = aControlPlane({ nodes, workloads: [aDaemonSet('agent')] });
    const owned = () => [...plane.cluster.podsOwnedBy(aDaemonSet('agent'))].map(({ name }) => name);
    plane.at(100, () => plane.cluster.updatePod(plane.pod('agent-00001'), { labels: { app: 'debug' } }));
    plane.at(200, () => plane.cluster.updatePod(plane.pod('agent-00001'), { labels: { app: 'agent' } }));
    plane.until(100);
    expect(owned()).toEqual(['agent-00002', 'agent-00003']);
    plane.until(250);
    expect(owned()).toEqual(['agent-00002', 'agent-00001']);
    expect(plane.podNames()).toEqual(['agent-00001', 'agent-00002']);
  });

  it('adopts the pods it left behind when it is created again', () => {
    const plane = aControlPlane({ nodes, workloads: [aDaemonSet('agent')] });
    plane.at(100, () => {
      plane.cluster.removeWorkload(aDaemonSet('agent'));
      for (const pod of [...plane.cluster.pods.values()]) plane.cluster.setPodOwner(pod, undefined);
    });
    plane.at(110, () => plane.cluster.addWorkload(aDaemonSet('agent')));
    plane.until(150);
    expect(plane.podNames()).toEqual(['agent-00001', 'agent-00002']);
    expect(plane.cluster.podsOwnedBy(aDaemonSet('agent')).size).toBe(2);
  });

  const tainted: readonly { name: string; taint: Taint; spec?: Partial<PodSpec>; onNew: number; onOld: number }[] = [
    { name: 'neither creates nor keeps one beside NoExecute', taint: taint('maintenance', 'NoExecute'), onNew: 0, onOld: 0 },
    { name: 'keeps but does not create one beside NoSchedule', taint: taint('maintenance', 'NoSchedule'), onNew: 0, onOld: 1 },
    { name: 'does not care about PreferNoSchedule', taint: taint('maintenance', 'PreferNoSchedule'), onNew: 1, onOld: 1 },
    {
      name: 'does not create one on a node that is not ready',
      taint: taint('node.kubernetes.io/not-ready', 'NoSchedule'),
      onNew: 0,
      onOld: 1,
    },
    {
      name: 'creates one where the template tolerates the taint',
      taint: taint('maintenance', 'NoSchedule'),
      spec: { tolerations: [{ key: 'maintenance', operator: 'Exists', value: '' }] },
      onNew: 1,
      onOld: 1,
    },
  ];

  it.each(tainted)('$name', ({ taint: given, spec, onNew, onOld }) => {
    const fresh = aControlPlane({ nodes: [aNode('n1', { taints: [given] })], workloads: [aDaemonSet('agent', spec)] });
    fresh.until(100);
    expect(fresh.podNames()).toHaveLength(onNew);
    const running = aControlPlane({ nodes: [aNode('n1')], workloads: [aDaemonSet('agent', spec)] });
    running.at(50, () => {
      for (const node of running.cluster.nodes.values()) running.cluster.updateNode(node, { taints: [given] });
    });
    running.until(100);
    expect(running.podNames()).toHaveLength(onOld);
  });

  it('runs only on nodes that its node selector matches, and follows the labels', () => {
    const plane = aControlPlane({ nodes, workloads: [aDaemonSet('agent', { nodeSelector: { disk: 'ssd' } })] });
    plane.at(10, () => {
      const node = plane.cluster.nodes.get('n2');
      if (node) plane.cluster.updateNode(node, { labels: { ...node.labels, disk: 'ssd' } });
    });
    plane.until(9);
    expect(plane.podNames()).toEqual([]);
    plane.until(10);
    expect(plane.pod('agent-00001').nodeName).toBe('n2');
  });

  it('gives a node that joins its pod', () => {
    const plane = aControlPlane({ nodes, workloads: [aDaemonSet('agent')] });
    plane.at(10, () => plane.cluster.addNode(aNode('n3')));
    plane.until(10);
    expect(plane.pod('agent-00003').nodeName).toBe('n3');
  });

  it('replaces a failed pod at once', () => {
    const plane = aControlPlane({ nodes: [aNode('n1')], workloads: [aDaemonSet('agent')] });
    plane.at(50, () => plane.cluster.setPodPhase(plane.pod('agent-00001'), 'Failed'));
    plane.until(50);
    expect(plane.podNames()).toEqual(['agent-00002']);
  });
});
