import { describe, expect, it } from 'vitest';
import type { NodeDescription } from '../../src/cluster/Node.ts';
import { kubectlDrain } from '../../src/rolls/presets/kubectlDrain.ts';
import { eventRows } from '../../src/run/EventColumns.ts';
import { run } from '../../src/run/run.ts';
import { kubectlPlan } from '../../src/scenario/recording/tracePlan.ts';
import { NEVER, seconds, toSeconds } from '../../src/units.ts';
import { aBudget, aNode, aPod, aReplicaSet } from '../support/builders.ts';
import { aScenario, aTiming } from '../support/scenarios.ts';

interface Options {
  readonly count?: number;
  /** How many pods of the budget may be away at once. */
  readonly maxUnavailable?: number;
  readonly exit?: number;
  readonly ready?: NodeDescription['ready'];
}

/** Drains a node with so many replicas by `kubectl drain --ignore-daemonsets` and `flags`; there is room elsewhere. */
function drained(flags: readonly string[], { count = 1, maxUnavailable = count, exit = 1.5, ready = 'True' }: Options = {}) {
  const owner = { apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'web' };
  const cluster = {
    nodes: [{ ...aNode('full', { cpu: 8 }), ready }, aNode('spare', { cpu: 8 })],
    workloads: [aReplicaSet('web', count, { cpu: 0.1 })],
    pods: Array.from({ length: count }, (_, id) =>
      aPod(`web-${String(id).padStart(2, '0')}`, { labels: { app: 'web' }, owner, nodeName: 'full', cpu: 0.1 }),
    ),
    budgets: [aBudget('web', { maxUnavailable })],
  };
  const plan = { ...kubectlDrain.knobs, commandTime: seconds(0), nodes: ['full'], drain: kubectlPlan(['--ignore-daemonsets', ...flags]) };
  const result = run(aScenario({ cluster, timing: aTiming({ exit: seconds(exit) }), roll: plan }), '1');
  const [node] = result.roll.nodes;
  if (!node) throw new Error('no node was rolled');
  const deletions = [...eventRows(result.events)].filter(({ kind, at }) => kind === 'podTerminating' && at >= 0);
  return { ...node, drain: toSeconds(node.drainedAt ?? NEVER), deletions: deletions.map(({ at, object }) => [toSeconds(at), object]) };
}

describe('kubectl drain --timeout', () => {
  it('names every pod that was still refused when it was over, and the time', () => {
    expect(drained(['--timeout=90s'], { count: 2, maxUnavailable: 0 }).reason).toBe(
      '[error when evicting pods/"web-01" -n "default": global timeout reached: 1m30s, ' +
        'error when evicting pods/"web-00" -n "default": global timeout reached: 1m30s]',
    );
  });

  it('ends the wait for a pod that does not go, and names its namespace', () => {
    const { reason, endedAt } = drained(['--timeout=12s'], { exit: 20 });
    expect(endedAt).toBe(12_000);
    expect(reason).toBe('error when waiting for pod "web-00" in namespace "default" to terminate: context deadline exceeded');
  });
});

describe('kubectl drain --disable-eviction', () => {
  it('deletes the pods in their order, whatever their budget says', () => {
    const { deletions, drain, forcedKills } = drained(['--disable-eviction'], { count: 3, maxUnavailable: 0 });
    expect(deletions).toEqual([
      [0, 'Pod/default/web-00'],
      [0, 'Pod/default/web-01'],
      [0, 'Pod/default/web-02'],
    ]);
    expect({ drain, forcedKills }).toEqual({ drain: 2, forcedKills: 3 });
  });

  // Ten at once and then 5 per second, the last one at 6 s; 40 looks at 5 per second follow through the same client.
  it('deletes no faster than its client may, and looks only then', () => {
    const { deletions, drain } = drained(['--disable-eviction'], { count: 40 });
    expect(deletions.map(([at]) => at)).toEqual([...Array(10).fill(0), ...Array.from({ length: 30 }, (_, index) => (index + 1) / 5)]);
    expect(drain).toBe(14);
  });

  // Eleven deletions take 0.2 s, and a round of eleven looks 2.2 s: the round in which the time is over ends at 13.4 s.
  it('waits for all pods together, and fails with one error for all', () => {
    const { reason, endedAt } = drained(['--disable-eviction', '--timeout=12s'], { count: 11, exit: 20 });
    expect(reason).toMatch(/^context deadline exceeded, pending pods: default\/web-00, default\/web-01, .*default\/web-10$/);
    expect(endedAt).toBe(13_400);
  });
});

describe('kubectl drain --skip-wait-for-delete-timeout', () => {
  // The grace period of 30 s ends at 30 s; a look at 41 s is the first that comes more than 10 whole seconds later.
  it.each([[], ['--disable-eviction']])('gives a pod up that its node does not let go (%s)', (...flags) => {
    const { drain, reason } = drained(['--skip-wait-for-delete-timeout=10', ...flags], { ready: 'Unknown' });
    expect({ drain, reason }).toEqual({ drain: 41, reason: undefined });
  });
});
