import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { run } from '../../../src/run/run.ts';
import { ClusterSnapshot } from '../../../src/scenario/importing/ClusterSnapshot.ts';
import { objectsOf } from '../../../src/scenario/kubernetes/objectsOf.ts';
import { parseScenario } from '../../../src/scenario/parseScenario.ts';
import type { LoadedObjects } from '../../../src/scenario/readCluster.ts';

const placed = (value: unknown) => ({ value, locate: () => ({ file: 'f', line: 1, column: 1 }) });

/** Words that occur in no pseudonym, in no key of the API and in no other word. */
const WORDS = ['quokka', 'wombat', 'zebu', 'bilby', 'dingo', 'galah', 'jacana', 'xerus'] as const;
const word = fc.constantFrom(...WORDS);
const names = fc.uniqueArray(
  fc.tuple(word, word).map((parts) => parts.join('-')),
  { minLength: 1, maxLength: 5 },
);

const app = fc.record({
  kind: fc.constantFrom('Deployment', 'StatefulSet' as const),
  namespace: word,
  replicas: fc.integer({ min: 1, max: 5 }),
  cpu: fc.constantFrom('250m', '900m'),
  spread: fc.boolean(),
  anti: fc.boolean(),
  selects: fc.boolean(),
  budget: fc.boolean(),
});

const cluster = fc.record({
  nodes: fc.uniqueArray(
    fc.tuple(word, word, fc.nat(99)).map((parts) => parts.join('-')),
    { minLength: 3, maxLength: 7 },
  ),
  names,
  apps: fc.array(app, { minLength: 5, maxLength: 5 }),
  tainted: fc.boolean(),
  maxUnavailable: fc.integer({ min: 1, max: 3 }),
  seed: fc.string({ minLength: 1, maxLength: 3, unit: fc.constantFrom('1', '2', '3') }),
});

type Given = ReturnType<typeof cluster.generate>['value'];

describe('an anonymous snapshot', () => {
  it('gives the same figures as the plain one, and has none of its names', () => {
    fc.assert(
      fc.property(cluster, (given) => {
        const [plain, anonymous] = [snapshotOf('plain', given), snapshotOf('anonymous', given)];
        for (const name of [...WORDS, '10.17.0.9', 'cafe-uid', '@acme']) expect(anonymous.text).not.toContain(name);
        expect(figuresOf(anonymous, given)).toEqual(figuresOf(plain, given));
      }),
      { numRuns: 30 },
    );
  });

  it('is the same each time', () => {
    fc.assert(
      fc.property(cluster, (given) => {
        expect(snapshotOf('anonymous', given).text).toBe(snapshotOf('anonymous', given).text);
      }),
      { numRuns: 10 },
    );
  });
});

interface Taken {
  readonly text: string;
  readonly pool: string;
}

function snapshotOf(naming: 'plain' | 'anonymous', given: Given): Taken {
  const snapshot = new ClusterSnapshot(naming);
  for (const object of objectsOf(placed({ apiVersion: 'v1', kind: 'List', items: objects(given) }))) snapshot.add(object);
  snapshot.finish();
  return { text: [...snapshot.pieces()].join(''), pool: snapshot.poolName('zebu-pool') };
}

/** All that a run tells, in the order of nodes and workloads, without names. */
function figuresOf({ text, pool }: Taken, { maxUnavailable, seed }: Given) {
  const loaded: LoadedObjects = {
    read(reader) {
      reader.read([placed(JSON.parse(text))]);
      return [];
    },
  };
  const scenario = parseScenario({
    text: JSON.stringify({
      apiVersion: 'rollcast/v1',
      kind: 'Scenario',
      metadata: { name: 'test' },
      spec: { cluster: { load: ['x'] }, roll: { preset: 'cce-sync', pool, maxUnavailable } },
    }),
    file: 'test.yaml',
    loaded: new Map([['x', loaded]]),
  });
  const { roll, workloads, scheduling, headroom } = run(scenario, seed);
  return {
    nodes: roll.nodes.map(({ node: _, refusedBy, lostData, ...figures }) => ({
      ...figures,
      refusals: refusedBy.length,
      lost: lostData.length,
    })),
    workloads: workloads.map(({ kind, desired, outage, degraded, moves, wastedMoves }) => ({
      kind,
      desired,
      outage,
      degraded,
      moves,
      wastedMoves,
    })),
    attempts: [scheduling.decisions, scheduling.failedAttempts, scheduling.peakPending, scheduling.pendingPodSeconds],
    headroom,
  };
}

