import { describe, expect, it } from 'vitest';
import type { RunResult } from '../../src/run/RunResult.ts';
import { run } from '../../src/run/run.ts';
import { instant, minutes, NEVER, seconds, toSeconds, ZERO } from '../../src/units.ts';
import { aBudget, aDaemonSet, aDeployment, aNode, aPod, aReplicaSet, aStatefulSet } from '../support/builders.ts';
import { eventsOf } from '../support/eventsOf.ts';
import { aRoll, aScenario, aTiming } from '../support/scenarios.ts';

const nodes = (count: number, options = {}) =>
  Array.from({ length: count }, (_, index) => aNode(`n${String(index + 1).padStart(2, '0')}`, options));

describe('pacing', () => {
  it('resets 7 selected nodes of 10 in batches of 3, 3 and 1 and leaves the others in service', () => {
    const cluster = { nodes: nodes(10) };
    const result = run(aScenario({ cluster, roll: { maxUnavailable: 3, nodes: cluster.nodes.slice(0, 7).map(({ name }) => name) } }), '1');
    expect(result.roll.batches.map((batch) => batch.nodes.length)).toEqual([3, 3, 1]);
    expect(result.roll.nodes).toHaveLength(7);
    expect(eventsOf(result).filter(({ object }) => ['Node/n08', 'Node/n09', 'Node/n10'].includes(object))).toEqual([]);
  });

  it.each([
    { pacing: { kind: 'barrier' }, expected: 44 },
    { pacing: { kind: 'window' }, expected: 32 },
    { pacing: { kind: 'barrier', soak: minutes(2) }, expected: 50 },
    { pacing: { kind: 'window', soak: minutes(2) }, expected: 38 },
    { pacing: { kind: 'barrier', interval: minutes(5) }, expected: 59 },
    { pacing: { kind: 'barrier', soak: minutes(2), interval: minutes(5) }, expected: 65 },
    { pacing: { kind: 'barrier', pause: 'first', resumeAfter: minutes(30) }, expected: 74 },
    { pacing: { kind: 'barrier', interval: minutes(5), pause: 'first', resumeAfter: minutes(30) }, expected: 84 },
    { pacing: { kind: 'barrier', pause: 'every', resumeAfter: minutes(30) }, expected: 134 },
    { pacing: { kind: 'ramp', factor: 2 }, expected: 52 },
    { pacing: { kind: 'ramp', first: 2, factor: 4, interval: minutes(1) }, expected: 47 },
    { pacing: { kind: 'ramp', factor: 2, cap: 2 }, expected: 60 },
  ] as const)('takes $expected minutes for 10 empty nodes with pacing $pacing', ({ pacing, expected }) => {
    const timing = aTiming({ resets: { n01: minutes(20) } });
    const result = run(aScenario({ cluster: { nodes: nodes(10) }, timing, roll: { maxUnavailable: 3, pacing } }), '1');
    expect(result.roll.outcome).toBe('completed');
    expect(result.roll.duration).toBe(minutes(expected));
  });
});

describe('a soak', () => {
  const pacing = { kind: 'barrier', soak: minutes(30) } as const;

  it('follows no node after which nobody waits', () => {
    const { roll, endedAt } = run(aScenario({ cluster: { nodes: nodes(1) }, roll: { pacing } }), '1');
    expect([roll.duration, endedAt < minutes(30)]).toEqual([minutes(8), true]);
  });

  it('keeps no node waiting that a failed one has stopped', () => {
    const failure = { readyTimeout: minutes(5), then: 'stop', retries: 0 } as const;
    const { roll } = run(aScenario({ cluster: { nodes: nodes(3) }, roll: { pacing, failure } }), '1');
    expect(roll).toMatchObject({ outcome: 'failed', duration: minutes(5) });
    expect(roll.nodes.map(({ outcome }) => outcome)).toEqual(['failed', 'notStarted', 'notStarted']);
    expect(roll.nodes.map(({ endedAt }) => endedAt)).toEqual([minutes(5), minutes(5), minutes(5)]);
  });
});

