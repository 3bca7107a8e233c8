import { clusterOf } from '../../../src/cluster/clusterOf.ts';
import type { NodeSelectorTerm } from '../../../src/cluster/PodSpec.ts';
import { UNSCHEDULABLE } from '../../../src/cluster/Taint.ts';
import { deletePod } from '../../../src/controllers/deletePod.ts';
import { run } from '../../../src/run/run.ts';
import type { Attempt } from '../../../src/scheduler/Attempt.ts';
import { Scheduler } from '../../../src/scheduler/Scheduler.ts';
import { Simulation } from '../../../src/sim/Simulation.ts';
import { NEVER, START, seconds, toSeconds } from '../../../src/units.ts';
import { aDisk, aNode, anAttachment, aPod, aPodSpec, aStatefulSet, claimed } from '../../support/builders.ts';
import { aControlPlane, type ControlPlane } from '../../support/controlPlane.ts';
import { NO_OBJECTS } from '../../support/noObjects.ts';
import { aRoll, aScenario, aTiming } from '../../support/scenarios.ts';
import type { Outcome, Vector } from './Vector.ts';

/** Each vector is a small world of its own. */
export function volume(vector: Vector): Outcome {
  const play = WORLDS[vector.id];
  if (!play) throw new Error(`no world for ${vector.id}`);
  return play(vector);
}

const WORLDS: Readonly<Record<string, (vector: Vector) => Outcome>> = {
  'VOL-01': deadNode,
  'VOL-02': outOfService,
  'VOL-03': neverUnmounted,
  'VOL-04': multiAttach,
  'VOL-05': cordonedHome,
  'VOL-06': wipedHome,
};

/** The pod `db-0` on n1 with the disk `pvc-1`, which n1 never reports as unmounted; it is bound to n2 as well when it is gone. */
function aWorld(ready: 'True' | 'Unknown') {
  const { claim, volume: disk } = aDisk('data', { name: 'pvc-1' });
  const plane = aControlPlane({
    nodes: [aNode('n1', { ready }), aNode('n2')],
    claims: [{ ...claim, volumeName: 'pvc-1' }],
    persistentVolumes: [disk],
    attachments: [{ ...anAttachment('data', 'n1'), persistentVolumeName: 'pvc-1' }],
    pods: [aPod('db-0', { nodeName: 'n1', spec })],
    volumes: { report: { kind: 'after', delay: seconds(100_000) } },
  });
  const freed: number[] = [];
  const taken: number[] = [];
  plane.cluster.subscribe((change) => {
    if (change.kind === 'nodeVolumesChanged' && change.node.name === 'n1' && change.node.volumesAttached.size === 0)
      freed.push(toSeconds(plane.sim.now));
    if (change.kind === 'storageChanged' && change.name.endsWith('-n2') && change.verb === 'added') taken.push(toSeconds(plane.sim.now));
  });
  return { ...plane, freed, taken };
}

const spec = aPodSpec({ volumes: [claimed('data')] });

function successorOf(plane: ControlPlane): void {
  plane.cluster.addPod(aPod('db-1', { nodeName: 'n2', phase: 'Pending', ready: false, spec }));
}

function remove(plane: ControlPlane): void {
  deletePod(plane.cluster, plane.pod('db-0'), { now: plane.sim.now, gracePeriodSeconds: 0, cause: 'Delete' });
  successorOf(plane);
}

function deadNode({ given }: Vector): Outcome {
  const { podDeletedFromApiAt } = given as { podDeletedFromApiAt: number };
  const world = aWorld('Unknown');
  world.at(podDeletedFromApiAt, () => remove(world));
  world.until(2000);
  const [forceDetachAt = 0] = world.freed.filter((at) => at > podDeletedFromApiAt);
  return { forceDetachAt, attachElsewhere: (world.taken[0] ?? 0) > forceDetachAt ? `after ${forceDetachAt}` : world.taken[0] };
}

