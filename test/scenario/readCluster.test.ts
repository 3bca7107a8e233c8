import { describe, expect, it } from 'vitest';
import { parseText } from '../../src/scenario/parseText.ts';
import type { LoadedObjects } from '../../src/scenario/readCluster.ts';
import { faultsIn, readScenario } from '../support/scenarioText.ts';

const pool =
  '{name: workers, nodes: 5, zones: [a, b, c], allocatable: {cpu: 7910m, memory: 28Gi}, labels: {disk: ssd}, taints: [{key: only, effect: NoSchedule}]';

function cluster(workload: string) {
  return readScenario({ cluster: `{nodePools: [${pool}}], workloads: [${workload}]}` }).cluster;
}

describe('node pools', () => {
  it('stand for nodes in zones by turns, whose labels and taints are the pool’s', () => {
    const { nodes } = readScenario({ cluster: `{nodePools: [${pool}}]}` }).cluster;
    expect(nodes.map(({ name, labels }) => [name, labels['topology.kubernetes.io/zone']])).toEqual([
      ['workers-1', 'a'],
      ['workers-2', 'b'],
      ['workers-3', 'c'],
      ['workers-4', 'a'],
      ['workers-5', 'b'],
    ]);
    const labels = {
      'kubernetes.io/hostname': 'workers-1',
      'topology.kubernetes.io/zone': 'a',
      'rollcast.io/pool': 'workers',
      disk: 'ssd',
    };
    expect(nodes[0]).toMatchObject({
      pool: 'workers',
      labels,
      poolLabels: labels,
      allocatable: { cpu: 7910, memory: 28 * 1024 ** 3, pods: 110 },
      taints: [{ key: 'only', effect: 'NoSchedule' }],
      poolTaints: [{ key: 'only', effect: 'NoSchedule' }],
      ready: 'True',
    });
  });

  it('keep labels and taints that were put on by hand apart', () => {
    const byHand = '[{nodes: [workers-2], labels: {fast: "yes"}}, {taints: [{key: extra, effect: NoExecute}]}]';
    const { nodes } = readScenario({ cluster: `{nodePools: [${pool}, byHand: ${byHand}}]}` }).cluster;
    expect(nodes.map(({ labels }) => labels.fast)).toEqual([undefined, 'yes', undefined, undefined, undefined]);
    expect(nodes[1]?.poolLabels).not.toHaveProperty('fast');
    expect(nodes[1]?.taints.map(({ key }) => key)).toEqual(['only', 'extra']);
    expect(nodes[1]?.poolTaints.map(({ key }) => key)).toEqual(['only']);
  });

  it('refuse labels by hand on a node that is not theirs', () => {
    const faults = faultsIn({ cluster: `{nodePools: [${pool}, byHand: [{nodes: [workers-6], labels: {a: b}}]}]}` });
    expect(faults.map(({ code, path }) => [code, path])).toEqual([['SCENARIO_UNKNOWN_NODE', 'cluster.nodePools[0].byHand[0].nodes[0]']]);
  });
});

describe('workloads in short form', () => {
  it('are a Deployment of one replica unless told otherwise', () => {
    const [shop] = cluster('{name: shop}').workloads;
    expect(shop).toMatchObject({
      kind: 'Deployment',
      namespace: 'default',
      name: 'shop',
      replicas: 1,
      template: { labels: { app: 'shop' } },
    });
  });

  it('carry requests, constraints, priority, grace and volumes into the pod', () => {
    const [shop] = cluster(
      '{name: shop, requests: {cpu: 500m, memory: 1Gi}, nodeSelector: {disk: ssd}, tolerations: [{operator: Exists}], priority: 7, grace: 45s, preStop: 5s, antiAffinity: {by: hostname}, spread: [{by: zone, whenUnsatisfiable: DoNotSchedule}], volumes: [{name: scratch, emptyDir: {}}]}',
    ).workloads;
    expect(shop?.template.spec).toMatchObject({
      containers: [{ requests: { cpu: 500, memory: 1024 ** 3 }, preStopSeconds: 5 }],
      nodeSelector: { disk: 'ssd' },
      tolerations: [{ operator: 'Exists' }],
      priority: 7,
      terminationGracePeriodSeconds: 45,
      affinity: { podAnti: { required: [{ topologyKey: 'kubernetes.io/hostname' }] } },
      topologySpreadConstraints: [{ maxSkew: 1, topologyKey: 'topology.kubernetes.io/zone', whenUnsatisfiable: 'DoNotSchedule' }],
      volumes: [{ name: 'scratch', source: 'emptyDir' }],
    });
  });

  it('bring their budget over their own pods', () => {
    const { budgets } = cluster('{name: shop, namespace: web, replicas: 3, budget: {maxUnavailable: 25%}}');
    expect(budgets).toMatchObject([
      {
        namespace: 'web',
        name: 'shop',
        maxUnavailable: '25%',
        selector: { requirements: [{ key: 'app', operator: 'In', values: ['shop'] }] },
      },
    ]);
  });

  it.each([
    [
      '{name: db, kind: StatefulSet, replicas: 3, podManagementPolicy: Parallel, claims: [{name: data, storage: 10Gi}]}',
      { kind: 'StatefulSet', replicas: 3, podManagementPolicy: 'Parallel' },
    ],
    ['{name: agent, kind: DaemonSet}', { kind: 'DaemonSet' }],
    ['{name: batch, kind: Job, replicas: 4}', { kind: 'Job', parallelism: 4, completions: 4 }],
    ['{name: old, kind: ReplicaSet, replicas: 2, minReady: 10s}', { kind: 'ReplicaSet', replicas: 2, minReadySeconds: 10 }],
  ])('can be other kinds: %s', (text, expected) => {
    expect(cluster(text).workloads).toMatchObject([expected]);
  });

  it('can be bare pods', () => {
    expect(cluster('{name: lonely, kind: Pod, replicas: 2}').pods.map(({ name, owner, labels }) => [name, owner, labels.app])).toEqual([
      ['lonely-1', undefined, 'lonely'],
      ['lonely-2', undefined, 'lonely'],
    ]);
  });

  it.each([
    ['both limits in a budget', '{name: shop, budget: {minAvailable: 1, maxUnavailable: 1}}', 'cluster.workloads[0].budget'],
    ['a negative request', '{name: shop, requests: {cpu: -1}}', 'cluster.workloads[0].requests.cpu'],
    ['an unknown kind', '{name: shop, kind: Deplyment}', 'cluster.workloads[0].kind'],
    ['an unknown key', '{name: shop, replica: 3}', 'cluster.workloads[0].replica'],
  ])('refuse %s', (_, text, path) => {
    expect(faultsIn({ cluster: `{nodePools: [${pool}}], workloads: [${text}]}` }).map((fault) => fault.path)).toEqual([path]);
  });
});

