import type { ClusterChange } from '../../../src/cluster/ClusterChange.ts';
import type { Node } from '../../../src/cluster/Node.ts';
import type { PodDescription } from '../../../src/cluster/Pod.ts';
import { taintingRate } from '../../../src/controllers/taintingRate.ts';
import { Simulation } from '../../../src/sim/Simulation.ts';
import { toSeconds } from '../../../src/units.ts';
import { aNode, aPod, aPodSpec, aReplicaSet, aStatefulSet } from '../../support/builders.ts';
import { aControlPlane, type ControlPlane, type ControlPlaneOptions } from '../../support/controlPlane.ts';
import type { Outcome, Vector } from './Vector.ts';

/** Each vector is a small world of its own. In 1.33, where NoExecute comes one pass later: 1.34 saves that pass (recorded). */
export function nodeLifecycle(vector: Vector): Outcome {
  const play = WORLDS[vector.id];
  if (!play) throw new Error(`no world for ${vector.id}`);
  return play(vector);
}

const WORLDS: Readonly<Record<string, (vector: Vector) => Outcome>> = {
  'NL-01': deadNode,
  'NL-02': threeDie,
  'NL-03': twoOfThree,
  'NL-04': threeOfFive,
  'NL-05': allDie,
  'NL-06': reboot,
  'NL-07': nodeReturns,
  'NL-08': nodeDeleted,
  'NL-09': nodeRecreated,
  'NL-10': nodeReset,
};

const HOUR = 3600;
const at0 = 0.001;

/** Names of nodes whose lease was last renewed in the 5 s before t = 0, so that their silence is found in the pass at 50 s. */
const mortal = namesOf((phase) => phase > 5);
const others = namesOf((phase) => phase <= 5);

function namesOf(fits: (leasePhaseSeconds: number) => boolean): readonly string[] {
  const sim = new Simulation('test');
  const names = Array.from({ length: 100 }, (_, index) => `n${index + 1}`);
  return names.filter((name) => fits(sim.stream('lease', name).next() * 10));
}

/** A control plane of 1.33 with `count` nodes that can die at t = 0 and `spare` more. */
function aZone(count: number, spare: number, options: ControlPlaneOptions = {}): ControlPlane {
  const nodes = [...mortal.slice(0, count), ...others.slice(0, spare)].map((name) => aNode(name));
  return aControlPlane({ nodes, version: '1.33', ...options });
}

function die(plane: ControlPlane, count: number, second: number = at0): void {
  for (const name of mortal.slice(0, count)) plane.at(second, () => plane.kubelet.stop(nodeOf(plane, name)));
}

function nodeOf({ cluster }: ControlPlane, name: string): Node {
  const node = cluster.nodes.get(name);
  if (!node) throw new Error(`no node ${name}`);
  return node;
}

function hasTaint({ taints }: Pick<Node, 'taints'>, effect: string): boolean {
  return taints.some((taint) => taint.key === 'node.kubernetes.io/unreachable' && taint.effect === effect);
}

/** Seconds in which changes come of which `isSought` holds. */
function timesOf({ cluster, sim }: ControlPlane, isSought: (change: ClusterChange) => boolean): number[] {
  const times: number[] = [];
  cluster.subscribe((change) => {
    if (isSought(change)) times.push(toSeconds(sim.now));
  });
  return times;
}

function gains(effect: string) {
  return (change: ClusterChange) => change.kind === 'nodeUpdated' && hasTaint(change.node, effect) && !hasTaint(change.before, effect);
}

function loses(effect: string) {
  return (change: ClusterChange) => change.kind === 'nodeUpdated' && !hasTaint(change.node, effect) && hasTaint(change.before, effect);
}

/** `web-1` on the first node that can die, with the tolerations that the API server adds. */
const replica = aPod('web-1', {
  labels: { app: 'web' },
  owner: { apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'web' },
  nodeName: mortal[0],
  spec: aPodSpec({
    tolerations: ['not-ready', 'unreachable'].map((condition) => ({
      key: `node.kubernetes.io/${condition}`,
      operator: 'Exists',
      value: '',
      effect: 'NoExecute',
      tolerationSeconds: 300,
    })),
  }),
});