describe('a break between batches', () => {
  const pacing = { kind: 'barrier', pause: 'every', resumeAfter: minutes(30) } as const;

  it('follows no batch after which nobody waits', () => {
    const { roll, endedAt } = run(aScenario({ cluster: { nodes: nodes(1) }, roll: { pacing } }), '1');
    expect([roll.duration, endedAt < minutes(30)]).toEqual([minutes(8), true]);
  });

  it('may last beyond the horizon, which leaves the rest out', () => {
    const { roll } = run(aScenario({ cluster: { nodes: nodes(3) }, roll: { pacing }, horizon: minutes(60) }), '1');
    expect(roll.outcome).toBe('horizon');
    expect(roll.nodes.map(({ outcome, cordonedAt }) => [outcome, cordonedAt])).toEqual([
      ['inService', 0],
      ['inService', minutes(38)],
      ['notStarted', undefined],
    ]);
  });
});

describe('capacity', () => {
  const cluster = { nodes: nodes(4), workloads: [aDeployment('web', 12, { cpu: 1 })] };

  it('places everything when one node of four is away', () => {
    const result = run(aScenario({ cluster }), '1');
    expect(result.scheduling.peakPending).toBe(0);
    expect(result.objectives.map(({ outcome }) => outcome)).toEqual(['holds', 'holds', 'holds']);
  });

  it('leaves 4 CPU pending until the first node is back when two are away', () => {
    const result = run(aScenario({ cluster, roll: { maxUnavailable: 2 } }), '1');
    expect(result.scheduling.peakPending).toBe(4);
    expect(result.scheduling.reasons[0]?.message).toMatch(
      /^0\/4 nodes are available: 2 Insufficient cpu, 2 node\(s\) were unschedulable\. /,
    );
    const [first] = result.roll.nodes;
    const waited = result.pods.filter(({ failedAttempts }) => failedAttempts > 0);
    expect(Math.min(...waited.map(({ boundAt }) => boundAt ?? NEVER))).toBe(first?.inServiceAt);
  });
});

describe('a single replica', () => {
  const timing = aTiming({ ready: seconds(25), exit: seconds(10) });
  const outageOf = (result: RunResult) => toSeconds(result.workloads[0]?.outage ?? ZERO);
  const moves = (result: RunResult) => result.workloads[0]?.moves ?? 0;

  it('of a Deployment is down 25 seconds for every move', () => {
    const result = run(aScenario({ cluster: { nodes: nodes(5), workloads: [aDeployment('web', 1, { cpu: 1 })] }, timing }), '1');
    expect(moves(result)).toBeGreaterThan(0);
    expect(outageOf(result)).toBe(25 * moves(result));
  });

  it('of a StatefulSet is down 35 seconds for every move', () => {
    const result = run(aScenario({ cluster: { nodes: nodes(5), workloads: [aStatefulSet('db', 1, { cpu: 1 })] }, timing }), '1');
    expect(moves(result)).toBeGreaterThan(0);
    expect(outageOf(result)).toBe(35 * moves(result));
  });

  it('is out until its node is back when there is no room elsewhere', () => {
    const [small, large] = [aNode('small', { cpu: 1 }), aNode('large', { cpu: 4 })];
    const cluster = { nodes: [small, large], workloads: [aDeployment('big', 1, { cpu: 3 })] };
    const result = run(aScenario({ cluster, roll: aRoll({ nodes: [large] }), timing: aTiming() }), '1');
    expect(outageOf(result)).toBe(2 + 8 * 60 + 10);
    expect(result.workloads[0]?.outages[0]?.cause.join('\n')).toMatch(
      /cordoned[\s\S]*was evicted[\s\S]*Insufficient cpu[\s\S]*10s to become Ready/,
    );
  });
});

