import { describe, expect, it } from 'vitest';
import type { Cluster } from '../../src/cluster/Cluster.ts';
import type { KubernetesVersion } from '../../src/cluster/KubernetesVersion.ts';
import type { Node } from '../../src/cluster/Node.ts';
import { deletePod } from '../../src/controllers/deletePod.ts';
import { type DrainResult, drainNode } from '../../src/rolls/drainNode.ts';
import type { RollContext } from '../../src/rolls/RollContext.ts';
import { kubectlPlan } from '../../src/scenario/recording/tracePlan.ts';
import type { Process, Running } from '../../src/sim/Process.ts';
import { type Instant, instant, seconds } from '../../src/units.ts';
import { aBudget, aNode, aPod } from '../support/builders.ts';
import { aControlPlane, type ControlPlane } from '../support/controlPlane.ts';
import { aRollContext } from '../support/rollContext.ts';

describe('untilEvicted', () => {
  // Asked at 0, 10, … and 100 s: the client gives up after ten retries, and kubectl sleeps 5 s after the first answer that it sees.
  it('sees the first refusal after ten hidden retries when the controller has not processed the budget', () => {
    const { evictedAt, refusals, blocked } = drained(103);
    expect({ evictedAt, refusals, blocked }).toEqual({ evictedAt: instant(105_000), refusals: 1, blocked: seconds(105) });
  });

  it('asks again 10 s later while the client hides the wait, and no refusal is counted', () => {
    const { evictedAt, refusals, blocked } = drained(33);
    expect({ evictedAt, refusals, blocked }).toEqual({ evictedAt: instant(40_000), refusals: 0, blocked: seconds(40) });
  });

  it('asks for the pod that has come back elsewhere under the name of a refused one', () => {
    expect(cameBack({ allowed: 0 })).toEqual({ outcome: 'timedOut', refusals: 7, endedAt: 35_000, isThere: true });
  });

  it.each([
    ['1.34', 10_000],
    ['1.35', 14_000],
  ] as const)('evicts it, and by kubectl %s has done with it at %i ms', (version, endedAt) => {
    expect(cameBack({ allowed: 1, version })).toEqual({ outcome: 'drained', refusals: 2, endedAt, isThere: false });
  });

  // measured.md 3.7 and the loop of kubectl: 403 is asked again every 5 s, and only 1.35 sees that the pod is leaving by then.
  it.each([
    ['1.34', 35_000, 'timedOut'],
    ['1.35', 24_000, 'drained'],
  ] as const)('kubectl %s in a namespace that is being deleted: at %i ms it has %s', (version, endedAt, outcome) => {
    const pods = [aPod('web', { nodeName: 'n1' })];
    const world = aControlPlane({
      nodes: [aNode('n1')],
      namespaces: [{ name: 'default', labels: {}, isTerminating: true }],
      pods,
      exit: 5,
    });
    world.at(18, () => deletePod(world.cluster, world.pod('web'), { now: world.sim.now, cause: 'Delete' }));
    expect(drainOf(world, { args: ['--force', '--timeout=32s'], version })).toMatchObject({ outcome, endedAt, refusals: 0 });
  });
});

/**
 * Drains n1 by kubectl, with a time-out of 32 s. Its one pod, refused by a budget, goes at 6 s and is back on n2 at 8 s, when the budget
 * comes to allow so many.
 */
function cameBack({ allowed, version = '1.34' }: { readonly allowed: 0 | 1; readonly version?: KubernetesVersion }) {
  const kv = (nodeName: string) => aPod('kv', { nodeName });
  const world = aControlPlane({ nodes: [aNode('n1'), aNode('n2')], pods: [kv('n1')], budgets: [aBudget('kv', {})], exit: 3 });
  const { cluster, at, pod } = world;
  at(0, () => allow(cluster, 0));
  at(6, () => cluster.removePod(pod('kv')));
  at(8, () => {
    cluster.addPod(kv('n2'));
    allow(cluster, allowed);
  });
  const { outcome, refusals, endedAt } = drainOf(world, { args: ['--force', '--timeout=32s'], version });
  return { outcome, refusals, endedAt, isThere: cluster.pods.has('default/kv') };
}

/** Drains a node of one pod by kubectl; its budget, which allows one disruption, is looked at `second` seconds later. */
function drained(second: number) {
  const world = aControlPlane({ nodes: [aNode('n1')], pods: [aPod('web', { nodeName: 'n1' })], budgets: [aBudget('web', {})] });
  const evicted = world.pod('web');
  world.at(second, () => allow(world.cluster, 1));
  return { ...drainOf(world, { args: ['--force'], version: '1.34' }), evictedAt: evicted.termination?.requestedAt };
}

function allow(cluster: Cluster, disruptionsAllowed: number): void {
  for (const budget of cluster.budgets.values())
    cluster.setBudgetStatus(budget, { ...budget.status, observedGeneration: 1, disruptionsAllowed });
}

/** How the drain of n1 by kubectl with `args`, which begins at once, ends, and when. */
function drainOf({ sim, cluster, kubelet, at, until }: ControlPlane, options: { args: string[]; version: KubernetesVersion }) {
  const { args, version } = options;
  const context = aRollContext({ sim, cluster, kubelet }, { version });
  let drain: Running<DrainResult & { endedAt: Instant }> | undefined;
  at(0, () => {
    const node = cluster.nodes.get('n1');
    if (node) drain = sim.start('drain', timed(context, node, args));
  });
  until(1000);
  if (!drain?.isDone) throw new Error('the drain goes on');
  return drain.result();
}

function* timed(context: RollContext, node: Node, args: string[]): Process<DrainResult & { endedAt: Instant }> {
  const result = yield* drainNode(context, node, kubectlPlan(args));
  return { ...result, endedAt: context.sim.now };
}
