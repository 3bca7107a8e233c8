import { describe, expect, it } from 'vitest';
import type { PodDescription } from '../../src/cluster/Pod.ts';
import { kubectlDrain } from '../../src/rolls/presets/kubectlDrain.ts';
import type { RollPlan } from '../../src/rolls/RollPlan.ts';
import { run } from '../../src/run/run.ts';
import { NEVER, seconds, toSeconds } from '../../src/units.ts';
import { aBudget, aDaemonSet, aNode, aPod, aReplicaSet } from '../support/builders.ts';
import { aScenario, aTiming } from '../support/scenarios.ts';

const replica = (id: number): PodDescription =>
  aPod(`web-${String(id).padStart(2, '0')}`, {
    labels: { app: 'web' },
    owner: { apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'web' },
    nodeName: 'full',
    cpu: 0.1,
  });

/** `count` replicas on the node that is drained, room elsewhere, a reset of 10 s. */
function drained(count: number, options: { maxUnavailable?: number; exit?: number; plan?: Partial<RollPlan> } = {}) {
  const { maxUnavailable = count, exit = 2, plan = {} } = options;
  const cluster = {
    nodes: [aNode('full', { cpu: 8 }), aNode('spare', { cpu: 8 })],
    workloads: [aReplicaSet('web', count, { cpu: 0.1 })],
    pods: Array.from({ length: count }, (_, id) => replica(id)),
    budgets: [aBudget('web', { maxUnavailable })],
  };
  const timing = aTiming({ reset: seconds(10), ready: seconds(4), exit: seconds(exit) });
  const result = run(aScenario({ cluster, timing, roll: { ...kubectlDrain.knobs, nodes: ['full'], ...plan } }), '1');
  const [node] = result.roll.nodes;
  if (!node) throw new Error('no node was rolled');
  return { ...node, drain: toSeconds(node.drainedAt ?? NEVER) - toSeconds(node.cordonedAt ?? NEVER) };
}

const untimed = { commandTime: seconds(0) };
const drain = (knobs: Partial<RollPlan['drain']>): Partial<RollPlan> => ({ ...untimed, drain: { ...kubectlDrain.knobs.drain, ...knobs } });

describe('a drain by kubectl', () => {
  it.each([
    [1, 2],
    [1.5, 2],
    [2.2, 3],
  ])('sees that a pod which takes %d s to exit is gone after %d s', (exit, seen) => {
    expect(drained(1, { exit, plan: untimed }).drain).toBe(seen);
  });

  // 6 replicas under maxUnavailable 1 with 4 s to Ready give 5+4+3+2+1 refusals, one success per 5 s (recorded roll pdb-piled).
  it('tries refused pods again every 5 s, each for itself', () => {
    const { refusals, evictions, drain: time } = drained(6, { maxUnavailable: 1, plan: untimed });
    expect({ refusals, evictions }).toEqual({ refusals: 15, evictions: 6 });
    expect(time).toBeGreaterThanOrEqual(28);
    expect(time).toBeLessThan(29);
  });

  it('looks at its time-out before an attempt only, so that 12 s end after 15', () => {
    const { outcome, refusals, reason, endedAt } = drained(1, { maxUnavailable: 0, plan: drain({ timeout: seconds(12) }) });
    expect({ outcome, refusals, endedAt }).toEqual({ outcome: 'failed', refusals: 3, endedAt: 15_000 });
    expect(reason).toBe('error when evicting pods/"web-00" -n "default": global timeout reached: 12s');
  });

  it('kills what is left after its time-out if the plan says so', () => {
    const {
      outcome,
      forcedKills,
      drain: time,
    } = drained(1, { maxUnavailable: 0, plan: drain({ timeout: seconds(12), onTimeout: 'force' }) });
    expect({ outcome, forcedKills, time }).toEqual({ outcome: 'inService', forcedKills: 1, time: 15 });
  });

  // Recorded roll many-pods: 40 pods that exit within 2 to 4 s take 11.7 s and more instead of 5 s.
  it('is slowed down by the limits of its client when it has many pods', () => {
    expect(drained(40, { plan: untimed }).drain).toBeGreaterThan(8);
    expect(drained(40, { plan: drain({ client: undefined }) }).drain).toBeLessThan(5);
  });

  it('lets evictions that meet at one budget pause for half a second', () => {
    const { evictions, blocked } = drained(2, { maxUnavailable: 2, plan: untimed });
    expect({ evictions, blocked }).toEqual({ evictions: 2, blocked: 0 });
    expect(drained(2, { maxUnavailable: 2, plan: untimed }).drain).toBeGreaterThan(3.4);
    expect(drained(2, { maxUnavailable: 2, plan: drain({ conflictPause: seconds(0) }) }).drain).toBe(3);
  });

  it('takes its own time for cordon, drain and uncordon', () => {
    const { cordonedAt, drainedAt, readyAt, inServiceAt } = drained(1);
    expect({ cordonedAt, drainedAt, readyAt, inServiceAt }).toEqual({
      cordonedAt: 150,
      drainedAt: 3300,
      readyAt: 13_300,
      inServiceAt: 13_450,
    });
  });
});

describe('a Node object that is made anew', () => {
  it.each(['recreated', 'recreatedCordoned'] as const)('is in service again after the reset (%s)', (nodeObject) => {
    const { outcome, readyAt, inServiceAt } = drained(1, { plan: { nodeObject } });
    expect({ outcome, readyAt, inServiceAt }).toEqual({ outcome: 'inService', readyAt: 13_300, inServiceAt: 13_450 });
  });

  // Recorded rolls: away 15 s, pods of DaemonSets are rescued by name and not Ready only when the node is back; away 70 s, PodGC takes them.
  it.each([
    { away: 10, pods: ['agent-00001', 'agent-00002'] },
    { away: 90, pods: ['agent-00002', 'agent-00003'] },
  ])('keeps the pods of DaemonSets when it is away for $away s, if they are $pods then', ({ away, pods }) => {
    const cluster = { nodes: [aNode('full'), aNode('spare')], workloads: [aDaemonSet('agent')] };
    const timing = aTiming({ reset: seconds(away), ready: seconds(4) });
    const roll = { ...kubectlDrain.knobs, nodes: ['full'], nodeObject: 'recreated' as const };
    const names: string[] = [];
    const { workloads } = run(aScenario({ cluster, timing, roll }), '1', 'figures', ({ cluster: live }) => {
      live.subscribe(() => names.splice(0, names.length, ...[...live.pods.values()].map(({ name }) => name)));
    });
    expect(names.sort()).toEqual(pods);
    expect(workloads[0]?.minReady).toBe(1);
  });
});