describe('a budget', () => {
  it('lets three replicas on one node go at 0, 25 and 50 seconds with 15 refusals and no outage', () => {
    const [full, spare] = [aNode('full'), aNode('spare')];
    const pods = ['a', 'b', 'c'].map((name) =>
      aPod(`web-${name}`, {
        labels: { app: 'web' },
        owner: { apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'web' },
        nodeName: 'full',
        cpu: 1,
      }),
    );
    const workloads = [{ ...aDeployment('web', 3, { cpu: 1 }), kind: 'ReplicaSet' as const, revision: 1 }];
    const cluster = { nodes: [full, spare], pods, workloads, budgets: [aBudget('web', { maxUnavailable: 1 })] };
    const timing = aTiming({ ready: seconds(22), exit: seconds(3) });
    const result = run(aScenario({ cluster, roll: aRoll({ nodes: [full] }), timing }), '1');
    const evictions = eventsOf(result)
      .filter(({ kind }) => kind === 'podTerminating')
      .map(({ at }) => toSeconds(at));
    const [reset] = result.roll.nodes;
    expect(evictions).toEqual([0, 25, 50]);
    expect(reset?.refusals).toBe(15);
    expect(toSeconds(reset?.drainedAt ?? NEVER)).toBe(53);
    expect(result.workloads[0]?.outage).toBe(0);
  });

  const blocked = {
    nodes: nodes(2),
    pods: [
      aPod('web-a', { labels: { app: 'web' }, owner: { apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'web' }, nodeName: 'n01', cpu: 1 }),
    ],
    workloads: [{ ...aDeployment('web', 1, { cpu: 1 }), kind: 'ReplicaSet' as const, revision: 1 }],
    budgets: [aBudget('web', { maxUnavailable: 0 })],
  };

  it('that allows nothing holds the node to the force time, then its pods die and the violation is reported', () => {
    const result = run(aScenario({ cluster: blocked, roll: { nodes: ['n01'] } }), '1');
    const [reset] = result.roll.nodes;
    expect(reset).toMatchObject({ outcome: 'inService', drainedAt: minutes(15), forcedKills: 1, refusals: 180, blocked: minutes(15) });
    expect(result.findings.map(({ code }) => code)).toContain('BUDGET_VIOLATED');
  });

  it('that allows nothing fails the node when force is off; its pods keep running and the roll goes on', () => {
    const { drain } = aRoll(blocked);
    const result = run(aScenario({ cluster: blocked, roll: { drain: { ...drain, onTimeout: 'failNode' } } }), '1');
    expect(result.roll.nodes.map(({ outcome }) => outcome)).toEqual(['failed', 'inService']);
    expect(result.workloads[0]?.outage).toBe(0);
    expect(result.roll.outcome).toBe('failed');
  });

  it.each([{ timeout: NEVER }, { onTimeout: 'retryForever' as const }])(
    'that allows nothing is stuck, not slow, with a drain of %o',
    (endless) => {
      const { drain } = aRoll(blocked);
      const result = run(aScenario({ cluster: blocked, roll: { drain: { ...drain, ...endless } } }), '1');
      expect(result.roll.outcome).toBe('stuck');
      expect(result.budgets[0]).toMatchObject({ stuck: true });
    },
  );
});

describe('a node deleted from outside', () => {
  const deleteAt = (at: number, node: string) => ({ disturbances: [{ at: instant(at), kind: 'deleteNode' as const, node }] });

  it('while it waits for its turn is left out, and the others are reset', () => {
    const result = run(aScenario({ cluster: { nodes: nodes(4) }, ...deleteAt(minutes(1), 'n03') }), '1');
    expect(result.roll.nodes.map(({ outcome }) => outcome)).toEqual(['inService', 'inService', 'deleted', 'inService']);
    expect(result.roll.duration).toBe(minutes(24));
  });

  it('during its reset closes its batch without it', () => {
    const scenario = aScenario({
      cluster: { nodes: nodes(4) },
      roll: { maxUnavailable: 2 },
      timing: aTiming({ resets: { n01: minutes(60) } }),
      ...deleteAt(minutes(20), 'n01'),
    });
    const result = run(scenario, '1');
    expect(result.roll.nodes.map(({ outcome }) => outcome)).toEqual(['deleted', 'inService', 'inService', 'inService']);
    expect(result.roll.duration).toBe(minutes(28));
  });
});