function outOfService(): Outcome {
  const world = aWorld('Unknown');
  const home = world.cluster.nodes.get('n1');
  const taint = { key: 'node.kubernetes.io/out-of-service', value: 'nodeshutdown', effect: 'NoExecute' } as const;
  world.at(10, () => deletePod(world.cluster, world.pod('db-0'), { now: world.sim.now, cause: 'Delete' }));
  world.at(95, () => home && world.cluster.updateNode(home, { taints: [...home.taints, taint] }));
  let goneAt = 0;
  world.cluster.subscribe((change) => {
    if (change.kind === 'podRemoved') goneAt = toSeconds(world.sim.now);
  });
  world.until(2000);
  return { podForceDeletedAt: goneAt, detach: `immediately after (${world.freed.at(-1)})` };
}

function neverUnmounted({ given }: Vector): Outcome {
  const { elapsed } = given as { elapsed: number };
  const world = aWorld('True');
  world.at(1, () => remove(world));
  world.until(1 + elapsed);
  return { detached: world.freed.length > 0 };
}

function multiAttach(): Outcome {
  const world = aWorld('True');
  const events: Outcome[] = [];
  world.cluster.subscribe((change) => {
    if (change.kind === 'eventRecorded') events.push({ reason: change.reason, message: change.message });
  });
  world.at(1, () => successorOf(world));
  world.until(100);
  const { phase, nodeName } = world.pod('db-1');
  return { event: events[0], podPhase: nodeName === 'n2' ? `${phase} (ContainerCreating)` : phase };
}

const atHome: readonly NodeSelectorTerm[] = [
  { matchExpressions: [{ key: 'kubernetes.io/hostname', operator: 'In', values: ['n1'] }], matchFields: [] },
];
const local = aDisk('data', { source: 'local', fields: { path: '/mnt' }, nodeAffinity: atHome });

function cordonedHome({ expect: wanted }: Vector): Outcome {
  const home = aNode('n1', { unschedulable: true, taints: [UNSCHEDULABLE] });
  const nodes = [home, ...['n2', 'n3', 'n4', 'n5'].map((name) => aNode(name))];
  const objects = { nodes, claims: [local.claim], persistentVolumes: [local.volume], pods: [aPod('db-0', { spec })] };
  const cluster = clusterOf({ ...NO_OBJECTS, ...objects });
  const attempts: Attempt[] = [];
  const sim = new Simulation('vector');
  new Scheduler({ sim, cluster, version: '1.34' }).onAttempt((attempt) => attempts.push(attempt));
  sim.run(START);
  const refusals = attempts[0]?.decision.kind === 'unschedulable' ? attempts[0].decision.refusals : new Map();
  const reasonOf = (name: string): string => refusals.get(name)?.reasons.join(', ') ?? '';
  const { others } = wanted.reasons as { others: readonly string[] };
  const found = new Set(['n2', 'n3', 'n4', 'n5'].map(reasonOf));
  const isKnown = [...found].every((reason) => others.includes(reason));
  return { phase: cluster.pods.get('default/db-0')?.phase, reasons: { n1: reasonOf('n1'), others: isKnown ? others : [...found] } };
}

function wipedHome(): Outcome {
  const objects = {
    nodes: [aNode('n1'), aNode('n2')],
    claims: [local.claim],
    persistentVolumes: [local.volume],
    workloads: [aStatefulSet('db', 1, { volumes: [claimed('data')] })],
  };
  const { wipe } = aRoll({ nodes: [] });
  const roll = { nodes: ['n1'], wipe: { ...wipe, localVolumePath: 'empty' as const } };
  const { workloads, pods } = run(aScenario({ cluster: objects, roll, timing: aTiming() }), '1');
  const isRunning = (pods.at(-1)?.readyAt ?? NEVER) < NEVER;
  const isEmpty = workloads.some(({ lostData }) => lostData.some(({ reason }) => reason.startsWith('local volume')));
  return { phase: isRunning ? 'Running' : 'Pending', data: isEmpty ? 'empty' : 'there' };
}