describe('a fault in one part of the cluster', () => {
  const hours = new Array(24).fill(1);
  const wrongNames = {
    roll: '{preset: cce-sync, maxUnavailable: 1, pool: wrkers, nodes: {names: [workers-9]}}',
    timing: '{nodes: [{match: {names: [workers-7]}, reset: 5m}]}',
    demand: `[{match: {name: shup}, curve: {values: [${hours}]}, perReplica: 1}]`,
    objectives: '[{workloads: {name: shup}, maxOutage: 0s}]',
    disturbances: '[{at: 1m, deleteNode: workers-8}, {at: 1m, scale: shup, replicas: 2}]',
  };
  const ofNodes = ['timing.nodes[0].match.names[0]', 'roll.pool', 'disturbances[0].deleteNode'];
  const ofWorkloads = ['demand[0].match', 'disturbances[1].scale', 'objectives[0].workloads'];
  const wrongJob = '{apiVersion: batch/v1, kind: Job, metadata: {name: j}, spec: {}}';
  const wrongNode = '{apiVersion: v1, kind: Node, metadata: {name: n}, spec: {taints: 3}}';
  const podOn = (node: string) =>
    `{apiVersion: v1, kind: Pod, metadata: {name: on-${node}}, spec: {nodeName: ${node}, containers: [{name: c}]}}`;
  const pools = `nodePools: [${pool}}]`;
  const shop = 'workloads: [{name: shop}]';

  it.each([
    ['in a workload', `{${pools}, workloads: [{name: shop, replicas: x}]}`, ['cluster.workloads[0].replicas', ...ofNodes]],
    ['in an object that runs pods', `{${pools}, ${shop}, objects: [${wrongJob}]}`, ['cluster.objects[0].spec.template', ...ofNodes]],
    ['in a node', `{${pools}, ${shop}, objects: [${wrongNode}, ${podOn('n')}]}`, ['cluster.objects[0].spec.taints', ...ofWorkloads]],
    [
      'in a node pool',
      `{nodePools: [{name: a, nodes: 1, allocatable: {}}], ${shop}}`,
      ['cluster.nodePools[0].allocatable.cpu', 'cluster.nodePools[0].allocatable.memory', ...ofWorkloads],
    ],
    [
      'in another object',
      `{${pools}, ${shop}, objects: [${podOn('m')}]}`,
      ['cluster.objects[0].spec.nodeName', ...ofNodes, ...ofWorkloads],
    ],
    ['in a file', `{${pools}, ${shop}, load: [missing.yaml]}`, ['cluster.load[0]']],
  ])('%s hides only the names that it may have to do with', (_, cluster, paths) => {
    expect(new Set(faultsIn({ ...wrongNames, cluster }).map((fault) => fault.path))).toEqual(new Set(paths));
  });
});

describe('loaded objects', () => {
  const dump =
    'apiVersion: v1\nkind: Node\nmetadata: {name: n1, labels: {cce.cloud.com/cce-nodepool: workers}}\nstatus: {allocatable: {cpu: 4x}}\n';

  it('come with the positions of their own file', () => {
    const loaded = new Map([['dump.yaml', loadedText(dump)]]);
    expect(faultsIn({ cluster: '{load: [dump.yaml]}' }, { loaded })).toMatchObject([
      { code: 'KUBERNETES_INVALID', position: { file: 'dump.yaml', line: 4, column: 29 } },
    ]);
  });

  it('make pools by the labels of the provider, and unread files are faults', () => {
    const loaded = new Map([['dump.yaml', loadedText(dump.replace('4x', '4'))]]);
    expect(readScenario({ cluster: '{load: [dump.yaml]}' }, { loaded }).roll.nodes).toEqual(['n1']);
    expect(faultsIn({ cluster: '{load: [dump.yaml]}' })).toMatchObject([{ code: 'FILE_UNREADABLE', path: 'cluster.load[0]' }]);
  });
});

function loadedText(text: string): LoadedObjects {
  return {
    read(reader) {
      const { documents, faults } = parseText(text, 'dump.yaml');
      reader.read(documents);
      return faults;
    },
  };
}