describe('a node that does not come back', () => {
  const never = {
    nodes: [{ match: { names: ['n01'] }, reset: { kind: 'constant', value: minutes(8), never: 1 }, origin: 'assumed' }, ...aTiming().nodes],
    pods: aTiming().pods,
    images: undefined,
  } as const;

  it('fails after the time-out and the roll goes on', () => {
    const { failure } = aRoll({ nodes: [] });
    const result = run(
      aScenario({ cluster: { nodes: nodes(3) }, timing: never, roll: { failure: { ...failure, readyTimeout: minutes(30) } } }),
      '1',
    );
    expect(result.roll.nodes.map(({ outcome, endedAt }) => ({ outcome, endedAt }))).toEqual([
      { outcome: 'failed', endedAt: minutes(30) },
      { outcome: 'inService', endedAt: minutes(38) },
      { outcome: 'inService', endedAt: minutes(46) },
    ]);
  });

  it('stops the roll when the plan says so', () => {
    const { failure } = aRoll({ nodes: [] });
    const roll = { failure: { ...failure, readyTimeout: minutes(30), then: 'stop' as const } };
    const result = run(aScenario({ cluster: { nodes: nodes(3) }, timing: never, roll }), '1');
    expect(result.roll.nodes.map(({ outcome }) => outcome)).toEqual(['failed', 'notStarted', 'notStarted']);
  });

  it('does not stop a roll that only a drain may stop', () => {
    const { drain, failure } = aRoll({ nodes: [] });
    const knobs = { drain: { ...drain, onTimeout: 'failRoll' as const }, failure: { ...failure, readyTimeout: minutes(20) } };
    const slow = aTiming({ reset: minutes(5), resets: { n01: minutes(60) } });
    const result = run(aScenario({ cluster: { nodes: nodes(3) }, timing: slow, roll: knobs }), '1');
    expect(result.roll.nodes.map(({ outcome }) => outcome)).toEqual(['failed', 'inService', 'inService']);
  });

  it('has failed after an hour in a synchronization of CCE, and the next batches follow', () => {
    const result = run(aScenario({ cluster: { nodes: nodes(3) }, timing: never }), '1');
    expect(result.roll).toMatchObject({ outcome: 'failed', duration: minutes(76) });
    expect(result.findings.find(({ code }) => code === 'NODE_FAILED')?.hint).toContain('delete the node and make a new one');
    expect(result.roll.nodes.map(({ outcome }) => outcome)).toEqual(['failed', 'inService', 'inService']);
  });

  it('is stuck when nobody counts the time, and that is not the fault of a budget', () => {
    const { failure } = aRoll({ nodes: [] });
    const roll = { failure: { ...failure, readyTimeout: NEVER } };
    const result = run(aScenario({ cluster: { nodes: nodes(2) }, timing: never, roll }), '1');
    expect(result.roll.outcome).toBe('stuck');
    expect(result.roll.nodes.map(({ outcome }) => outcome)).toEqual(['stuck', 'notStarted']);
    const stuck = result.findings.find(({ code }) => code === 'NODE_STUCK');
    expect(stuck?.message).toBe('the node does not come back from its reset: nothing that is left to happen can let it go on');
    expect(stuck?.hint).toContain('roll.failure.readyTimeout');
  });
});

describe('an image', () => {
  it('is pulled again after the reset has emptied the cache', () => {
    const megabyte = 1_000_000;
    const image = { names: ['registry.local/app:1'], sizeBytes: 300 * megabyte };
    const timing = { ...aTiming(), images: { sizeBytes: 100 * megabyte, nodeRate: 50 * megabyte, registryRate: 400 * megabyte } };
    const cluster = { nodes: [aNode('n01', { images: [image] })], workloads: [aDeployment('web', 1, { cpu: 1 })] };
    const result = run(aScenario({ cluster, timing }), '1');
    expect(toSeconds(result.workloads[0]?.outage ?? ZERO)).toBe(2 + 8 * 60 + 6 + 10);
  });
});

