import { describe, expect, it } from 'vitest';
import { check } from '../../../src/experiments/check.ts';
import type { RunResult } from '../../../src/run/RunResult.ts';
import { minutes, seconds, toSeconds } from '../../../src/units.ts';
import { eventsOf } from '../../support/eventsOf.ts';
import { faultsIn, readScenario, runText, summaryOf } from '../../support/scenarioText.ts';
import { poolText } from '../../support/synchronized.ts';

const outcomesOf = ({ roll }: RunResult) => roll.nodes.map(({ outcome }) => outcome);
const workload = (result: RunResult, name: string) => result.workloads.find((row) => row.name === name);
const startsOf = ({ roll }: RunResult) => roll.batches.map(({ nodes, start }) => `${nodes.length} at ${toSeconds(start) / 60}`);

const onFirst = 'nodeSelector: {kubernetes.io/hostname: workers-1}';
const timing = '{nodes: [{reset: 8m}], pods: [{ready: 25s, exit: 60s}]}';

/** Updates a pool of `nodes` nodes with `workloads` on them, as the preset and the knobs of `roll` say. */
function updated(nodes: number, roll: string, { workloads = '', objects = '' } = {}) {
  const cluster = `{${poolText(nodes)}, workloads: [${workloads}], objects: [${objects}]}`;
  return runText({ cluster, timing, roll: `{pool: workers, ${roll}}` });
}

/** A disk of the cloud that is attached to workers-1. */
const CLOUD_DISK = `
      {apiVersion: storage.k8s.io/v1, kind: StorageClass, metadata: {name: cloud}, provisioner: disk.csi.example.com,
        volumeBindingMode: WaitForFirstConsumer},
      {apiVersion: v1, kind: PersistentVolume, metadata: {name: disk-1}, spec: {capacity: {storage: 50Gi}, accessModes: [ReadWriteOnce],
        storageClassName: cloud, csi: {driver: disk.csi.example.com, volumeHandle: d-1}, claimRef: {namespace: default, name: data-store-0}}},
      {apiVersion: v1, kind: PersistentVolumeClaim, metadata: {name: data-store-0},
        spec: {storageClassName: cloud, accessModes: [ReadWriteOnce], resources: {requests: {storage: 50Gi}}, volumeName: disk-1}}`;