function objects(given: Given): readonly unknown[] {
  const nodes = given.nodes.map((name, index) => nodeOf(name, index, given));
  return [...nodes, ...given.names.flatMap((name, index) => appObjects(name, given.apps[index] ?? given.apps[0], given.nodes))];
}

function nodeOf(name: string, index: number, { tainted }: Given): unknown {
  const labels = {
    'cloud.google.com/gke-nodepool': 'zebu-pool',
    'kubernetes.io/hostname': name,
    'topology.kubernetes.io/zone': `quokka-${'abc'[index % 3]}`,
    'dingo.io/tier': index % 2 === 0 ? 'galah' : 'jacana',
  };
  const taints = tainted && index === 0 ? [{ key: 'bilby', value: 'xerus', effect: 'PreferNoSchedule' }] : [];
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name, uid: `cafe-uid-${index}`, labels, annotations: { owner: 'me@acme.com' } },
    spec: { providerID: `gce:///wombat/${name}`, podCIDR: '10.17.0.9/24', taints },
    status: { allocatable: { cpu: '3', memory: '8Gi', pods: '20' }, addresses: [{ address: '10.17.0.9' }] },
  };
}

function appObjects(name: string, given: Given['apps'][number] | undefined, nodes: readonly string[]): unknown[] {
  if (!given) return [];
  const { kind, namespace, replicas, cpu, spread, anti, selects, budget } = given;
  const labels = { 'wombat.io/app': name };
  const selector = { matchLabels: labels };
  const hostname = 'kubernetes.io/hostname';
  const spec = {
    containers: [{ name, image: `reg.wombat.io/${name}:2`, env: [{ name: 'X', value: 'me@acme.com' }], resources: { requests: { cpu } } }],
    nodeSelector: selects ? { 'dingo.io/tier': 'galah' } : {},
    topologySpreadConstraints: spread
      ? [{ maxSkew: 1, topologyKey: 'topology.kubernetes.io/zone', whenUnsatisfiable: 'DoNotSchedule', labelSelector: selector }]
      : [],
    affinity: anti
      ? { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [{ topologyKey: hostname, labelSelector: selector }] } }
      : {},
    volumes: kind === 'StatefulSet' ? [{ name: 'bilby', emptyDir: {} }] : [],
  };
  const meta = (own: string) => ({ name: own, namespace });
  const isSet = kind === 'StatefulSet';
  const owner = isSet ? { kind, name } : { kind: 'ReplicaSet', name: `${name}-7d9f` };
  const template = { metadata: { labels }, spec };
  const podName = (index: number) => (isSet ? `${name}-${index}` : `${owner.name}-${'bcdfg'[index]}x4z`);
  const pods = Array.from({ length: replicas }, (_, index) => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { ...meta(podName(index)), labels, ownerReferences: [{ apiVersion: 'apps/v1', ...owner, controller: true }] },
    spec: { ...spec, nodeName: nodes[index % nodes.length] },
    status: { phase: 'Running', conditions: [{ type: 'Ready', status: 'True' }], podIP: '10.17.0.9' },
  }));
  const replicaSet = {
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    metadata: { ...meta(owner.name), labels, ownerReferences: [{ apiVersion: 'apps/v1', kind, name, controller: true }] },
    spec: { replicas, selector, template },
  };
  const policy = { apiVersion: 'policy/v1', kind: 'PodDisruptionBudget', metadata: meta(name), spec: { maxUnavailable: 1, selector } };
  return [
    { apiVersion: 'apps/v1', kind, metadata: { ...meta(name), labels }, spec: { replicas, selector, template } },
    ...(isSet ? [] : [replicaSet]),
    ...pods,
    ...(budget ? [policy] : []),
  ];
}