describe('an outage', () => {
  it('is over when a pod becomes Ready in the last instant of the run', () => {
    const result = run(aScenario({ cluster: { nodes: nodes(1), workloads: [aDeployment('web', 1, { cpu: 1 })] } }), '1');
    expect(result.workloads[0]?.outages.map(({ end, isOver }) => ({ end, isOver }))).toEqual([{ end: result.endedAt, isOver: true }]);
    expect(result.findings).toEqual([]);
  });

  it('of a DaemonSet comes from its node being away, not from a slow start', () => {
    const cluster = { nodes: nodes(1), workloads: [aDaemonSet('agent')] };
    const [workload] = run(aScenario({ cluster, timing: aTiming({ ready: seconds(10) }) }), '1').workloads;
    expect(workload?.outages).toHaveLength(1);
    expect(workload?.outages[0]?.cause).toEqual([
      'node n01 was cordoned at 0s to be reset',
      expect.stringMatching(/^pod default\/agent-\S+ stayed bound to it and was not Ready while it was away, up to 8m$/),
      expect.stringMatching(/^pod default\/agent-\S+ needed 10s to become Ready again$/),
    ]);
  });

  it('of a bare pod made and evicted in one instant says that nothing replaces it', () => {
    const cluster = { nodes: nodes(2), pods: [aPod('lone')] };
    const { workloads } = run(aScenario({ cluster, roll: { maxUnavailable: 2 } }), '1');
    expect(workloads[0]?.outages[0]?.cause).toEqual([
      expect.stringMatching(/^node n0\d was cordoned at 0s to be reset$/),
      expect.stringMatching(/^pod default\/lone was evicted on n0\d at 0s$/),
      'no replacement was created',
    ]);
  });

  it('of a pod whose Node object is deleted comes from that, not from an earlier eviction', () => {
    const disturbances = [{ at: instant(minutes(60)), kind: 'deleteNode', node: 'n01' } as const];
    const cluster = { nodes: nodes(2), workloads: [aDeployment('web', 1, { cpu: 1 })] };
    const result = run(aScenario({ cluster, disturbances }), '1');
    const last = result.workloads[0]?.outages.at(-1);
    expect(last?.cause[0]).toMatch(/^pod default\/web-\S+ was removed because its node no longer exists on n01 at 1h$/);
    expect(result.pods.map(({ cause }) => cause)).toContain('DeletionByPodGC');
  });

  it('that never ends is a finding of its own', () => {
    const node = aNode('n01', { labels: { disk: 'fast' }, poolLabels: {} });
    const workloads = [aDeployment('picky', 1, { cpu: 1, nodeSelector: { disk: 'fast' } })];
    const result = run(aScenario({ cluster: { nodes: [node], workloads } }), '1');
    expect(result.workloads[0]?.outages.at(-1)?.isOver).toBe(false);
    expect(result.findings.map(({ code }) => code)).toContain('OUTAGE_NEVER_ENDS');
  });
});

describe('a pod that no attempt is made for', () => {
  it.each([
    [{ schedulerName: 'volcano' }, 'the scheduler volcano is to place it, which is not modelled'],
    [{ schedulingGates: ['example.com/quota'] }, 'it is waiting for its scheduling gates: example.com/quota'],
  ])('is never scheduled, and the finding says why (%j)', (spec, message) => {
    const web = aReplicaSet('web', 1, { cpu: 1 });
    const owner = { apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'web' };
    const pods = [aPod('web-1', { owner, nodeName: 'n01', spec: { ...web.template.spec } })];
    const workloads = [{ ...web, template: { ...web.template, spec: { ...web.template.spec, ...spec } } }];
    const { scheduling, findings } = run(aScenario({ cluster: { nodes: nodes(2), workloads, pods }, roll: { nodes: ['n01'] } }), '1');
    expect(scheduling.neverScheduled).toEqual([{ pod: 'default/web-00001', message }]);
    expect(findings.find(({ code }) => code === 'POD_NEVER_SCHEDULED')?.message).toContain(message);
  });
});

