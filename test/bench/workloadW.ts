import type { ClusterObjects } from '../../src/cluster/ClusterObjects.ts';
import type { DisruptionBudgetDescription } from '../../src/cluster/DisruptionBudget.ts';
import type { NodeDescription, NodeImage } from '../../src/cluster/Node.ts';
import type { Affinity, PodSpec, TopologySpreadConstraint } from '../../src/cluster/PodSpec.ts';
import type { ReplicaSet } from '../../src/cluster/Workload.ts';
import { RandomStream } from '../../src/sim/RandomStream.ts';
import { aBudget, aContainer, aNode, aPodSpec, aReplicaSet, selecting } from '../support/builders.ts';
import { NO_OBJECTS } from '../support/noObjects.ts';

const MI = 1024 ** 2;

/**
 * `plain`: constraints of their own only; `ds`: with Kubernetes' default spreading of every ReplicaSet without its own, and a Service over
 * each, as in a real cluster; `pressure`: plain, but a quarter of the nodes at a time.
 */
export type Variant = (typeof VARIANTS)[number];

/** Every {@link Variant}. */
export const VARIANTS = ['plain', 'ds', 'pressure'] as const;

/**
 * The reference workload W: `count` nodes (32 CPU, 128 GiB, 110 pods, 3 zones), 30 pods a node of ReplicaSets whose sizes fall off as
 * rank^0.8, twelve request shapes that fill 75 % of CPU and memory, and constraints on some. The same cluster for the same arguments.
 */
export function workloadW(count: number, variant: Variant = 'plain'): ClusterObjects {
  const random = new RandomStream(`W/${count}`);
  const sets = sizesOf(count).map((size, index) => replicaSet(index, size, random));
  const images = imagesFor(count);
  const services = variant === 'ds' ? sets.map(({ namespace, name, selector }) => ({ namespace, name, selector })) : [];
  return {
    ...NO_OBJECTS,
    nodes: Array.from({ length: count }, (_, index) => node(index, images, random)),
    workloads: fitted(sets, count),
    budgets: sets.map((set, index) => budget(set, index)),
    services,
  };
}

/** The images of a cluster of `count` nodes, which share the objects: whoever reads a dump shares what is equal, too. */
function imagesFor(count: number): NodeImage[] {
  const image = (_: unknown, index: number) => ({ names: [imageName(index)], sizeBytes: (50 + ((index * 97) % 1450)) * MI });
  return Array.from({ length: Math.max(1, Math.floor(count / 12)) }, image);
}

/** A kubelet lists no more images than these. @see kubernetes/kubernetes pkg/kubelet/apis/config/v1beta1/defaults.go (NodeStatusMaxImages) */
const LISTED_IMAGES = 50;

function node(index: number, known: readonly NodeImage[], random: RandomStream): NodeDescription {
  const draw = random.next();
  const effect = draw < 0.03 ? 'NoSchedule' : draw < 0.05 ? 'PreferNoSchedule' : undefined;
  const labels = {
    'kubernetes.io/hostname': `node-${index}`,
    'topology.kubernetes.io/zone': `zone-${index % 3}`,
    tier: `t${index % 2}`,
    disk: `d${index % 3}`,
    generation: `g${index % 4}`,
  };
  const images = known.filter(() => random.next() < 0.2).slice(0, LISTED_IMAGES);
  const taints = effect === undefined ? [] : [{ key: 'dedicated', value: 'w', effect } as const];
  return aNode(`node-${index}`, { cpu: 32, memory: 128, pods: 110, labels, poolLabels: labels, taints, poolTaints: taints, images });
}

/** Sizes C / rank^0.8, cut to 1 … 500, of 0.6 sets a node with 30 pods a node in all. */
function sizesOf(count: number): number[] {
  const sets = Math.max(1, Math.round(0.6 * count));
  const pods = 30 * count;
  const sizesFor = (scale: number) =>
    Array.from({ length: sets }, (_, rank) => Math.min(500, Math.max(1, Math.round(scale / (rank + 1) ** 0.8))));
  let [low, high] = [1, pods];
  while (high - low > 0.5) {
    const middle = (low + high) / 2;
    if (sizesFor(middle).reduce((sum, size) => sum + size, 0) < pods) low = middle;
    else high = middle;
  }
  return sizesFor(low);
}

