import { clusterOf } from '../../../src/cluster/clusterOf.ts';
import type { PodDescription } from '../../../src/cluster/Pod.ts';
import { type Taint, UNSCHEDULABLE } from '../../../src/cluster/Taint.ts';
import type { DaemonSet, StatefulSet } from '../../../src/cluster/Workload.ts';
import { DaemonSetController } from '../../../src/controllers/DaemonSetController.ts';
import { deletePod } from '../../../src/controllers/deletePod.ts';
import { evict } from '../../../src/controllers/evict.ts';
import { slowStart } from '../../../src/controllers/slowStart.ts';
import { Scheduler } from '../../../src/scheduler/Scheduler.ts';
import { Simulation } from '../../../src/sim/Simulation.ts';
import { START } from '../../../src/units.ts';
import { aDaemonSet, aDeployment, aNode, aPod, aReplicaSet, aStatefulSet } from '../../support/builders.ts';
import { aControlPlane } from '../../support/controlPlane.ts';
import { NO_OBJECTS } from '../../support/noObjects.ts';
import { Chronicle, type Wording } from './Chronicle.ts';
import type { Outcome, Vector } from './Vector.ts';

/** Each vector is a small world of its own. */
export function controllerTimeline(vector: Vector): Outcome {
  const play = WORLDS[vector.id];
  if (!play) throw new Error(`no world for ${vector.id}`);
  return play(vector);
}

const WORLDS: Readonly<Record<string, (vector: Vector) => Outcome>> = {
  'CT-01': (vector) => statefulEvictions(vector, ORDERED),
  'CT-02': (vector) => statefulEvictions(vector, PARALLEL),
  'CT-03': frozenStatefulSet,
  'CT-04': (vector) => daemonDeletion(vector, REPLACED),
  'CT-05': (vector) => daemonDeletion(vector, SURGED),
  'CT-06': cordonedForDaemons,
  'CT-07': taintedForDaemons,
  'CT-08': slowStartOf,
  'CT-09': brokenSlowStart,
  'CT-10': oldTemplate,
  'CT-11': shutdown,
};

function slowStartOf({ given }: Vector): Outcome {
  const { missing } = given as { missing: number };
  return { batches: slowStart(missing, () => true).batches };
}

/** The third batch is that of the fourth to the seventh creation. */
function brokenSlowStart({ given }: Vector): Outcome {
  const { missing } = given as { missing: number };
  let tried = 0;
  const { batches, created, failed, left } = slowStart(missing, () => ++tried !== 5);
  return { batchesTried: batches, created, failed, neverAttempted: left, expectationsLoweredBy: failed + left };
}

interface Timed {
  readonly exit: number;
  readonly startup: number;
  readonly podManagementPolicy?: StatefulSet['podManagementPolicy'];
  readonly maxSurge?: number;
}

const nodes = ['n1', 'n2', 'n3'].map((name) => aNode(name));

const ORDERED: Wording = {
  'both removed; only web-0 recreated': ['web-0 removed', 'web-2 removed', 'web-0 created'],
  'web-0 Ready; web-2 recreated': ['web-0 Ready', 'web-2 created'],
  'web-2 Ready': ['web-2 Ready'],
};

const PARALLEL: Wording = {
  'both removed; both recreated': ['web-0 removed', 'web-2 removed', 'web-0 created', 'web-2 created'],
  'both Ready': ['web-0 Ready', 'web-2 Ready'],
};

function statefulEvictions({ given }: Vector, wording: Wording): Outcome {
  const { exit, startup, podManagementPolicy = 'OrderedReady' } = given as Timed;
  const workloads = [{ ...aStatefulSet('web', 3), podManagementPolicy }];
  const plane = aControlPlane({ nodes, workloads, pods: [0, 1, 2].map(statefulPod), exit, ready: startup });
  const chronicle = new Chronicle(plane, ['created', 'removed', 'Ready']);
  for (const name of ['web-0', 'web-2']) plane.at(0, () => evict(plane.cluster, plane.pod(name), { now: plane.sim.now }));
  plane.until(1000);
  return { events: chronicle.events(wording) };
}

