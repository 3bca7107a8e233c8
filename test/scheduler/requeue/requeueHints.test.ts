import { describe, expect, it } from 'vitest';
import type { NodeDescription } from '../../../src/cluster/Node.ts';
import { Node } from '../../../src/cluster/Node.ts';
import type { Pod, PodDescription } from '../../../src/cluster/Pod.ts';
import type { PodSpec, Volume } from '../../../src/cluster/PodSpec.ts';
import type { CsiNode, PersistentVolume, StorageClass } from '../../../src/cluster/Storage.ts';
import { PodDemands } from '../../../src/scheduler/PodDemands.ts';
import type { ClusterEvent, ClusterEventName } from '../../../src/scheduler/requeue/ClusterEvent.ts';
import type { RequeueHints } from '../../../src/scheduler/requeue/RequeueHints.ts';
import { requeueHints } from '../../../src/scheduler/requeue/registry.ts';
import { aClaim, aContainer, aNode, aPod, aPodSpec, podOutside, selecting } from '../../support/builders.ts';
import { anAffinity, aPodAffinityTerm, aSpreadConstraint } from '../../support/placement.ts';

type Answer = 'wakes' | 'leaves' | 'is not registered';
type Case = readonly [why: string, answer: Answer, event: ClusterEvent, waiting: Pod];

const dedicated = { key: 'dedicated', value: 'db', effect: 'NoSchedule' as const };
const web = { key: 'dedicated', value: 'web', effect: 'NoSchedule' as const };
const plain = pod('plain');

const own = (before: Partial<PodSpec>, now: Partial<PodSpec>, name: OwnUpdate): { event: ClusterEvent; waiting: Pod } => {
  const waiting = pod('waiting', now);
  return { event: { name, details: { pod: waiting, before: { labels: waiting.labels, spec: aPodSpec(before) } } }, waiting };
};
type OwnUpdate = 'UnschedulablePodUpdatePodToleration' | 'UnschedulablePodUpdatePodSchedulingGatesEliminated';

const toleration = { key: 'node.kubernetes.io/unschedulable', operator: 'Exists' as const, value: '' };
const tolerating = own({}, { tolerations: [toleration] }, 'UnschedulablePodUpdatePodToleration');
const toleratingElse = own({}, { tolerations: [{ ...toleration, key: 'dedicated' }] }, 'UnschedulablePodUpdatePodToleration');
const ungated = own({ schedulingGates: ['a'] }, {}, 'UnschedulablePodUpdatePodSchedulingGatesEliminated');

const onDisk = pod('waiting', { nodeSelector: { disk: 'ssd' } });
const onPort = pod('waiting', { containers: [withPort(80)] });
const two = pod('waiting', { containers: [aContainer({ requests: { cpu: 2000 } })] });
const nearDb = pod('waiting', {
  affinity: anAffinity({ pod: { required: [aPodAffinityTerm({ app: 'db' }, 'zone'), aPodAffinityTerm({ tier: 'data' }, 'rack')] } }),
});
const farFromDb = pod('waiting', { affinity: anAffinity({ podAnti: { required: [aPodAffinityTerm({ app: 'db' }, 'zone')] } }) });
const farFromOthers = pod('waiting', {
  affinity: anAffinity({
    podAnti: { required: [{ ...aPodAffinityTerm({ app: 'db' }, 'zone'), namespaceSelector: selecting({ team: 'a' }) }] },
  }),
});
const spread = pod('waiting', { topologySpreadConstraints: [aSpreadConstraint({ app: 'w' })] });
const spreadSoft = pod('waiting', {
  topologySpreadConstraints: [aSpreadConstraint({ app: 'w' }, { whenUnsatisfiable: 'ScheduleAnyway' })],
});
const withClaim = pod('waiting', { volumes: [volume('persistentVolumeClaim', 'data')] });
const withEphemeral = pod('waiting', { volumes: [volume('ephemeral', undefined)] });