describe('an update of a node pool by Alibaba ACK that replaces system disks', () => {
  it('loses what is on the system disk and keeps data disks and the names of nodes', () => {
    const spool = `{name: spool, replicas: 1, ${onFirst}, volumes: [{name: files, hostPath: {path: /var/spool}}]}`;
    const store = `{name: store, kind: StatefulSet, replicas: 1, ${onFirst}, claims: [{name: data, storage: 50Gi, storageClass: cloud}]}`;
    const result = updated(2, 'preset: ack-replace', { workloads: `${spool}, ${store}`, objects: CLOUD_DISK });
    expect(workload(result, 'spool')?.lostData.map(({ volume }) => volume)).toEqual(['files']);
    expect(workload(result, 'store')).toMatchObject({ lostData: [], outages: [{ isOver: true }] });
    expect(eventsOf(result).filter(({ kind }) => ['nodeAdded', 'nodeRemoved'].includes(kind))).toEqual([]);
  });

  it('cuts connections once: a pod leaves at its eviction and is replaced by one that starts elsewhere', () => {
    const prefers = 'preference: {matchExpressions: [{key: kubernetes.io/hostname, operator: In, values: [workers-2]}]}';
    const affinity = `affinity: {nodeAffinity: {preferredDuringSchedulingIgnoredDuringExecution: [{weight: 100, ${prefers}}]}}`;
    const result = updated(2, 'preset: ack-replace', { workloads: `{name: calls, replicas: 1, grace: 60s, ${affinity}}` });
    expect(workload(result, 'calls')).toMatchObject({ moves: 1, outages: [{ start: minutes(8) }], outage: seconds(25) });
    expect(result.roll.nodes[1]).toMatchObject({ cordonedAt: minutes(8), drainedAt: minutes(9), evictions: 1 });
  });

  const held = { workloads: `{name: shop, replicas: 1, ${onFirst}, budget: {maxUnavailable: 0}}` };

  it('stops after 30 minutes of a drain that a budget blocks: the node stays cordoned, the others untouched', () => {
    const result = updated(3, 'preset: ack-replace', held);
    expect(result.roll).toMatchObject({ outcome: 'failed', duration: minutes(30) });
    expect(outcomesOf(result)).toEqual(['failed', 'notStarted', 'notStarted']);
    expect(workload(result, 'shop')).toMatchObject({ outage: 0, moves: 0 });
    expect(result.findings.map(({ code }) => code)).toContain('NODES_LEFT_CORDONED');
  });

  it('replaced the disk all the same after 15 minutes up to 2021', () => {
    const result = updated(3, 'preset: ack-replace-2021', held);
    expect(result.roll.outcome).toBe('completed');
    expect(result.roll.nodes[0]).toMatchObject({ drainedAt: minutes(15), forcedKills: 1, outcome: 'inService' });
  });

  it.each([
    ['breaks of ten minutes', 'interval: 10m', ['4 at 0', '4 at 18', '2 at 36'], 44],
    ['a pause after the first', 'pause: first, resumeAfter: 30m', ['4 at 0', '4 at 38', '2 at 46'], 54],
    ['a pause after every one', 'pause: every, resumeAfter: 30m', ['4 at 0', '4 at 38', '2 at 76'], 84],
  ])('takes ten nodes four at a time with %s', (_, pacing, starts, expected) => {
    const result = updated(10, `preset: ack-replace, maxUnavailable: 4, pacing: {${pacing}}`);
    expect(startsOf(result)).toEqual(starts);
    expect(result.roll.duration).toBe(minutes(expected));
  });

  it.each(['4m', '121m'])('refuses a break of %s between batches, which the API does not take', (interval) => {
    const roll = `{preset: ack-replace, pool: workers, pacing: {interval: ${interval}}}`;
    expect(summaryOf(faultsIn({ roll }))).toEqual(['roll.pacing.interval: must be 5m to 2h']);
  });

  it.each(['first', 'every'])('ignores a break between batches where it pauses after the %s, and says so', (pause) => {
    const roll = `{preset: ack-replace, pool: workers, maxUnavailable: 4, pacing: {pause: ${pause}, resumeAfter: 30m, interval: 10m}}`;
    const scenario = readScenario({ roll, timing });
    expect(scenario.warnings.map(({ code }) => code)).toEqual(['INTERVAL_IGNORED']);
    expect(scenario.roll.pacing).toEqual({ kind: 'barrier', pause, resumeAfter: minutes(30) });
  });

  it('is found to leave pods without room before anything is run', () => {
    const cluster = `{${poolText(5)}, workloads: [{name: shop, replicas: 8, requests: {cpu: "2"}}]}`;
    const [first] = check(readScenario({ cluster, roll: '{preset: ack-replace, pool: workers, maxUnavailable: 2}' }));
    expect(first).toMatchObject({ code: 'CAPACITY_TOO_SMALL', severity: 'error' });
    expect(first?.message).toBe('pods ask for 16 of cpu, and 12 are left while 2 of 5 nodes are away');
  });
});

describe('an update of a node pool by Alibaba ACK in place', () => {
  it('evicts nothing', () => {
    const result = updated(4, 'preset: ack-inplace, maxUnavailable: 2', { workloads: '{name: shop, replicas: 8}' });
    expect(result.roll).toMatchObject({ outcome: 'completed', duration: minutes(16) });
    expect(workload(result, 'shop')).toMatchObject({ moves: 0, outage: 0, degraded: 0 });
    expect(eventsOf(result).filter(({ kind }) => kind === 'podTerminating' || kind === 'cordoned')).toEqual([]);
  });

  it('takes a break of seconds, as the API for components does', () => {
    expect(updated(2, 'preset: ack-inplace, pacing: {interval: 90s}').roll.duration).toBe(minutes(16) + seconds(90));
  });
});

describe('the earlier upgrade of a cluster by Alibaba ACK', () => {
  it('grows its batches from 1 by 2 up to a tenth of the nodes', () => {
    const { batches } = updated(100, 'preset: ack-legacy-cluster').roll;
    expect(batches.map(({ nodes }) => nodes.length)).toEqual([1, 2, 4, 8, 10, 10, 10, 10, 10, 10, 10, 10, 5]);
  });

  it('begins with 1 again after a pause', () => {
    const { batches } = updated(100, 'preset: ack-legacy-cluster, pacing: {pause: first, resumeAfter: 1h}').roll;
    expect(batches.map(({ nodes }) => nodes.length).slice(0, 5)).toEqual([1, 1, 2, 4, 8]);
  });
});
