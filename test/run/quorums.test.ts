import { describe, expect, it } from 'vitest';
import type { DisruptionBudgetDescription } from '../../src/cluster/DisruptionBudget.ts';
import { run } from '../../src/run/run.ts';
import type { Disturbance, Quorum, Scenario } from '../../src/scenario/Scenario.ts';
import { type Duration, instant, minutes, NEVER, seconds, toSeconds, ZERO } from '../../src/units.ts';
import { aBudget, aDeployment, aNode, aPod } from '../support/builders.ts';
import { eventsOf } from '../support/eventsOf.ts';
import { aScenario } from '../support/scenarios.ts';

const inSyncAfter = (value: Duration): Quorum['sync'] => ({ kind: 'constant', value });

interface Case extends Partial<Pick<Scenario, 'horizon' | 'objectives'>> {
  readonly quorums?: readonly Quorum[];
  readonly budget?: Partial<DisruptionBudgetDescription>;
  readonly disturbances?: readonly Disturbance[];
}

/** Resets one of two nodes. Of two members, the one at home there waits for it: 2 s to end, 8 min of reset, 10 s to be Ready. */
function forecast({ budget, ...rest }: Case = {}) {
  const nodes = ['a', 'b'].map((home) => aNode(home, { labels: { home }, poolLabels: { home } }));
  const workloads = ['a', 'b'].map((home) => {
    const { template, ...other } = aDeployment(`member-${home}`, 1, { cpu: 1, nodeSelector: { home } });
    return { ...other, template: { ...template, labels: { ...template.labels, svc: 'store' } } };
  });
  const budgets = budget ? [aBudget('member-b', budget)] : [];
  return run(aScenario({ cluster: { nodes, workloads, budgets }, roll: { nodes: ['b'] }, ...rest }), '1');
}

const b = (quorum: Partial<Quorum> = {}): readonly Quorum[] => [
  { match: { name: 'member-b' }, quorum: 1, sync: inSyncAfter(ZERO), ...quorum },
];

/** Of the member whose node is reset. */
const measured = (given: Case) => {
  const { workloads } = forecast(given);
  const { belowFloor, quorum, unended } = workloads.find(({ name }) => name === 'member-b') ?? { belowFloor: ZERO };
  return { seconds: toSeconds(belowFloor), quorum, unended };
};

