import { describe, expect, it } from 'vitest';
import { timelineOf } from '../../src/charts/nodeStates.ts';
import { rollTimeline } from '../../src/charts/rollTimeline.ts';
import { nodeRow } from '../../src/experiments/forecastOf.ts';
import { clusterApi } from '../../src/rolls/drains/clusterApi.ts';
import { instant, minutes, NEVER } from '../../src/units.ts';
import { aBudget, aDaemonSet, aDeployment, aDisk, aNode, claimed } from '../support/builders.ts';
import { subtitleOf } from '../support/readDrawing.ts';
import { leastInService, minutesOf, replacedBy } from '../support/replacedRolls.ts';

const outcomesOf = ({ roll }: ReturnType<typeof replacedBy>) => roll.nodes.map(({ node, outcome }) => `${node} ${outcome}`);

describe.each(['capi-md', 'hypershift-replace'])('a roll of %s', (preset) => {
  it('makes one node after the other before it lets one go, when none may be missing', () => {
    const result = replacedBy(preset, { nodes: 3 });
    expect(result.roll).toMatchObject({ outcome: 'completed', duration: minutes(24), surge: { nodes: 1, peakNodes: 4 } });
    expect(leastInService(result)).toBe(3);
    expect(minutesOf(result, 'createdAt')).toEqual([0, 8, 16]);
    expect(minutesOf(result, 'cordonedAt')).toEqual([5, 13, 21]);
    expect(outcomesOf(result)).toEqual([
      ...['a replaced', 'b replaced', 'c replaced'],
      ...['workers-new-1 inService', 'workers-new-2 inService', 'workers-new-3 inService'],
    ]);
  });

  it('keeps a place for a machine until it is gone, and so many in service as may be asked for', () => {
    const result = replacedBy(preset, { nodes: 10, surge: 3, knobs: { maxUnavailable: 2 } });
    expect(result.roll).toMatchObject({ outcome: 'completed', duration: minutes(16), surge: { peakNodes: 13 } });
    expect(leastInService(result)).toBe(8);
    expect(minutesOf(result, 'createdAt')).toEqual([0, 0, 0, 3, 3, 8, 8, 8, 11, 11]);
    expect(minutesOf(result, 'cordonedAt')).toEqual([0, 0, 5, 5, 5, 8, 8, 13, 13, 13]);
  });

  it('lets nodes go that are not Ready first, then by name', () => {
    const nodes = [aNode('c'), aNode('b', { ready: 'False' }), aNode('a')];
    const { roll } = replacedBy(preset, { cluster: { nodes } });
    const turns = roll.nodes.filter(({ createdAt }) => createdAt === undefined).sort((a, b) => a.batch - b.batch);
    expect(turns.map(({ node }) => node)).toEqual(['b', 'a', 'c']);
  });

  it('ends when all of its nodes are gone before it can make any after them', () => {
    const { roll } = replacedBy(preset, { nodes: 2, knobs: { nodes: ['y', 'z'] } });
    expect(roll.outcome).not.toBe('completed');
    expect(roll.nodes.map(({ outcome }) => outcome)).not.toContain('inService');
  });

  it('goes on when a new node that failed is back', () => {
    const disturbances = [
      { at: instant(minutes(6)), kind: 'stopNode' as const, node: 'workers-new-1' },
      { at: instant(minutes(20)), kind: 'startNode' as const, node: 'workers-new-1' },
    ];
    const result = replacedBy(preset, { nodes: 3, rest: { disturbances } });
    expect(result.roll.outcome).toBe('completed');
    expect(minutesOf(result, 'cordonedAt')).toEqual([5, 20, expect.closeTo(28, 1)]);
  });

  it('stalls when new nodes do not become Ready, and goes no further', () => {
    const result = replacedBy(preset, { nodes: 5, boot: NEVER, knobs: { maxUnavailable: 1 } });
    expect(result.roll).toMatchObject({ outcome: 'stuck', surge: { peakNodes: 6 } });
    expect(outcomesOf(result)).toEqual([
      ...['a replaced', 'b notStarted', 'c notStarted', 'd notStarted', 'e notStarted'],
      ...['workers-new-1 stuck', 'workers-new-2 stuck'],
    ]);
    expect(result.findings).toContainEqual(
      expect.objectContaining({
        code: 'NODE_STUCK',
        object: 'Node/workers-new-1',
        message: expect.stringContaining('never becomes Ready'),
      }),
    );
  });

  it('waits for ever for a budget that never lets a pod go, or for as long as the drain may take', () => {
    const held = {
      nodes: ['a', 'b'].map((name) => aNode(name)),
      workloads: [aDeployment('web', 2, { cpu: 3 })],
      budgets: [aBudget('web', { maxUnavailable: 0 })],
    };
    const forEver = replacedBy(preset, { cluster: held });
    expect(forEver.roll).toMatchObject({ outcome: 'stuck' });
    expect(forEver.findings.map(({ code }) => code)).toContain('BUDGET_STUCK');
    const forced = replacedBy(preset, { cluster: held, knobs: { drain: { ...clusterApi.plan, timeout: minutes(10) } } });
    expect(forced.roll).toMatchObject({ outcome: 'completed', duration: minutes(2 * (5 + 10 + 3)) });
    expect(forced.roll.nodes.map(({ forcedKills }) => forcedKills)).toEqual([1, 1, 0, 0]);
    expect(forced.findings.map(({ code }) => code)).toContain('BUDGET_VIOLATED');
  });
});