const cases: Readonly<Record<string, readonly Case[]>> = {
  NodeUnschedulable: [
    ['a schedulable node is added', 'wakes', added('n'), plain],
    ['a cordoned node is added', 'leaves', added('n', { unschedulable: true }), plain],
    ['a node is uncordoned', 'wakes', updated('NodeUpdateNodeTaint', { unschedulable: true }, {}), plain],
    [
      'a cordoned node loses another taint',
      'leaves',
      updated('NodeUpdateNodeTaint', { unschedulable: true }, { unschedulable: true }),
      plain,
    ],
    ['it tolerates cordoned nodes now', 'wakes', tolerating.event, tolerating.waiting],
    ['it tolerates something else now', 'leaves', toleratingElse.event, toleratingElse.waiting],
    ['another pod tolerates cordoned nodes now', 'leaves', tolerating.event, plain],
    ['a pod goes', 'is not registered', gone(pod('p')), plain],
  ],
  NodeName: [
    ['a node is added', 'wakes', added('n', { unschedulable: true }), plain],
    ['a taint changes', 'wakes', updated('NodeUpdateNodeTaint', {}, { taints: [dedicated] }), plain],
  ],
  TaintToleration: [
    ['a node without taints is added', 'wakes', added('n'), plain],
    ['a tainted node is added', 'leaves', added('n', { taints: [dedicated] }), plain],
    ['the last taint goes', 'wakes', updated('NodeUpdateNodeTaint', { taints: [dedicated] }, {}), plain],
    ['one taint takes the place of another', 'leaves', updated('NodeUpdateNodeTaint', { taints: [dedicated] }, { taints: [web] }), plain],
    ['a node without taints stays so', 'leaves', updated('NodeUpdateNodeTaint', {}, {}), plain],
    ['its own tolerations change', 'wakes', toleratingElse.event, toleratingElse.waiting],
  ],
  NodeAffinity: [
    ['a matching node is added', 'wakes', added('n', { labels: { disk: 'ssd' } }), onDisk],
    ['another node is added', 'leaves', added('n'), onDisk],
    ['a node gets the label', 'wakes', updated('NodeUpdateNodeLabel', {}, { labels: { disk: 'ssd' } }), onDisk],
    [
      'a matching node gets another label',
      'leaves',
      updated('NodeUpdateNodeLabel', { labels: { disk: 'ssd' } }, { labels: { disk: 'ssd', a: 'b' } }),
      onDisk,
    ],
    ['any taint changes', 'wakes', updated('NodeUpdateNodeTaint', {}, { taints: [dedicated] }), onDisk],
  ],
  NodePorts: [
    ['a pod with the port goes', 'wakes', gone(pod('p', { containers: [withPort(80)] }, { nodeName: 'n' })), onPort],
    ['a pod with another port goes', 'leaves', gone(pod('p', { containers: [withPort(81)] }, { nodeName: 'n' })), onPort],
    ['a pod without ports goes', 'leaves', gone(pod('p', {}, { nodeName: 'n' })), onPort],
    ['a node is added', 'wakes', added('n'), onPort],
  ],
  NodeResourcesFit: [
    ['a tiny pod anywhere goes', 'wakes', gone(pod('p', {}, { nodeName: 'n' })), two],
    ['a node that could hold it is added', 'wakes', added('n', { cpu: 2 }), two],
    ['a node that could never hold it is added', 'leaves', added('n', { cpu: 1 }), two],
    ['a node without room for any pod is added', 'leaves', added('n', { pods: 0 }), two],
    ['a node grows enough', 'wakes', updated('NodeUpdateNodeAllocatable', { cpu: 1 }, { cpu: 2 }), two],
    ['a node grows too little', 'leaves', updated('NodeUpdateNodeAllocatable', { cpu: 1 }, { cpu: 1.5 }), two],
    ['a large node grows in what it does not ask for', 'leaves', updated('NodeUpdateNodeAllocatable', { memory: 1 }, { memory: 2 }), two],
    ['a large node takes more pods', 'wakes', updated('NodeUpdateNodeAllocatable', { pods: 10 }, { pods: 20 }), two],
    ['a node changes a label', 'is not registered', updated('NodeUpdateNodeLabel', {}, { labels: { a: 'b' } }), two],
    ['any taint of any node changes', 'wakes', updated('NodeUpdateNodeTaint', { unschedulable: true }, { unschedulable: true }), two],
    ['a pod lowers its CPU', 'wakes', lowered(['cpu']), two],
    ['a pod lowers its memory', 'leaves', lowered(['memory']), two],
    ['a pod is bound', 'is not registered', { name: 'AssignedPodAdd', details: { pod: plain } }, two],
  ],
  VolumeRestrictions: [
    [
      'a pod with the same claim goes',
      'wakes',
      gone(pod('p', { volumes: [volume('persistentVolumeClaim', 'data')] }, { nodeName: 'n' })),
      withClaim,
    ],
    [
      'a pod with another claim goes',
      'leaves',
      gone(pod('p', { volumes: [volume('persistentVolumeClaim', 'logs')] }, { nodeName: 'n' })),
      withClaim,
    ],
    [
      'a pod of another namespace goes',
      'leaves',
      gone(pod('p', { volumes: [volume('persistentVolumeClaim', 'data')] }, { nodeName: 'n', namespace: 'shop' })),
      withClaim,
    ],
    ['its claim is created', 'wakes', claimAdded('data'), withClaim],
    ['another claim is created', 'leaves', claimAdded('logs'), withClaim],
  ],
  NodeVolumeLimits: [
    [
      'a pod with a claim goes',
      'wakes',
      gone(pod('p', { volumes: [volume('persistentVolumeClaim', 'logs')] }, { nodeName: 'n' })),
      withClaim,
    ],
    ['a pod without a claim goes', 'leaves', gone(pod('p', {}, { nodeName: 'n' })), withClaim],
    ['a limit rises', 'wakes', csiUpdate({ 'd.csi': 1 }, { 'd.csi': 2 }), withClaim],
    ['a limit falls', 'leaves', csiUpdate({ 'd.csi': 2 }, { 'd.csi': 1 }), withClaim],
    ['a CSINode is added', 'wakes', { name: 'CSINodeAdd', details: { csiNode: csi({}) } }, withClaim],
    ['a volume is detached', 'wakes', detached(), withClaim],
    ['a volume is detached and it has none', 'leaves', detached(), plain],
    ['a node is added', 'is not registered', added('n'), withClaim],
  ],
  VolumeBinding: [
    ['its claim is created', 'wakes', claimAdded('data'), withClaim],
    ['another claim is created', 'leaves', claimAdded('logs'), withClaim],
    ['the claim of its ephemeral volume is created', 'wakes', claimAdded('waiting-v'), withEphemeral],
    ['any volume is added', 'wakes', { name: 'PersistentVolumeAdd', details: { volume: persistentVolume({}) } }, withClaim],
    ['a class changes its topology', 'wakes', classUpdate([{ matchExpressions: [], matchFields: [] }]), withClaim],
    ['a class changes something else', 'leaves', classUpdate([]), withClaim],
    ['a limit rises', 'leaves', csiUpdate({ 'd.csi': 1 }, { 'd.csi': 2 }), withClaim],
    ['a label changes', 'wakes', updated('NodeUpdateNodeLabel', {}, { labels: { a: 'b' } }), withClaim],
  ],
  VolumeZone: [
    ['a volume moves to another zone', 'wakes', volumeUpdate('a', 'b'), withClaim],
    ['a volume stays in its zone', 'leaves', volumeUpdate('a', 'a'), withClaim],
    ['the claim of its ephemeral volume is created', 'leaves', claimAdded('waiting-v'), withEphemeral],
    ['a class that waits for the first consumer is added', 'wakes', classAdded('WaitForFirstConsumer'), withClaim],
    ['a class that binds at once is added', 'leaves', classAdded('Immediate'), withClaim],
  ],
  PodTopologySpread: [
    ['a pod that counts is bound', 'wakes', bound(pod('p', {}, { labels: { app: 'w' }, nodeName: 'n' })), spread],
    [
      'a pod that counts for a soft constraint is bound',
      'leaves',
      bound(pod('p', {}, { labels: { app: 'w' }, nodeName: 'n' })),
      spreadSoft,
    ],
    ['another pod is bound', 'leaves', bound(pod('p', {}, { nodeName: 'n' })), spread],
    ['a pod of another namespace goes', 'leaves', gone(pod('p', {}, { labels: { app: 'w' }, nodeName: 'n', namespace: 'shop' })), spread],
    ['a pod that counts goes', 'wakes', gone(pod('p', {}, { labels: { app: 'w' }, nodeName: 'n' })), spread],
    ['a pod begins to count', 'wakes', relabelled({ app: 'x' }, { app: 'w' }), spread],
    ['a pod that counts changes another label', 'leaves', relabelled({ app: 'w' }, { app: 'w', a: 'b' }), spread],
    ['a node of a zone is added', 'wakes', added('n', { labels: { zone: 'a' } }), spread],
    ['a node of no zone is added', 'leaves', added('n'), spread],
    ['a node of a zone goes', 'wakes', { name: 'NodeDelete', details: { node: node('n', { labels: { zone: 'a' } }) } }, spread],
    ['a node enters a zone', 'wakes', updated('NodeUpdateNodeLabel', {}, { labels: { zone: 'a' } }), spread],
    [
      'a node of a zone changes another label',
      'leaves',
      updated('NodeUpdateNodeLabel', { labels: { zone: 'a' } }, { labels: { zone: 'a', b: 'c' } }),
      spread,
    ],
    [
      'a node of a zone loses a taint',
      'wakes',
      updated('NodeUpdateNodeTaint', { labels: { zone: 'a' }, taints: [dedicated] }, { labels: { zone: 'a' } }),
      spread,
    ],
    ['a node of no zone loses a taint', 'leaves', updated('NodeUpdateNodeTaint', { taints: [dedicated] }, {}), spread],
  ],
  InterPodAffinity: [
    ['a pod that matches one of two terms is bound', 'leaves', bound(pod('p', {}, { labels: { app: 'db' }, nodeName: 'n' })), nearDb],
    ['a pod that matches all terms is bound', 'wakes', bound(pod('p', {}, { labels: { app: 'db', tier: 'data' }, nodeName: 'n' })), nearDb],
    ['a pod comes to match all terms', 'wakes', relabelled({ app: 'db' }, { app: 'db', tier: 'data' }), nearDb],
    ['a pod that it avoids goes', 'wakes', gone(pod('p', {}, { labels: { app: 'db' }, nodeName: 'n' })), farFromDb],
    ['another pod goes', 'leaves', gone(pod('p', {}, { labels: { app: 'x' }, nodeName: 'n' })), farFromDb],
    ['a pod that it avoids loses a mere nomination', 'leaves', gone(pod('p', {}, { labels: { app: 'db' } })), farFromDb],
    ['a pod that avoids it goes', 'leaves', gone(farFromDb), plain],
    [
      'a pod that it avoids by namespace labels goes',
      'leaves',
      gone(pod('p', {}, { labels: { app: 'db' }, nodeName: 'n' })),
      farFromOthers,
    ],
    ['a pod stops being avoided', 'wakes', relabelled({ app: 'db' }, { app: 'x' }), farFromDb],
    ['a node with the key of a term is added', 'wakes', added('n', { labels: { rack: '1' } }), nearDb],
    ['a node without any key is added', 'leaves', added('n'), nearDb],
    ['a node without the key is added', 'wakes', added('n'), farFromDb],
    ['a node leaves the domain', 'wakes', updated('NodeUpdateNodeLabel', { labels: { zone: 'a' } }, {}), farFromDb],
    ['a node enters a domain', 'leaves', updated('NodeUpdateNodeLabel', {}, { labels: { zone: 'a' } }), farFromDb],
    ['a node enters a wanted domain', 'wakes', updated('NodeUpdateNodeLabel', {}, { labels: { rack: '1' } }), nearDb],
  ],
  SchedulingGates: [
    ['its last gate goes', 'wakes', ungated.event, ungated.waiting],
    ['the last gate of another pod goes', 'leaves', ungated.event, plain],
  ],
};

