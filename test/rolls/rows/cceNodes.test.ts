import { describe, expect, it } from 'vitest';
import type { RunResult } from '../../../src/run/RunResult.ts';
import { minutes, seconds } from '../../../src/units.ts';
import { runText } from '../../support/scenarioText.ts';
import { poolText, synchronized } from '../../support/synchronized.ts';

const outcomesOf = ({ roll }: RunResult) => roll.nodes.map(({ outcome }) => outcome);
const codesOf = ({ findings }: RunResult) => findings.map(({ code }) => code);
const workload = (result: RunResult, name: string) => result.workloads.find((row) => row.name === name);
const lostBy = (result: RunResult, name: string) => workload(result, name)?.lostData.map(({ volume }) => volume);

const onFirst = 'nodeSelector: {kubernetes.io/hostname: workers-1}';

/** A local disk of workers-1 under the claim of the StatefulSet `store`. */
const LOCAL_DISK = `objects: [
      {apiVersion: storage.k8s.io/v1, kind: StorageClass, metadata: {name: disk}, provisioner: kubernetes.io/no-provisioner,
        volumeBindingMode: WaitForFirstConsumer},
      {apiVersion: v1, kind: PersistentVolume, metadata: {name: disk-1}, spec: {capacity: {storage: 50Gi}, accessModes: [ReadWriteOnce],
        storageClassName: disk, local: {path: /mnt/disk}, claimRef: {namespace: default, name: data-store-0}, nodeAffinity: {required:
        {nodeSelectorTerms: [{matchExpressions: [{key: kubernetes.io/hostname, operator: In, values: [workers-1]}]}]}}}},
      {apiVersion: v1, kind: PersistentVolumeClaim, metadata: {name: data-store-0},
        spec: {storageClassName: disk, accessModes: [ReadWriteOnce], resources: {requests: {storage: 50Gi}}, volumeName: disk-1}}]`;

describe('what CCE wipes with a reset', () => {
  it('is every local volume: its pod waits for its node, and then for a disk that is gone for good', () => {
    const store = '{name: store, kind: StatefulSet, replicas: 1, claims: [{name: data, storage: 50Gi, storageClass: disk}]}';
    const result = synchronized(2, {}, { cluster: `{${poolText(2)}, workloads: [${store}], ${LOCAL_DISK}}` });
    const [second] = result.pods.filter(({ pod, createdAt }) => pod === 'default/store-0' && createdAt > 0);
    expect(second).toMatchObject({ boundAt: seconds(10) + minutes(8), readyAt: undefined, node: 'workers-1' });
    expect(workload(result, 'store')).toMatchObject({
      lostData: [{ volume: 'data', reason: expect.stringContaining('local volume') }],
      outages: [{ start: 0, isOver: false }],
    });
    expect(result.scheduling.reasons[0]?.message).toContain("didn't match PersistentVolume's node affinity");
  });

  it('is what pods keep in directories of the node', () => {
    const volumes = 'volumes: [{name: cache, emptyDir: {}}, {name: files, hostPath: {path: /data}}]';
    const result = synchronized(2, {}, { cluster: `{${poolText(2)}, workloads: [{name: shop, replicas: 1, ${onFirst}, ${volumes}}]}` });
    expect(lostBy(result, 'shop')).toEqual(['cache', 'files']);
    expect(codesOf(result)).toContain('DATA_LOST');
  });

  it('is the cache of images: pods that come back pull theirs again', () => {
    const timing = '{nodes: [{reset: 8m}], pods: [{ready: 25s, exit: 10s}], images: {size: 300MB, nodeRate: 10MB, registryRate: 100MB}}';
    const result = synchronized(
      2,
      {},
      { timing, cluster: `{${poolText(2)}, workloads: [{name: shop, image: shop:1, replicas: 1, ${onFirst}}]}` },
    );
    expect(workload(result, 'shop')?.outage).toBe(seconds(10) + minutes(8) + seconds(30) + seconds(25));
  });

  it.each([
    ['made by hand is gone, and nowhere is left to go', ', byHand: [{nodes: [workers-1], labels: {disk: fast}}]', 1],
    ['that the pool defines is there again', ', labels: {disk: fast}', 0],
  ])('does not keep labels apart from those of the pool: one %s', (_, labels, never) => {
    const cluster = `{${poolText(2, labels)}, workloads: [{name: shop, replicas: 1, nodeSelector: {disk: fast}}]}`;
    const result = synchronized(2, {}, { cluster, horizon: '2h' });
    expect(result.scheduling.neverScheduled.map(({ message }) => message)).toEqual(
      Array.from({ length: never }, () => expect.stringContaining("2 node(s) didn't match Pod's node affinity/selector")),
    );
  });
});