describe('a node that a roll makes', () => {
  it('gets the pods of DaemonSets, and the labels of its pool alone', () => {
    const nodes = [aNode('a', { labels: { byHand: 'yes' }, poolLabels: {} })];
    const workloads = [aDaemonSet('agent'), aDeployment('web', 1, { cpu: 1, nodeSelector: { byHand: 'yes' } })];
    const { pods, scheduling } = replacedBy('capi-md', { cluster: { nodes, workloads } });
    expect(pods.find(({ workload, node }) => workload.includes('agent') && node === 'workers-new-1')?.readyAt).toBeDefined();
    expect(scheduling.neverScheduled).toMatchObject([{ message: expect.stringContaining("didn't match Pod's node affinity/selector") }]);
  });

  it('is drawn from its boot on, and an old one until it is gone', () => {
    const rows = replacedBy('capi-md', { nodes: 1 }).roll.nodes.map(nodeRow);
    expect(rows.map((row) => [...timelineOf(row, 600)])).toEqual([
      [
        ['waiting', [0, 300]],
        ['deleting', [300, 480]],
      ],
      [
        ['booting', [0, 300]],
        ['inService', [300, 600]],
      ],
    ]);
    expect(subtitleOf(rollTimeline({ nodes: rows, endSeconds: 600 }))).toBe('1 of 1 node replaced, 1 new in service');
  });
});

describe('a roll that makes new nodes', () => {
  it('loses what is on the disks of the old ones', () => {
    const { claim, volume } = aDisk('data', {
      source: 'local',
      nodeAffinity: [{ matchExpressions: [{ key: 'kubernetes.io/hostname', operator: 'In', values: ['a'] }], matchFields: [] }],
    });
    const workloads = [aDeployment('db', 1, { cpu: 1, volumes: [claimed('data')] })];
    const cluster = { nodes: [aNode('a'), aNode('b')], workloads, claims: [claim], persistentVolumes: [volume] };
    const { findings, scheduling, workloads: rows } = replacedBy('capi-md', { cluster });
    expect(rows[0]?.lostData).toMatchObject([{ reason: 'local volume pv-data on the data disk of a, which goes with its machine' }]);
    expect(rows[0]?.outages[0]?.cause[0]).toBe('node a was cordoned at 5m to be replaced');
    expect(scheduling.neverScheduled).toHaveLength(1);
    expect(findings.map(({ code }) => code)).toContain('DATA_LOST');
  });

  it.each([
    [0, 'stuck', ['a notStarted', 'b notStarted']],
    [1, 'completed', ['a replaced', 'b replaced', 'workers-new-1 inService', 'workers-new-2 inService']],
  ])('needs a quota: with %i nodes to spare it is %s', (spare, outcome, outcomes) => {
    const result = replacedBy('capi-md', { nodes: 2, quota: 2 + spare });
    expect(result.roll.outcome).toBe(outcome);
    expect(outcomesOf(result)).toEqual(outcomes);
    const told = result.findings.filter(({ code }) => code === 'NO_QUOTA_FOR_SURGE');
    expect(told).toHaveLength(spare === 0 ? 1 : 0);
  });

  it('needs none where a node may go first', () => {
    expect(replacedBy('capi-md', { nodes: 2, quota: 2, knobs: { maxUnavailable: 1 } }).roll).toMatchObject({
      outcome: 'completed',
      duration: minutes(16),
      surge: { peakNodes: 2 },
    });
  });
});

describe('a volume in one zone', () => {
  const ZONE = 'topology.kubernetes.io/zone';
  const inZone = (name: string, zone: string) => aNode(name, { labels: { name, [ZONE]: zone }, poolLabels: { [ZONE]: zone } });

  it('holds its pod back until a node of that zone comes', () => {
    const { claim, volume } = aDisk('data', {
      nodeAffinity: [{ matchExpressions: [{ key: ZONE, operator: 'In', values: ['y'] }], matchFields: [] }],
    });
    const workloads = [aDeployment('db', 1, { cpu: 1, volumes: [claimed('data')] })];
    const nodes = [inZone('b', 'x'), inZone('a', 'y')];
    const cluster = { nodes, workloads, claims: [claim], persistentVolumes: [volume] };
    const [row] = replacedBy('capi-md', { cluster }).workloads;
    const [outage] = row?.outages ?? [];
    expect([outage?.start, outage?.isOver]).toEqual([minutes(5), true]);
    expect(outage?.end).toBeGreaterThanOrEqual(minutes(8 + 5));
    expect(outage?.cause.join()).toContain("node(s) didn't match PersistentVolume's node affinity");
  });
});