/** Ten minutes only: the scheduler of the tests knows no taints and binds the successor to the dead node. */
function deadNode(): Outcome {
  const plane = aZone(1, 1, { workloads: [aReplicaSet('web', 1)], pods: [replica] });
  const pod = plane.pod('web-1');
  const lost = timesOf(
    plane,
    (change) => change.kind === 'nodeUpdated' && change.node.ready === 'Unknown' && change.before.ready === 'True',
  );
  const unready = timesOf(plane, (change) => change.kind === 'podReadyChanged' && change.pod === pod);
  const [noSchedule, noExecute] = [timesOf(plane, gains('NoSchedule')), timesOf(plane, gains('NoExecute'))];
  const deleted = timesOf(plane, (change) => change.kind === 'podTerminating' && change.pod === pod);
  const replaced = timesOf(plane, (change) => change.kind === 'podAdded');
  die(plane, 1);
  plane.until(600);
  const [deletedAt = 0] = deleted;
  return {
    events: [
      { t: sameTime(lost, unready, noSchedule), e: 'Ready=Unknown; pods Ready=False; unreachable:NoSchedule' },
      { t: sameTime(noExecute), e: 'unreachable:NoExecute' },
      {
        t: sameTime(deleted, replaced),
        e: `pod deletionTimestamp=${deletedAt + (pod.termination?.gracePeriodSeconds ?? 0)}; ReplicaSet creates replacement`,
      },
    ],
  };
}

/** The one second in which all of this happened; everything that did when there is more than one. */
function sameTime(...times: readonly (readonly number[])[]): number | string {
  const [first = []] = times;
  return first.length === 1 && times.every((each) => each.join() === first.join()) ? (first[0] ?? '') : JSON.stringify(times);
}

function threeDie({ given }: Vector): Outcome {
  const { zoneSize } = given as { zoneSize: number };
  const plane = aZone(3, zoneSize - 3);
  const noExecuteAt = timesOf(plane, gains('NoExecute'));
  die(plane, 3);
  plane.until(HOUR);
  return { noExecuteAt };
}

function twoOfThree({ given }: Vector): Outcome {
  const [down, ready] = (given as { zone: readonly [number, number] }).zone;
  return zoneState(down, ready);
}

/** What a zone of the vectors is called, and the nodes per second that are tainted in it. */
function zoneState(down: number, ready: number): { state: string; rate: number } {
  const zone = { total: down + ready, down };
  const rate = taintingRate(zone, [zone]);
  const disrupted = ready === 0 ? 'FullDisruption' : 'PartialDisruption';
  return { state: rate === 'normal' ? 'Normal' : disrupted, rate: { normal: 0.1, slow: 0.01, stopped: 0 }[rate] };
}

function threeOfFive({ given }: Vector): Outcome {
  const { notReady, ready } = given as { notReady: number; ready: number };
  const plane = aZone(notReady, ready);
  const noExecuteAt = timesOf(plane, gains('NoExecute'));
  die(plane, notReady);
  plane.until(HOUR);
  return { ...zoneState(notReady, ready), noExecuteTaints: noExecuteAt.length === 0 ? 'none added' : noExecuteAt };
}

/** One node dies and is tainted, the others follow. */
function allDie({ given }: Vector): Outcome {
  const { notReady } = given as { notReady: number };
  const plane = aZone(notReady, 0);
  const noExecuteAt = timesOf(plane, gains('NoExecute'));
  die(plane, 1);
  for (const name of mortal.slice(1, notReady)) plane.at(100 + at0, () => plane.kubelet.stop(nodeOf(plane, name)));
  plane.until(100);
  const wasTainted = hasTaint(nodeOf(plane, mortal[0] ?? ''), 'NoExecute');
  plane.until(HOUR);
  const isTainted = [...plane.cluster.nodes.values()].some((node) => hasTaint(node, 'NoExecute'));
  return {
    state: zoneState(notReady, 0).state,
    noExecuteTaints: wasTainted && !isTainted ? 'removed' : { wasTainted, isTainted },
    tainting: noExecuteAt.length === 1 ? 'stopped' : noExecuteAt,
  };
}

function reboot({ given }: Vector): Outcome {
  const { down, firstRenewAt } = given as { down: readonly [number, number]; firstRenewAt: number };
  const plane = aZone(1, 1, { workloads: [aReplicaSet('web', 1)], pods: [replica] });
  const pod = plane.pod('web-1');
  const lost = timesOf(plane, (change) => change.kind === 'nodeUpdated' && change.node.ready === 'Unknown');
  die(plane, 1, down[0]);
  plane.at(firstRenewAt, () => plane.kubelet.start(nodeOf(plane, mortal[0] ?? '')));
  plane.until(HOUR);
  return { unknown: lost.length > 0, podsMovedByControlPlane: plane.podNames().join() !== 'web-1' || plane.pod('web-1') !== pod };
}