describe.each(Object.entries(cases))('the hint of %s', (plugin, table) => {
  it.each(table)('when %s: %s', (_why, answer, event, waiting) => {
    const hints = requeueHints.get(plugin) ?? {};
    expect(answerOf(hints, event, waiting)).toBe(answer);
  });
});

it('has cases for every plugin that registers events', () => {
  expect(Object.keys(cases).sort()).toEqual([...requeueHints.keys()].sort());
});

function answerOf<N extends ClusterEventName>(hints: RequeueHints, { name, details }: ClusterEvent<N>, waiting: Pod): Answer {
  const hint = hints[name];
  if (!hint) return 'is not registered';
  return hint(details, waiting, new PodDemands('1.34')) ? 'wakes' : 'leaves';
}

function pod(name: string, spec: Partial<PodSpec> = {}, options: Partial<PodDescription> = {}): Pod {
  return podOutside(aPod(name, { ...options, spec: aPodSpec(spec) }));
}

type NodeOptions = Partial<NodeDescription> & { readonly cpu?: number; readonly memory?: number; readonly pods?: number };

function node(name: string, options: NodeOptions = {}): Node {
  return new Node(aNode(name, options));
}

function added(name: string, options: NodeOptions = {}): ClusterEvent {
  return { name: 'NodeAdd', details: { node: node(name, options) } };
}