function statefulPod(ordinal: number): PodDescription {
  const labels = { app: 'web', 'apps.kubernetes.io/pod-index': String(ordinal) };
  return aPod(`web-${ordinal}`, { labels, owner: ownerOf('StatefulSet', 'web'), nodeName: `n${ordinal + 1}` });
}

function ownerOf(kind: string, name: string) {
  return { apiVersion: 'apps/v1', kind, name };
}

/** Until its dead node lets `web-0` go nothing else comes back; then all do, in their order. */
function frozenStatefulSet({ expect: wanted }: Vector): Outcome {
  const plane = aControlPlane({ nodes, workloads: [aStatefulSet('web', 3)], pods: [0, 1, 2].map(statefulPod), exit: 10, ready: 20 });
  const home = plane.cluster.nodes.get('n1');
  plane.at(0, () => home && plane.kubelet.stop(home));
  for (const name of ['web-0', 'web-2']) plane.at(0, () => evict(plane.cluster, plane.pod(name), { now: plane.sim.now }));
  plane.until(200);
  const web2Recreated = plane.podNames().includes('web-2');
  const chronicle = new Chronicle(plane, ['created', 'Ready']);
  plane.at(210, () => home && plane.cluster.removeNode(home));
  plane.until(1000);
  const order = chronicle.events({}).map(({ e }) => e);
  const isInOrder = order.join() === ['web-0 created', 'web-0 Ready; web-2 created', 'web-2 Ready'].join();
  return { web2Recreated, until: isInOrder ? wanted.until : order };
}

const REPLACED: Wording = {
  'deletionTimestamp set, nothing created': ['old deleted'],
  'removed; new pod created for the same node': ['old removed', 'agent-00001 created'],
  Ready: ['agent-00001 Ready'],
};

const SURGED: Wording = {
  'new pod created at once': ['old deleted', 'agent-00001 created'],
  'new Ready': ['agent-00001 Ready'],
  'old removed': ['old removed'],
};

function daemonDeletion({ given }: Vector, wording: Wording): Outcome {
  const { exit, startup, maxSurge = 0 } = given as Timed;
  const daemonSet: DaemonSet = { ...aDaemonSet('agent'), updateStrategy: { type: 'RollingUpdate', maxSurge, maxUnavailable: 1 } };
  const plane = aControlPlane({ nodes: [aNode('n1')], workloads: [daemonSet], pods: [daemonPod('old')], exit, ready: startup });
  const chronicle = new Chronicle(plane, ['created', 'deleted', 'removed', 'Ready']);
  plane.at(0, () => deletePod(plane.cluster, plane.pod('old'), { now: plane.sim.now, cause: 'Delete' }));
  plane.until(1000);
  if (plane.pod('agent-00001').nodeName !== 'n1') throw new Error('the new pod is on another node');
  return { events: chronicle.events(wording) };
}

function daemonPod(name: string): PodDescription {
  return aPod(name, { labels: { app: 'agent' }, owner: ownerOf('DaemonSet', 'agent'), nodeName: 'n1' });
}

/** With the real scheduler, which looks at the taint. */
function cordonedForDaemons(): Outcome {
  const cluster = clusterOf({ ...NO_OBJECTS, nodes: [aNode('n1', { unschedulable: true, taints: [UNSCHEDULABLE] })] });
  const sim = new Simulation('vector');
  const handlers = [new DaemonSetController({ sim, cluster }), new Scheduler({ sim, cluster, version: '1.34' })];
  for (const handler of handlers) cluster.subscribe(handler);
  cluster.addWorkload(aDaemonSet('agent'));
  sim.run(START);
  const [pod] = cluster.pods.values();
  return { podCreated: pod !== undefined, scheduled: pod?.nodeName === 'n1' };
}