describe('quorums', () => {
  it('are short of what is not Ready', () => {
    expect(measured({ quorums: b() })).toEqual({ seconds: 492, quorum: { size: 1, leastInSync: 0, isSyncing: false }, unended: [] });
  });

  it('are short of what is not yet in sync', () => {
    expect(measured({ quorums: b({ sync: inSyncAfter(minutes(10)) }) }).seconds).toBe(492 + 600);
  });

  it('count what serves at the start as in sync', () => {
    const { workloads } = forecast({ quorums: [{ match: { name: 'member-a' }, quorum: 1, sync: inSyncAfter(minutes(10)) }] });
    expect(workloads).toMatchObject([{ name: 'member-a', belowFloor: 0, quorum: { leastInSync: 1 } }, { name: 'member-b' }]);
    expect(workloads[1]?.quorum).toBeUndefined();
  });

  it('take the place of budgets', () => {
    const budget = { maxUnavailable: 1 };
    expect(measured({ budget }).seconds).toBe(0);
    expect(measured({ budget, quorums: b() }).seconds).toBe(492);
    const strict = { minAvailable: 1 };
    expect(measured({ budget: strict, horizon: minutes(60) }).seconds).toBeGreaterThan(0);
    const other: readonly Quorum[] = [{ match: { name: 'member-a' }, quorum: 1, sync: inSyncAfter(ZERO) }];
    expect(measured({ budget: strict, quorums: other }).seconds).toBe(measured({ budget: strict }).seconds);
  });

  it('go by the first entry that matches', () => {
    const all: Quorum = { match: { labels: { svc: 'store' } }, quorum: 1, sync: inSyncAfter(minutes(1)) };
    expect(measured({ quorums: [...b(), all] }).seconds).toBe(492);
    expect(measured({ quorums: [all, ...b()] }).seconds).toBe(552);
  });

  it('begin anew with a pod that is deleted during its copy', () => {
    const quorums = b({ sync: inSyncAfter(minutes(10)) });
    const at = instant(minutes(15));
    const { pods } = forecast({ quorums });
    const second = pods.filter(({ workload }) => workload.endsWith('member-b'))[1]?.pod ?? '';
    const disturbances: readonly Disturbance[] = [{ at, kind: 'deletePod', pod: second }];
    // Two seconds to end while its successor needs ten to be Ready.
    expect(measured({ quorums, disturbances }).seconds).toBe(15 * 60 + 10 + 600);
  });

  it('are never kept by what never comes into sync', () => {
    const never = measured({ quorums: b({ sync: inSyncAfter(NEVER) }), horizon: minutes(60) });
    expect(never).toMatchObject({ seconds: 3600, quorum: { isSyncing: false }, unended: ['belowFloor'] });
  });

  it('leave open what the horizon cuts off in the middle of a copy', () => {
    const objectives = [
      { name: 'kept', probability: 1, goal: { kind: 'maxBelowFloor', workloads: undefined, limit: minutes(90) } } as const,
    ];
    const judged = (sync: Duration) => forecast({ quorums: b({ sync: inSyncAfter(sync) }), horizon: minutes(60), objectives }).objectives;
    expect(judged(minutes(70))).toMatchObject([{ outcome: 'unknown', evidence: expect.stringContaining('not over at the horizon') }]);
    expect(judged(NEVER)).toMatchObject([{ outcome: 'fails', evidence: expect.stringContaining('no end of it') }]);
    expect(judged(minutes(20))).toMatchObject([{ outcome: 'holds' }]);
  });

  it('change nothing of what happens', () => {
    const [without, withOne] = [forecast(), forecast({ quorums: b({ sync: inSyncAfter(minutes(90)) }) })];
    expect(eventsOf(withOne)).toEqual(eventsOf(without));
    expect(withOne.endedAt).toBe(without.endedAt);
    expect(withOne.eventsFired).toBe(without.eventsFired);
  });

  it('hold for pods that a custom resource owns', () => {
    const owner = { apiVersion: 'core.strimzi.io/v1beta2', kind: 'StrimziPodSet', name: 'kafka' };
    const pods = ['a', 'b'].map((node) => ({ ...aPod(`kafka-${node}`), owner, nodeName: node, phase: 'Running' as const, ready: true }));
    const quorums = [{ match: { kind: 'StrimziPodSet' }, quorum: 2, sync: inSyncAfter(ZERO) }];
    const cluster = { nodes: [aNode('a'), aNode('b')], pods };
    const { workloads } = run(aScenario({ cluster, quorums, roll: { nodes: ['b'] }, horizon: minutes(60) }), '1');
    expect(workloads).toMatchObject([{ kind: 'StrimziPodSet', belowFloor: minutes(60), quorum: { leastInSync: 1 } }]);
  });

  it('are named when they are lost', () => {
    const { findings } = forecast({ quorums: b({ sync: inSyncAfter(minutes(10)) }) });
    expect(findings.filter(({ code }) => code === 'QUORUM_LOST')).toMatchObject([
      {
        severity: 'error',
        object: 'Deployment/default/member-b',
        message: 'fewer than the 1 that it needs were Ready and in sync for 18m 12s, at worst none',
      },
    ]);
    const kept = forecast({ quorums: [{ match: { name: 'member-a' }, quorum: 1, sync: inSyncAfter(ZERO) }] });
    expect(kept.findings.map(({ code }) => code)).not.toContain('QUORUM_LOST');
  });

  it('draw the time of each copy anew', () => {
    const sync: Quorum['sync'] = { kind: 'uniform', min: seconds(60), max: seconds(120) };
    const times = ['1', '2', '3'].map((seed) => {
      const nodes = ['a', 'b'].map((home) => aNode(home, { labels: { home }, poolLabels: { home } }));
      const cluster = { nodes, workloads: [aDeployment('db', 1, { cpu: 1, nodeSelector: { home: 'b' } })] };
      const scenario = aScenario({ cluster, roll: { nodes: ['b'] }, quorums: [{ match: {}, quorum: 1, sync }] });
      return toSeconds(run(scenario, seed).workloads[0]?.belowFloor ?? ZERO) - 492;
    });
    expect(new Set(times).size).toBe(3);
    for (const time of times) expect(time).toBeGreaterThanOrEqual(60);
    for (const time of times) expect(time).toBeLessThanOrEqual(120);
  });
});