type NodeUpdateName = 'NodeUpdateNodeAllocatable' | 'NodeUpdateNodeLabel' | 'NodeUpdateNodeTaint';

function updated(name: NodeUpdateName, before: NodeOptions, now: NodeOptions): ClusterEvent {
  return { name, details: { node: node('n', now), before: node('n', before) } };
}

function gone(pod: Pod): ClusterEvent {
  return { name: 'AssignedPodDelete', details: { pod, upToPriority: Number.POSITIVE_INFINITY } };
}

function bound(pod: Pod): ClusterEvent {
  return { name: 'AssignedPodAdd', details: { pod } };
}

function lowered(names: readonly string[]): ClusterEvent {
  return { name: 'AssignedPodUpdatePodScaleDown', details: { pod: pod('p', {}, { nodeName: 'n' }), lowered: names } };
}

function relabelled(before: Record<string, string>, now: Record<string, string>): ClusterEvent {
  const changed = pod('p', {}, { labels: now, nodeName: 'n' });
  return { name: 'AssignedPodUpdatePodLabel', details: { pod: changed, before: { labels: before, spec: changed.spec } } };
}

function withPort(hostPort: number) {
  return aContainer({ ports: [{ hostIP: '', hostPort, protocol: 'TCP' }] });
}

function volume(source: string, claimName: string | undefined): Volume {
  return { name: 'v', source, claimName, readOnly: false, medium: undefined, fields: {} };
}