function taintedForDaemons(): Outcome {
  const plane = aControlPlane({ nodes: [aNode('n1')], workloads: [aDaemonSet('agent')], pods: [daemonPod('old')] });
  const taint: Taint = { key: 'maintenance', value: 'true', effect: 'NoSchedule' };
  plane.at(10, () => {
    for (const node of plane.cluster.nodes.values()) plane.cluster.updateNode(node, { taints: [taint] });
  });
  plane.until(100);
  const existingPodKept = plane.podNames().join() === 'old' && !plane.pod('old').isTerminating;
  plane.at(100, () => deletePod(plane.cluster, plane.pod('old'), { now: plane.sim.now, cause: 'Delete' }));
  plane.until(1000);
  return { existingPodKept, ifDeletedRecreated: plane.podNames().length > 0 };
}

/** Three of four replicas are old, and the two new ones never become Ready. */
function oldTemplate(): Outcome {
  const revision = (name: string, replicas: number, number: number) => ({
    ...aReplicaSet(name, replicas, { image: `registry.local/${name}:1` }),
    revision: number,
    owner: ownerOf('Deployment', 'web'),
  });
  const replicaSets = [revision('web-old', 3, 1), revision('web-new', 2, 2)];
  const podOf = (app: string, index: number, ready: boolean) =>
    aPod(`${app}-${index}`, {
      owner: ownerOf('ReplicaSet', app),
      labels: { app },
      nodeName: 'n1',
      ready,
      image: `registry.local/${app}:1`,
    });
  const pods = [1, 2, 3].map((index) => podOf('web-old', index, true)).concat([1, 2].map((index) => podOf('web-new', index, false)));
  const plane = aControlPlane({ nodes, workloads: [aDeployment('web', 4, { image: 'registry.local/web-new:1' }), ...replicaSets], pods });
  plane.until(0);
  const before = new Set(plane.podNames());
  plane.at(5, () => evict(plane.cluster, plane.pod('web-old-1'), { now: plane.sim.now }));
  plane.until(5);
  const created = [...plane.cluster.pods.values()].filter(({ name }) => !before.has(name));
  const templates = created.map(({ spec }) => (spec.containers[0]?.image === 'registry.local/web-old:1' ? 'old' : 'new'));
  const owners = created.map(({ owner }) => (owner?.name === 'web-old' ? 'old ReplicaSet' : owner?.name));
  return { replacementTemplate: templates.join(), createdBy: owners.join() };
}

/** The kubelet that shuts its node down reports its pods as Failed at 20 s, and does not delete them. */
function shutdown({ expect: wanted }: Vector): Outcome {
  const bare = aPod('bare', { nodeName: 'n1' });
  const replica = aPod('web-1', { labels: { app: 'web' }, owner: ownerOf('ReplicaSet', 'web'), nodeName: 'n1' });
  const member = aPod('db-0', { labels: { app: 'db' }, owner: ownerOf('StatefulSet', 'db'), nodeName: 'n1' });
  const workloads = [aReplicaSet('web', 1), aStatefulSet('db', 1)];
  const plane = aControlPlane({ nodes: [aNode('n1', { unschedulable: true }), aNode('n2')], workloads, pods: [bare, replica, member] });
  const old = ['bare', 'web-1', 'db-0'].map((name) => plane.pod(name));
  const chronicle = new Chronicle(plane, ['created', 'removed']);
  plane.at(20, () => {
    for (const pod of old) plane.cluster.failKilled(pod, 'shutdown');
  });
  plane.until(20);
  const [event] = chronicle.events({ replaced: ['web-00001 created', 'db-0 removed', 'db-0 created'] });
  plane.until(1000);
  const isReplaced = event?.t === 20 && event.e === 'replaced';
  return {
    phase: [...new Set(old.map(({ phase }) => phase))].join(),
    replicaSet: isReplaced ? wanted.replicaSet : event,
    statefulSet: isReplaced && plane.pod('db-0') !== old[2] ? wanted.statefulSet : event,
    bare: plane.pod('bare') === old[0] && old[0]?.phase === 'Failed' ? wanted.bare : old[0]?.phase,
  };
}