const SHAPES: readonly (readonly [milliCpu: number, mebibytes: number])[] = [
  [50, 64],
  [100, 128],
  [100, 512],
  [250, 256],
  [250, 1024],
  [500, 512],
  [500, 2048],
  [1000, 1024],
  [1000, 4096],
  [2000, 4096],
  [2000, 8192],
  [4000, 16384],
];

function replicaSet(index: number, size: number, random: RandomStream): ReplicaSet {
  const name = `app-${index}`;
  const draw = random.next();
  const [cpu, memory] = SHAPES[Math.floor(random.next() * SHAPES.length)] ?? [100, 128];
  const rest = {
    nodeSelector: random.next() < 0.1 ? { tier: `t${index % 2}` } : {},
    tolerations: random.next() < 0.05 ? [{ key: 'dedicated', operator: 'Exists' as const, value: '' }] : [],
    affinity: affinity(name, random),
    topologySpreadConstraints: draw < 0.2 ? [spread(name, 'DoNotSchedule')] : draw < 0.4 ? [spread(name, 'ScheduleAnyway')] : [],
    containers: [aContainer({ image: imageName(index), requests: { cpu, memory: memory * MI } })],
  };
  return { ...aReplicaSet(name, size, {}), template: { labels: { app: name }, annotations: {}, spec: aPodSpec(rest) } };
}

function affinity(name: string, random: RandomStream): Affinity {
  const disk = { key: 'disk', operator: 'In' as const, values: [`d${name.length % 3}`] };
  const preferred = random.next() < 0.1 ? [{ weight: 10, term: { matchExpressions: [disk], matchFields: [] } }] : [];
  const anti = random.next() < 0.1 ? [{ ...TERM, labelSelector: selecting({ app: name }), topologyKey: 'kubernetes.io/hostname' }] : [];
  return { node: { required: undefined, preferred }, pod: { required: [], preferred: [] }, podAnti: { required: anti, preferred: [] } };
}

const TERM = { namespaces: [], namespaceSelector: undefined, matchLabelKeys: [], mismatchLabelKeys: [] };

function spread(name: string, whenUnsatisfiable: TopologySpreadConstraint['whenUnsatisfiable']): TopologySpreadConstraint {
  return {
    maxSkew: 1,
    topologyKey: 'topology.kubernetes.io/zone',
    whenUnsatisfiable,
    labelSelector: selecting({ app: name }),
    minDomains: undefined,
    nodeAffinityPolicy: 'Honor',
    nodeTaintsPolicy: 'Ignore',
    matchLabelKeys: [],
  };
}

/** Scales the requests so that all pods together ask for 75 % of the CPU and of the memory. */
function fitted(sets: readonly ReplicaSet[], count: number): ReplicaSet[] {
  const asked = (resource: string) =>
    sets.reduce((sum, { replicas, template }) => sum + replicas * (requestsOf(template.spec)[resource] ?? 0), 0);
  const cpu = (0.75 * count * 32_000) / asked('cpu');
  const memory = (0.75 * count * 128 * 1024 * MI) / asked('memory');
  return sets.map((set) => {
    const { spec } = set.template;
    const requests = {
      cpu: Math.max(10, Math.round((requestsOf(spec)['cpu'] ?? 0) * cpu)),
      memory: Math.round(((requestsOf(spec)['memory'] ?? 0) * memory) / MI) * MI,
    };
    const containers = spec.containers.map((container) => ({ ...container, requests }));
    return { ...set, template: { ...set.template, spec: { ...spec, containers } } };
  });
}

function requestsOf({ containers }: PodSpec) {
  return containers[0]?.requests ?? {};
}

function budget({ name }: ReplicaSet, index: number): DisruptionBudgetDescription {
  return aBudget(name, { maxUnavailable: index % 2 === 0 ? 1 : '25%' });
}

function imageName(index: number): string {
  return `registry.local/image-${index % 97}:1`;
}