function nodeReturns({ given, expect: wanted }: Vector): Outcome {
  const { noExecuteAt, readyAgainAt } = given as { noExecuteAt: number; readyAgainAt: number };
  const plane = aZone(1, 1, { workloads: [aReplicaSet('web', 1)], pods: [replica] });
  const gained = timesOf(plane, gains('NoExecute'));
  const [noSchedule, noExecute] = [timesOf(plane, loses('NoSchedule')), timesOf(plane, loses('NoExecute'))];
  const deleted = timesOf(plane, (change) => change.kind === 'podTerminating');
  die(plane, 1);
  plane.at(readyAgainAt, () => plane.kubelet.start(nodeOf(plane, mortal[0] ?? '')));
  plane.until(HOUR);
  const delay = (noExecute[0] ?? Number.POSITIVE_INFINITY) - readyAgainAt;
  const wasPlanned = gained.join() === String(noExecuteAt);
  return {
    noSchedule: noSchedule.join() === String(readyAgainAt) ? wanted.noSchedule : noSchedule,
    noExecute: delay >= 0 && delay <= 5 ? wanted.noExecute : noExecute,
    evictions: wasPlanned && deleted.length === 0 ? wanted.evictions : { gained, deleted },
  };
}

/** PodGC notes an orphan in its own memory: that is seen only in the quarantine being over 40 s later. */
function nodeDeleted({ given, expect: wanted }: Vector): Outcome {
  const { quarantine } = given as { quarantine: number };
  const plane = aZone(1, 1, { workloads: [aStatefulSet('db', 1)], pods: [memberOf('db-0')] });
  const [pod, home] = [plane.pod('db-0'), nodeOf(plane, mortal[0] ?? '')];
  const failed = timesOf(plane, (change) => change.kind === 'podPhaseChanged' && change.pod === pod && change.pod.phase === 'Failed');
  const removed = timesOf(plane, (change) => change.kind === 'podRemoved' && change.pod === pod);
  const recreated = timesOf(plane, (change) => change.kind === 'podAdded' && change.pod.name === 'db-0');
  plane.at(401, () => plane.cluster.removeNode(home));
  plane.until(HOUR);
  const times = [(removed[0] ?? 0) - quarantine, sameTime(failed, removed), sameTime(recreated)];
  const { events } = wanted as { events: readonly { readonly e: string }[] };
  return { events: events.map(({ e }, index) => ({ t: times[index], e })) };
}

function memberOf(name: string): PodDescription {
  const labels = { app: 'db', 'apps.kubernetes.io/pod-index': '0' };
  return aPod(name, { labels, owner: { apiVersion: 'apps/v1', kind: 'StatefulSet', name: 'db' }, nodeName: mortal[0] });
}

function nodeRecreated({ given, expect: wanted }: Vector): Outcome {
  const { deletedAt, recreatedAt } = given as { deletedAt: number; recreatedAt: number };
  const plane = aZone(1, 1, { pods: [memberOf('db-0')], workloads: [aStatefulSet('db', 1)] });
  const [pod, home] = [plane.pod('db-0'), nodeOf(plane, mortal[0] ?? '')];
  plane.at(deletedAt, () => plane.cluster.removeNode(home));
  plane.at(recreatedAt, () => plane.kubelet.start(plane.cluster.addNode(aNode(home.name))));
  plane.until(HOUR);
  const isKept = plane.pod('db-0') === pod && !pod.isTerminating;
  const isRestarted = pod.ready && toSeconds(pod.readySince) > recreatedAt && [...nodeOf(plane, home.name).pods].includes(pod);
  return { podsDeleted: !isKept, pods: isKept && isRestarted ? wanted.pods : { isKept, isRestarted } };
}

function nodeReset({ given, expect: wanted }: Vector): Outcome {
  const { daemonSetPods } = given as { daemonSetPods: number };
  const name = mortal[0] ?? '';
  const daemons = Array.from({ length: daemonSetPods }, (_, index) => aPod(`agent-${index}`, { nodeName: name }));
  const plane = aZone(0, 1, { nodes: [aNode(name, { labels: { disk: 'ssd' } })], pods: daemons });
  const pods = new Set(plane.cluster.pods.values());
  const node = nodeOf(plane, name);
  plane.at(1, () => plane.cluster.cordon(node));
  plane.at(2, () => plane.kubelet.stop(node));
  plane.at(500, () => plane.kubelet.start(node));
  plane.until(HOUR);
  const now = [...plane.cluster.pods.values()];
  const isRestarted = now.length === daemonSetPods && now.every((pod) => pods.has(pod) && pod.ready && toSeconds(pod.readySince) > 500);
  return {
    unschedulable: nodeOf(plane, name).unschedulable,
    labelsKept: nodeOf(plane, name).labels.disk === 'ssd',
    daemonSetPods: isRestarted ? wanted.daemonSetPods : now.map(({ key }) => key),
  };
}
