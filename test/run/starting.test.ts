import { describe, expect, it } from 'vitest';
import type { Probe } from '../../src/cluster/PodSpec.ts';
import type { RunResult } from '../../src/run/RunResult.ts';
import { run } from '../../src/run/run.ts';
import type { PodTiming, Timing } from '../../src/scenario/Scenario.ts';
import { after, type Duration, instant, minutes, NEVER, seconds } from '../../src/units.ts';
import { aBudget, aContainer, aDaemonSet, aDeployment, aNode, aPod, aReplicaSet } from '../support/builders.ts';
import { aScenario, aTiming } from '../support/scenarios.ts';

const nodes = ['n1', 'n2', 'n3'].map((name) => aNode(name));
const probe: Probe = { initialDelaySeconds: 0, periodSeconds: 10, timeoutSeconds: 1, successThreshold: 1, failureThreshold: 3 };

describe('a preStop hook', () => {
  const drainOf = (preStopSeconds: number) => {
    const containers = [aContainer({ preStopSeconds })];
    return drainTimes(run(aScenario({ cluster: { nodes, workloads: [aDeployment('web', 3, { containers })] } }), '1'));
  };

  it('holds every drain up by its length', () => {
    const [with20, without] = [drainOf(20), drainOf(0)];
    expect(Math.max(...with20) - Math.max(...without)).toBe(20_000);
  });

  it('holds it up for the grace period and 2 s at most', () => {
    const slow = aScenario({
      cluster: { nodes, workloads: [aDeployment('web', 3, { containers: [aContainer({ preStopSeconds: 600 })] })] },
    });
    const stubborn = { ...slow, timing: aTiming({ exit: minutes(5) }) };
    expect(Math.max(...drainTimes(run(stubborn, '1')))).toBe(32_000);
  });
});

describe('containers that crash while something they need is away', () => {
  const cluster = { nodes, workloads: [aDeployment('web', 3)], budgets: [aBudget('web', { maxUnavailable: 1 })] };
  const runWith = (more: Partial<PodTiming>) => run(aScenario({ cluster, timing: podTiming(more) }), '1');

  it('keep the budget shut until a restart after that, and hold the roll up', () => {
    const crashes = { after: seconds(1), until: instant(200_000) };
    const readyAt = firstReady(runWith({ crashes }));
    const restarts = [0, 1, 12, 33, 74, 155, 316].map((second) => seconds(second));
    expect(restarts.map((restart) => after(instant(0), restart) + 10_000)).toContain(readyAt);
    expect(readyAt).toBe(316_000 + 10_000);
  });

  it('are Ready at once without a failure', () => {
    expect(firstReady(runWith({}))).toBe(10_000);
  });

  it('leave the workload without a Ready pod when they never recover', () => {
    expect([minReady(runWith({ crashes: { after: seconds(1) } })), minReady(runWith({}))]).toEqual([0, 2]);
  });
});

describe('a pod of a dump that fails to start', () => {
  it('is not Ready for its budget until it moves, and is evicted without it', () => {
    const web = aReplicaSet('web', 2);
    const owner = { apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'web' };
    const { labels, spec } = web.template;
    const stuck = { labels, owner, phase: 'Pending' as const, ready: false, spec: { ...spec, failsToStart: 'ImagePullBackOff' } };
    const pods = [aPod('web-1', { labels, owner, spec, nodeName: 'n1' }), aPod('web-2', { ...stuck, nodeName: 'n2' })];
    const cluster = { nodes, workloads: [web], pods, budgets: [aBudget('web', { maxUnavailable: 1 })] };
    const { roll, workloads } = run(aScenario({ cluster, roll: { nodes: ['n1', 'n2'] } }), '1');
    expect(roll.nodes.map(({ refusals }) => refusals > 0)).toEqual([true, false]);
    expect(roll.nodes[1]).toMatchObject({ evictions: 1, forcedKills: 0 });
    expect(workloads[0]?.degraded).toBeGreaterThan(0);
    expect(roll.outcome).toBe('completed');
  });
});

describe('an image that cannot be pulled', () => {
  const images = { sizeBytes: 100, nodeRate: 1000, registryRate: 1000 };
  const failing = [{ image: 'registry.local/*', until: instant(minutes(30)) }];
  const cluster = { nodes, workloads: [aDaemonSet('agent')] };
  const notReadyAfterReset = (timing: Timing) => {
    const result = run(aScenario({ cluster, timing, roll: { nodes: ['n1'] } }), '1');
    return result.workloads.find(({ name }) => name === 'agent')?.degraded ?? NEVER;
  };

  it('keeps the DaemonSet pod of a reset node out until the registry is back', () => {
    const [broken, whole] = [{ ...images, failing }, images].map((one) => notReadyAfterReset({ ...aTiming(), images: one }));
    expect(whole).toBeLessThan(minutes(9));
    expect(broken).toBeGreaterThanOrEqual(minutes(30));
  });
});

describe('a liveness probe that is faster than the start', () => {
  const runWith = (startupProbe: Probe | undefined) => {
    const containers = [aContainer({ livenessProbe: probe, readinessProbe: probe, startupProbe })];
    const cluster = { nodes, workloads: [aDeployment('web', 3, { containers })], budgets: [aBudget('web', { maxUnavailable: 1 })] };
    return run(
      aScenario({ cluster, timing: podTiming({ ready: constant(seconds(90)), readyIs: 'answering' }), horizon: minutes(120) }),
      '1',
    );
  };

  it('never lets a moved pod become Ready', () => {
    expect(minReady(runWith(undefined))).toBe(0);
  });

  it('does no harm behind a startup probe', () => {
    expect(minReady(runWith({ ...probe, failureThreshold: 30 }))).toBe(2);
  });
});

function podTiming(more: Partial<PodTiming>): Timing {
  const timing = aTiming();
  return { ...timing, pods: timing.pods.map((entry) => ({ ...entry, ...more })) };
}

function constant(value: Duration) {
  return { kind: 'constant' as const, value };
}

function minReady({ workloads }: RunResult): number | undefined {
  return workloads[0]?.minReady;
}

/** How long each node was drained, in milliseconds. */
function drainTimes({ roll }: RunResult): number[] {
  return roll.nodes.map(({ cordonedAt = instant(0), drainedAt = NEVER }) => drainedAt - cordonedAt);
}

/** When the first pod that was moved was Ready in its new place. */
function firstReady({ pods }: RunResult): number {
  return Math.min(
    ...pods
      .filter(({ createdAt, readyAt }) => createdAt >= 0 && readyAt !== undefined && readyAt > 0)
      .map(({ readyAt = NEVER }) => readyAt),
  );
}