describe('a node that is deleted while CCE synchronizes its pool', () => {
  it('is left out where it still waits, and the others finish', () => {
    const result = synchronized(6, { maxUnavailable: 2 }, { disturbances: '[{at: 1m, deleteNode: workers-5}]' });
    expect(outcomesOf(result)).toEqual(['inService', 'inService', 'inService', 'inService', 'deleted', 'inService']);
    expect(result.roll.outcome).toBe('failed');
  });

  it('leaves its batch where it is under way, which ends without it', () => {
    const result = synchronized(4, { maxUnavailable: 2 }, { disturbances: '[{at: 1m, deleteNode: workers-1}]' });
    expect(outcomesOf(result)).toEqual(['deleted', 'inService', 'inService', 'inService']);
    expect(result.roll.duration).toBe(minutes(16));
  });
});

describe('a post-installation script of six minutes on a node that CCE resets', () => {
  const roll = '{request: upgrade.json, system: cce, gate: {postInstall: 6m}}';
  const template = (lifeCycle: object) => ({ nodeTemplate: { lifeCycle, login: { sshKey: 'key' } } });

  it.each([
    ['goes on while pods come back', {}, '', 8],
    ['keeps pods away if the request says so', { waitPostInstallFinish: true }, '', 14],
    ['lets them come if the pool says otherwise', { waitPostInstallFinish: true }, ', waitPostInstallFinish: false', 8],
    ['keeps them away if the pool says so', { waitPostInstallFinish: false }, ', waitPostInstallFinish: true', 14],
  ])('%s', (_, lifeCycle, ofPool, back) => {
    const cluster = `{${poolText(1, ofPool)}, workloads: [{name: shop, replicas: 1}]}`;
    const result = synchronized(1, template(lifeCycle), { roll, cluster });
    const [first] = result.roll.nodes;
    expect(first?.inServiceAt).toBe(seconds(10) + minutes(back));
    expect(result.pods.at(-1)?.boundAt).toBe(first?.inServiceAt);
  });
});

describe('a drain by CCE without force', () => {
  const roll = (pods: string) => `{preset: cce-sync, pool: workers, maxUnavailable: 1, drain: {onTimeout: failNode, pods: ${pods}}}`;
  const refusing = roll('{unmanaged: refuseDrain, emptyDir: refuseDrain}');
  const shop = `{name: shop, replicas: 1, ${onFirst}}`;
  const bare = `{name: tool, kind: Pod, replicas: 1, ${onFirst}}`;
  const scratch = `{name: cache, replicas: 1, ${onFirst}, volumes: [{name: files, emptyDir: {}}]}`;
  const agent = '{name: agent, kind: DaemonSet}';
  const drained = (workloads: string, plan: string) => runText({ cluster: `{${poolText(1)}, workloads: [${workloads}]}`, roll: plan });

  it.each([
    ['a bare pod', bare],
    ['a pod with an emptyDir', scratch],
  ])('evicts nothing where there is %s', (_, obstacle) => {
    const result = drained(`${shop}, ${obstacle}`, refusing);
    expect(result.roll.nodes[0]).toMatchObject({ outcome: 'failed', evictions: 0, resetAt: undefined });
    expect(workload(result, 'shop')).toMatchObject({ outage: 0, moves: 0 });
  });

  it('leaves pods of DaemonSets where they are', () => {
    expect(drained(`${shop}, ${agent}`, refusing).roll.nodes[0]).toMatchObject({ outcome: 'inService', evictions: 1 });
  });

  it('is forbidden by them to old versions', () => {
    expect(drained(agent, roll('{daemonSets: refuseDrain}')).roll.nodes[0]).toMatchObject({ outcome: 'failed', resetAt: undefined });
  });

  it('differs from one with force, which deletes a bare pod that nothing replaces', () => {
    const result = drained(`${shop}, ${bare}`, '{preset: cce-sync, pool: workers, maxUnavailable: 1}');
    expect(outcomesOf(result)).toEqual(['inService']);
    expect(result.workloads.find(({ kind }) => kind === 'Pod')?.outages).toMatchObject([{ isOver: false }]);
  });
});

describe('an upgrade of a cluster by CCE', () => {
  it.each([
    [100, [1, 4, 16, 20, 20, 20, 19]],
    [30, [1, 4, 16, 9]],
    [6, [1, 4, 1]],
  ])('takes a pool of %i nodes in batches of %j, without an eviction', (nodes, sizes) => {
    const cluster = `{${poolText(nodes)}, workloads: [{name: shop, replicas: ${nodes}}]}`;
    const { roll, workloads } = runText({ cluster, roll: '{preset: cce-cluster-upgrade, pool: workers}' });
    expect(roll.batches.map((batch) => batch.nodes.length)).toEqual(sizes);
    expect(workloads[0]).toMatchObject({ moves: 0, outage: 0, degraded: 0 });
  });
});
