import { describe, expect, it } from 'vitest';
import type { PodDescription } from '../../src/cluster/Pod.ts';
import type { DrainPlan } from '../../src/rolls/RollPlan.ts';
import { drainKinds } from '../../src/rolls/registry.ts';
import { run } from '../../src/run/run.ts';
import { type Duration, minutes, seconds, toSeconds } from '../../src/units.ts';
import { aBudget, aDaemonSet, aNode, aPod, aReplicaSet } from '../support/builders.ts';
import { eventsOf } from '../support/eventsOf.ts';
import { aScenario, aTiming } from '../support/scenarios.ts';

const replica = (app: string, id: number, options = {}): PodDescription =>
  aPod(`${app}-${id}`, {
    labels: { app },
    owner: { apiVersion: 'apps/v1', kind: 'ReplicaSet', name: app },
    nodeName: 'full',
    cpu: 1,
    ...options,
  });

/** Three replicas on one node, of which one may be away; a successor is Ready 22 s after its eviction. */
const three = {
  nodes: [aNode('full', { cpu: 8 }), aNode('spare', { cpu: 8 })],
  workloads: [aReplicaSet('web', 3, { cpu: 1 })],
  pods: [1, 2, 3].map((id) => replica('web', id)),
  budgets: [aBudget('web', { maxUnavailable: 1 })],
};

/** The same behind a budget that allows nothing. */
const blocked = { ...three, budgets: [aBudget('web', { maxUnavailable: 0 })] };

function planOf(kind: string, knobs: Partial<DrainPlan> = {}): DrainPlan {
  const known = drainKinds.get(kind);
  if (!known) throw new Error(`no drain kind ${kind}`);
  return { ...known.plan, ...knobs };
}

function drained(cluster: Parameters<typeof aScenario>[0], drain: DrainPlan, exit: Duration = seconds(3)) {
  const result = run(aScenario({ ...cluster, roll: { nodes: ['full'], drain }, timing: aTiming({ ready: seconds(22), exit }) }), '1');
  const evictions = eventsOf(result).filter(({ kind, at }) => kind === 'podTerminating' && at >= 0);
  return { result, reset: result.roll.nodes[0], evictions: evictions.map(({ at, object }) => ({ at: toSeconds(at), object })) };
}

