import { describe, expect, it } from 'vitest';
import { Cluster } from '../../../src/cluster/Cluster.ts';
import { ClusterEventSource } from '../../../src/scheduler/requeue/ClusterEventSource.ts';
import { instant } from '../../../src/units.ts';
import { aContainer, aNode, aPod, aPodSpec } from '../../support/builders.ts';

const termination = { requestedAt: instant(0), gracePeriodSeconds: 30, cause: 'Delete' } as const;

describe('the events of a cluster', () => {
  it('are none for readiness, termination and a new pod without a node', () => {
    const { cluster, names } = watched();
    const pod = cluster.addPod(aPod('a'));
    cluster.markPodReady(pod, instant(0));
    cluster.terminatePod(pod, termination);
    expect(names).toEqual([]);
  });

  it('tell a binding as an addition and the end of a pod once', () => {
    const { cluster, names } = watched();
    const pod = cluster.addPod(aPod('a'));
    cluster.bindPod(pod, cluster.addNode(aNode('n')), instant(0));
    cluster.setPodPhase(pod, 'Succeeded');
    cluster.removePod(pod);
    expect(names).toEqual(['NodeAdd', 'AssignedPodAdd', 'AssignedPodDelete']);
  });

  it('take a lost nomination for a deletion that reaches up to the priority of the pod', () => {
    const { cluster, events } = watched();
    const pod = cluster.addPod(aPod('a', { spec: aPodSpec({ priority: 7 }) }));
    cluster.nominatePod(pod, 'n1');
    cluster.nominatePod(pod, 'n2');
    cluster.removePod(pod);
    expect(events).toEqual([deletion(pod), deletion(pod)]);
    function deletion(gone: typeof pod) {
      return { name: 'AssignedPodDelete', details: { pod: gone, upToPriority: 7 } };
    }
  });

  it('tell each aspect of a node by itself, and an uncordon as a change of taints', () => {
    const { cluster, names } = watched();
    const node = cluster.addNode(aNode('n', { unschedulable: true }));
    names.length = 0;
    cluster.updateNode(node, { labels: { ...node.labels, a: 'b' }, allocatable: { cpu: 1 } });
    cluster.updateNode(node, { unschedulable: false });
    cluster.updateNode(node, { unschedulable: true });
    cluster.updateNode(node, { ready: 'Unknown' });
    expect(names).toEqual(['NodeUpdateNodeAllocatable', 'NodeUpdateNodeLabel', 'NodeUpdateNodeTaint']);
  });

  it('tell what a bound pod gave up', () => {
    const { cluster, events } = watched();
    cluster.addNode(aNode('n'));
    const pod = cluster.addPod(aPod('a', { cpu: 2, memory: 1, nodeName: 'n' }));
    events.length = 0;
    cluster.updatePod(pod, { spec: { ...pod.spec, containers: [aContainer({ requests: { cpu: 1000, memory: 1024 ** 3 } })] } });
    expect(events).toEqual([{ name: 'AssignedPodUpdatePodScaleDown', details: { pod, lowered: ['cpu'] } }]);
  });

  it('tell labels, tolerations and gates of a waiting pod', () => {
    const { cluster, names } = watched();
    const pod = cluster.addPod(aPod('a', { spec: aPodSpec({ schedulingGates: ['x', 'y'] }) }));
    cluster.updatePod(pod, { labels: { app: 'b' } });
    cluster.updatePod(pod, { spec: aPodSpec({ schedulingGates: ['y'] }) });
    cluster.updatePod(pod, { spec: aPodSpec({ tolerations: [{ key: 'k', operator: 'Exists', value: '' }] }) });
    expect(names).toEqual([
      'UnschedulablePodUpdatePodLabel',
      'UnschedulablePodUpdatePodSchedulingGatesEliminated',
      'UnschedulablePodUpdatePodToleration',
    ]);
  });

  it('know a storage object that was there before from a new one', () => {
    const cluster = new Cluster();
    const csiNode = { name: 'n', annotations: {}, drivers: new Map() };
    cluster.putStorage('csiNodes', 'n', csiNode);
    const { names } = watched(cluster);
    cluster.putStorage('csiNodes', 'n', { ...csiNode });
    cluster.putStorage('csiNodes', 'm', { ...csiNode, name: 'm' });
    cluster.removeStorage('csiNodes', 'm');
    cluster.putStorage('csiNodes', 'm', { ...csiNode, name: 'm' });
    expect(names).toEqual(['CSINodeUpdate', 'CSINodeAdd', 'CSINodeAdd']);
  });

  it('tell of an attachment only when it goes', () => {
    const { cluster, names } = watched();
    const attachment = { name: 'a', attacher: 'd', nodeName: 'n', persistentVolumeName: 'pv', attached: false };
    cluster.putStorage('attachments', 'a', attachment);
    cluster.putStorage('attachments', 'a', { ...attachment, attached: true });
    cluster.removeStorage('attachments', 'a');
    expect(names).toEqual(['VolumeAttachmentDelete']);
  });
});

function watched(cluster = new Cluster()) {
  const source = new ClusterEventSource(cluster, '1.34');
  const names: string[] = [];
  const events: unknown[] = [];
  cluster.subscribe((change) => {
    for (const event of source.eventsOf(change)) {
      names.push(event.name);
      events.push(event);
    }
  });
  return { cluster, names, events };
}