function claimAdded(name: string): ClusterEvent {
  const claim = aClaim(name, { storageClassName: 's', accessModes: [] });
  return { name: 'PersistentVolumeClaimAdd', details: { claim } };
}

function persistentVolume(labels: Record<string, string>): PersistentVolume {
  return {
    name: 'pv',
    labels,
    storageClassName: 's',
    capacity: 1,
    accessModes: [],
    volumeMode: 'Filesystem',
    claimRef: undefined,
    phase: 'Available',
    nodeAffinity: undefined,
    source: 'csi',
    fields: {},
  };
}

function volumeUpdate(before: string, now: string): ClusterEvent {
  const inZone = (zone: string) => persistentVolume({ 'topology.kubernetes.io/zone': zone });
  return { name: 'PersistentVolumeUpdate', details: { volume: inZone(now), before: inZone(before) } };
}

function storageClass(options: Partial<StorageClass>): StorageClass {
  return { name: 's', provisioner: 'd.csi', volumeBindingMode: 'Immediate', isDefault: false, allowedTopologies: [], ...options };
}

function classAdded(volumeBindingMode: StorageClass['volumeBindingMode']): ClusterEvent {
  return { name: 'StorageClassAdd', details: { storageClass: storageClass({ volumeBindingMode }) } };
}

function classUpdate(allowedTopologies: StorageClass['allowedTopologies']): ClusterEvent {
  return { name: 'StorageClassUpdate', details: { storageClass: storageClass({ allowedTopologies }), before: storageClass({}) } };
}

function csi(limits: Record<string, number>): CsiNode {
  return { name: 'n', annotations: {}, drivers: new Map(Object.entries(limits)) };
}

function csiUpdate(before: Record<string, number>, now: Record<string, number>): ClusterEvent {
  return { name: 'CSINodeUpdate', details: { csiNode: csi(now), before: csi(before) } };
}

function detached(): ClusterEvent {
  const attachment = { name: 'a', attacher: 'd.csi', nodeName: 'n', persistentVolumeName: 'pv', attached: true };
  return { name: 'VolumeAttachmentDelete', details: { attachment } };
}