describe('a pod that waited before the roll', () => {
  it('is told apart: no outage, no degradation and no never-scheduled pod is laid at the door of the roll', () => {
    const workloads = [aDeployment('huge', 2, { cpu: 8 }), aStatefulSet('waiting', 3, { cpu: 8 }), aDeployment('web', 2, { cpu: 1 })];
    const result = run(aScenario({ cluster: { nodes: nodes(3), workloads } }), '1');
    expect(result.scheduling.pendingBefore).toHaveLength(3);
    expect(result.scheduling.neverScheduled).toEqual([]);
    for (const workload of result.workloads.filter(({ name }) => name !== 'web')) {
      expect(workload).toMatchObject({ outage: 0, degraded: 0, outages: [] });
    }
    expect(result.workloads.map(({ name, desired }) => [name, desired])).toEqual([
      ['huge', 2],
      ['web', 2],
      ['waiting', 3],
    ]);
    expect(result.findings.map(({ code }) => code)).toEqual(['PENDING_BEFORE', 'NODES_LEFT_EMPTY']);
    expect(result.objectives.every(({ outcome }) => outcome === 'holds')).toBe(true);
  });

  it('makes no difference for the pods that did serve: their loss is an outage', () => {
    const pending = aPod('web-b', { labels: { app: 'web' }, owner: { apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'web' }, cpu: 8 });
    const serving = { ...pending, name: 'web-a', nodeName: 'n01', phase: 'Running' as const, ready: true };
    const workloads = [{ ...aDeployment('web', 2, { cpu: 8 }), kind: 'ReplicaSet' as const, revision: 1 }];
    const result = run(aScenario({ cluster: { nodes: nodes(2), pods: [serving, pending], workloads } }), '1');
    expect(result.workloads[0]?.outages).toHaveLength(1);
  });
});

describe('a reset', () => {
  it.each([
    { wait: false, expected: 8 },
    { wait: true, expected: 14 },
  ])('with a post-install script of 6 minutes lets pods in after $expected minutes when waiting is $wait', ({ wait, expected }) => {
    const { gate } = aRoll({ nodes: [] });
    const roll = { gate: { ...gate, postInstall: minutes(6), waitPostInstallFinish: wait } };
    const [reset] = run(aScenario({ cluster: { nodes: nodes(1) }, roll }), '1').roll.nodes;
    expect(reset).toMatchObject({ readyAt: minutes(8), inServiceAt: minutes(expected) });
  });

  it('loses user-made labels and keeps those of the pool', () => {
    const node = aNode('n01', {
      labels: { disk: 'fast', 'pool-label': 'yes' },
      poolLabels: { 'kubernetes.io/hostname': 'n01', 'pool-label': 'yes' },
    });
    const workloads = [
      aDeployment('picky', 1, { cpu: 1, nodeSelector: { disk: 'fast' } }),
      aDeployment('pooled', 1, { cpu: 1, nodeSelector: { 'pool-label': 'yes' } }),
    ];
    const result = run(aScenario({ cluster: { nodes: [node], workloads } }), '1');
    expect(result.scheduling.neverScheduled.map(({ pod }) => pod)).toEqual([expect.stringContaining('picky')]);
    expect(result.scheduling.neverScheduled[0]?.message).toContain("didn't match Pod's node affinity/selector");
  });

  it('reports nothing outside the run and gives the same result for the same seed', () => {
    const scenario = aScenario({
      cluster: { nodes: nodes(4), workloads: [aDeployment('web', 10, { cpu: 1 })] },
      roll: { maxUnavailable: 2 },
    });
    const [first, second] = [run(scenario, '7'), run(scenario, '7')];
    expect(JSON.stringify(first)).toBe(JSON.stringify(second));
    for (const { start, end } of first.workloads.flatMap(({ outages }) => outages)) {
      expect(start).toBeGreaterThanOrEqual(0);
      expect(end).toBeLessThanOrEqual(first.endedAt);
    }
  });
});