describe('the drain kinds', () => {
  // Passes at 0, 20, 40, … s: the second replica waits for the successor that is Ready at 22 s, the third for that of 62 s.
  it('cluster-api evicts and looks in passes 20 s apart, in order of name', () => {
    const { evictions, reset } = drained({ cluster: three }, planOf('cluster-api'));
    expect(evictions).toEqual([
      { at: 0, object: 'Pod/default/web-1' },
      { at: 40, object: 'Pod/default/web-2' },
      { at: 80, object: 'Pod/default/web-3' },
    ]);
    expect(reset).toMatchObject({ drainedAt: seconds(100), refusals: 6 });
  });

  it('cluster-api lets the rest die with the machine when its time is over, and waits for ever without one', () => {
    const killed = drained({ cluster: blocked }, planOf('cluster-api', { timeout: minutes(10) }));
    expect(killed.reset).toMatchObject({ outcome: 'inService', drainedAt: minutes(10), forcedKills: 3 });
    expect(drained({ cluster: blocked }, planOf('cluster-api')).result.roll.outcome).toBe('stuck');
  });

  // Refused at 0 s, then after 0.1, 0.3, 0.7, 1.5, 3.1, 6.3, 12.7 s, and every 10 s from there: 22.7 s is the first try after 22 s. At that
  // time the other has been refused once more and asks again 10 s later, at 32.7 s, when one is away until 44.7 s: 52.7 s.
  it('karpenter asks again after 0.1 s, doubling up to 10 s', () => {
    const { evictions } = drained({ cluster: three }, planOf('karpenter'));
    expect(evictions.map(({ at }) => at)).toEqual([0, 22.7, 52.7]);
  });

  it('karpenter evicts system-critical pods when all others are gone', () => {
    const critical = (pod: PodDescription) => ({ ...pod, spec: { ...pod.spec, priority: 2_000_000_000 } });
    const cluster = {
      ...three,
      workloads: [aReplicaSet('dns', 1, { cpu: 1 }), aReplicaSet('web', 1, { cpu: 1 })],
      pods: [critical(replica('dns', 1)), replica('web', 1)],
      budgets: [],
    };
    const { evictions } = drained({ cluster }, planOf('karpenter'), seconds(5));
    expect(evictions).toEqual([
      { at: 0, object: 'Pod/default/web-1' },
      { at: 5, object: 'Pod/default/dns-1' },
    ]);
  });

  describe('cluster-autoscaler', () => {
    const plan = planOf('cluster-autoscaler');
    const slow = (app: string): PodDescription => {
      const pod = replica(app, 1);
      return { ...pod, spec: { ...pod.spec, terminationGracePeriodSeconds: 3600 } };
    };
    const alone = { ...three, pods: [slow('web')], workloads: [aReplicaSet('web', 1, { cpu: 1 })] };

    it('gives up after 2 minutes and keeps the node', () => {
      expect(drained({ cluster: blocked }, plan).reset).toMatchObject({ outcome: 'failed', endedAt: minutes(2), forcedKills: 0 });
    });

    it('leaves pods 10 minutes to end, however soon it would have given up on their eviction', () => {
      // Gone after 10 minutes, which the look 5 s later sees.
      expect(drained({ cluster: alone }, plan, minutes(50)).reset).toMatchObject({ drainedAt: seconds(605), evictions: 1 });
    });

    it('keeps a node with local storage at once, unless it is told that this does not matter', () => {
      const volume = { name: 'tmp', source: 'emptyDir', claimName: undefined, readOnly: false, medium: undefined, fields: {} };
      const pods = three.pods.map((pod) => ({ ...pod, spec: { ...pod.spec, volumes: [volume] } }));
      const kept = drained({ cluster: { ...three, pods } }, plan).reset;
      const reason = 'cannot delete pod with local storage present: default/web-1, default/web-2, default/web-3';
      expect(kept).toMatchObject({ outcome: 'failed', endedAt: 0, evictions: 0, reason });
      const allowing = planOf('cluster-autoscaler', { pods: { ...plan.pods, emptyDir: 'evict' } });
      expect(drained({ cluster: { ...three, pods } }, allowing).reset).toMatchObject({ outcome: 'inService', evictions: 3 });
    });

    it('refuses pods of DaemonSets only if it is told to', () => {
      const withAgents = { ...three, workloads: [...three.workloads, aDaemonSet('agent', { cpu: 1 })] };
      expect(drained({ cluster: withAgents }, plan).reset).toMatchObject({ outcome: 'inService' });
      const refusing = planOf('cluster-autoscaler', { pods: { ...plan.pods, daemonSets: 'refuseDrain' } });
      expect(drained({ cluster: withAgents }, refusing).reset).toMatchObject({ outcome: 'failed', evictions: 0 });
    });

    it('tries again after any answer', () => {
      const budgets = ['one', 'two'].map((name) => ({ ...aBudget('web', { maxUnavailable: 1 }), name }));
      const { reset } = drained({ cluster: { ...alone, budgets } }, plan);
      expect(reset).toMatchObject({ outcome: 'failed', endedAt: minutes(2), refusals: 12 });
    });

    it('looks for no pod before the last is evicted, and waits for none when one was not', () => {
      const both = {
        ...blocked,
        workloads: [...three.workloads, aReplicaSet('batch', 1, { cpu: 1 })],
        pods: [...three.pods, slow('batch')],
      };
      expect(drained({ cluster: both }, plan, minutes(4)).reset).toMatchObject({ outcome: 'failed', endedAt: minutes(2), evictions: 1 });
      // The last of the three is evicted at 60 s, which is when it begins to look.
      expect(drained({ cluster: three }, plan).reset).toMatchObject({ outcome: 'inService', drainedAt: seconds(65) });
    });
  });

  describe('hypershift', () => {
    const plan = planOf('hypershift');

    // One after the other: the first tick of 5 s after the successor of the one before is Ready.
    it('asks again every 5 s within an attempt', () => {
      expect(drained({ cluster: three }, plan).evictions.map(({ at }) => at)).toEqual([0, 25, 50]);
    });

    it('asks again only from the next attempt on, a minute after 90 s', () => {
      const slow = run(
        aScenario({ cluster: three, roll: { nodes: ['full'], drain: plan }, timing: aTiming({ ready: seconds(87), exit: seconds(3) }) }),
        '1',
      );
      const evictions = eventsOf(slow).filter(({ kind, at }) => kind === 'podTerminating' && at >= 0);
      expect(evictions.map(({ at }) => toSeconds(at))).toEqual([0, 150, 300]);
      // Asked for at 0, 5, … 85 s by two pods, then at 150, … 235 s by one.
      expect(slow.roll.nodes[0]).toMatchObject({ refusals: 2 * 18 + 1 + 17, drainedAt: seconds(304) });
    });

    it('sees in an attempt alone that the node is empty', () => {
      const alone = { ...three, pods: [replica('web', 1)], workloads: [aReplicaSet('web', 1, { cpu: 1 })] };
      const long = alone.pods.map((pod) => ({ ...pod, spec: { ...pod.spec, terminationGracePeriodSeconds: 3600 } }));
      expect(drained({ cluster: { ...alone, pods: long } }, plan, seconds(80)).reset).toMatchObject({ drainedAt: seconds(81) });
      expect(drained({ cluster: { ...alone, pods: long } }, plan, seconds(100)).reset).toMatchObject({ drainedAt: seconds(150) });
    });

    it('makes one attempt where it ends by force', () => {
      const { reset } = drained({ cluster: blocked }, { ...plan, onTimeout: 'force' });
      expect(reset).toMatchObject({ outcome: 'inService', drainedAt: seconds(90), forcedKills: 3 });
    });

    it('goes on for ever', () => {
      const { result, reset } = drained({ cluster: blocked }, plan);
      expect(result.roll.outcome).toBe('stuck');
      expect(reset).toMatchObject({ outcome: 'stuck', forcedKills: 0 });
    });

    it.each([60, 120])('ends with the run, %i s after its start', (horizon) => {
      expect(drained({ cluster: blocked, horizon: seconds(horizon) }, plan).reset).toMatchObject({ outcome: 'stuck', evictions: 0 });
    });
  });

  it.each([
    ['gke', minutes(60), 'inService', 3],
    ['cce', minutes(15), 'inService', 3],
  ] as const)('%s kills what is left when its time is over', (kind, drainedAt, outcome, forcedKills) => {
    expect(drained({ cluster: blocked }, planOf(kind)).reset).toMatchObject({ outcome, drainedAt, forcedKills });
  });

  it.each([
    ['eks', minutes(15)],
    ['aks', minutes(30)],
    ['ack', minutes(30)],
  ] as const)('%s gives the roll up when its time is over, and the pods keep running', (kind, endedAt) => {
    const { reset, result } = drained({ cluster: blocked }, planOf(kind));
    expect(reset).toMatchObject({ outcome: 'failed', endedAt, forcedKills: 0 });
    expect(result.roll.outcome).toBe('failed');
  });

  // Each eviction makes a successor, which the node takes although it is cordoned.
  describe('of pods that tolerate the cordon', () => {
    const tolerations = [{ key: '', operator: 'Exists' as const, value: '' }];
    const stubborn = { nodeSelector: { 'kubernetes.io/hostname': 'full' }, tolerations };
    const pods = [1, 2].map((id) => replica('web', id)).map((pod) => ({ ...pod, spec: { ...pod.spec, ...stubborn } }));
    const cluster = { ...three, workloads: [aReplicaSet('web', 2, { cpu: 1, ...stubborn })], pods, budgets: [] };

    it('eks evicts them again every 5 s until its time is over, and the roll fails', () => {
      const { reset, evictions, result } = drained({ cluster }, planOf('eks'));
      expect(evictions.slice(0, 4).map(({ at }) => at)).toEqual([0, 0, 5, 5]);
      expect(reset).toMatchObject({ outcome: 'failed', endedAt: minutes(15), forcedKills: 0 });
      expect(reset?.reason).toContain('(came to the cordoned node)');
      expect(result.roll.outcome).toBe('failed');
    });

    it('cce evicts them again until its time is over, and then kills them', () => {
      const { reset, result } = drained({ cluster }, planOf('cce'));
      expect(reset).toMatchObject({ outcome: 'inService', drainedAt: minutes(15), forcedKills: 2 });
      const violated = result.findings.find(({ code }) => code === 'BUDGET_VIOLATED');
      expect(violated?.message).toContain('2 pods were killed by the forced reset, for its drain did not get rid of them');
    });

    it('cluster-api evicts them again with each pass, without an end', () => {
      const { reset, evictions, result } = drained({ cluster, horizon: minutes(60) }, planOf('cluster-api'));
      expect(evictions.slice(0, 6).map(({ at }) => at)).toEqual([0, 0, 20, 20, 40, 40]);
      expect(reset).toMatchObject({ outcome: 'stuck', resetAt: undefined });
      expect(result.roll.outcome).toBe('horizon');
    });

    it('hypershift evicts them again every 5 s, but not between its attempts', () => {
      const { evictions, result } = drained({ cluster, horizon: minutes(5) }, planOf('hypershift'));
      const times = [...new Set(evictions.map(({ at }) => at))];
      expect(times.slice(0, 3)).toEqual([0, 5, 10]);
      expect(times.filter((at) => at > 80 && at < 160)).toEqual([85, 150, 155]);
      expect(result.roll.outcome).toBe('horizon');
    });

    it.each(['kubectl', 'cluster-autoscaler'])('%s lists the pods once, and what comes back goes away with the machine', (kind) => {
      const { reset } = drained({ cluster }, planOf(kind));
      expect(reset).toMatchObject({ outcome: 'inService', evictions: 2, forcedKills: 0 });
    });

    it('karpenter leaves them alone', () => {
      expect(drained({ cluster }, planOf('karpenter')).reset).toMatchObject({ outcome: 'inService', drainedAt: 0, evictions: 0 });
    });

    it('ends as soon as no more of them come back', () => {
      const workloads = [aReplicaSet('web', 0, { cpu: 1, ...stubborn })];
      expect(drained({ cluster: { ...cluster, workloads, pods: [] } }, planOf('eks')).reset).toMatchObject({ drainedAt: 0, evictions: 0 });
      const alone = drained({ cluster: { ...cluster, workloads: [] } }, planOf('eks'));
      expect(alone.reset).toMatchObject({ drainedAt: seconds(3), evictions: 2 });
    });
  });

  it('kubectl waits for ever', () => {
    expect(drained({ cluster: blocked }, planOf('kubectl')).result.roll.outcome).toBe('stuck');
  });
});
