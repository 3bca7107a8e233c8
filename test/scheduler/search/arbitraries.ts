import fc from 'fast-check';
import type { NodeDescription, NodeImage } from '../../../src/cluster/Node.ts';
import type { PodAffinityTerm, PodSpec, TopologySpreadConstraint } from '../../../src/cluster/PodSpec.ts';
import type { Taint } from '../../../src/cluster/Taint.ts';
import type { ReplicaSet } from '../../../src/cluster/Workload.ts';
import { aContainer, aNode, aPodSpec, aReplicaSet, selecting } from '../../support/builders.ts';
import { aPodAffinityTerm } from '../../support/placement.ts';

const MI = 1024 ** 2;
const HOSTNAME = 'kubernetes.io/hostname';
const ZONE = 'topology.kubernetes.io/zone';

/** A node in a few small numbers. */
export interface NodeSeed {
  readonly cpu: number;
  /** Empty: without the label; `-`: with the label, empty. */
  readonly zone: string;
  readonly taint: number;
  readonly images: number;
}

/** One thing that happens to the cluster before a pod is scheduled: which thing, to whom, and the kind of the pod. */
export interface Blow {
  readonly what:
    | 'nothing'
    | 'cordon'
    | 'uncordon'
    | 'terminate'
    | 'remove'
    | 'moveZone'
    | 'retaint'
    | 'addNode'
    | 'removeNode'
    | 'wipe'
    | 'pull'
    | 'finish'
    | 'relabel';
  readonly whom: number;
  readonly kind: number;
}

export const anyNodeSeed: fc.Arbitrary<NodeSeed> = fc.record({
  cpu: fc.integer({ min: 1, max: 8 }),
  zone: fc.oneof({ weight: 40, arbitrary: fc.constantFrom('a', 'b', 'c') }, { weight: 2, arbitrary: fc.constantFrom('', '-') }),
  taint: fc.nat(6),
  images: fc.nat(7),
});

export const anyBlow: fc.Arbitrary<Blow> = fc.record({
  what: fc.oneof(
    { weight: 6, arbitrary: fc.constant('nothing' as const) },
    { weight: 3, arbitrary: fc.constantFrom('terminate' as const, 'remove' as const, 'finish' as const, 'relabel' as const) },
    { weight: 3, arbitrary: fc.constantFrom('cordon' as const, 'uncordon' as const, 'retaint' as const, 'wipe' as const, 'pull' as const) },
    { weight: 1, arbitrary: fc.constantFrom('moveZone' as const, 'addNode' as const, 'removeNode' as const) },
  ),
  whom: fc.nat(1000),
  kind: fc.nat(20),
});

const TAINTS: readonly (readonly Taint[])[] = [
  [{ key: 'dedicated', value: 'w', effect: 'NoSchedule' }],
  [{ key: 'spot', value: 'true', effect: 'PreferNoSchedule' }],
  [
    { key: 'spot', value: 'true', effect: 'PreferNoSchedule' },
    { key: 'old', value: '', effect: 'PreferNoSchedule' },
  ],
];

/** The taints with that number; most numbers stand for none. */
export function taintsOf(number: number): readonly Taint[] {
  return TAINTS[number] ?? [];
}

/** The images of a bit pattern: large, medium, small. */
export function imagesOf(bits: number): NodeImage[] {
  return [900, 300, 40].flatMap((size, i) => ((bits >> i) & 1 ? [{ names: [imageName(i)], sizeBytes: size * MI }] : []));
}

export function nodeFrom(name: string, { cpu, zone, taint, images }: NodeSeed): NodeDescription {
  const named = taint === 6 && cpu === 8 ? {} : { [HOSTNAME]: name };
  const labels = { ...named, disk: `d${cpu % 3}`, ...(zone === '' ? {} : { [ZONE]: zone === '-' ? '' : zone }) };
  const allocatable = cpu % 4 === 0 ? { 'example.com/gpu': 2 } : {};
  return {
    ...aNode(name, { cpu, memory: cpu * 3, pods: 6 + cpu, taints: taintsOf(taint), images: imagesOf(images), labels, allocatable }),
    labels,
  };
}

const apps = ['web', 'db', 'job'];
const anyApp = fc.constantFrom(...apps);
const anyKey = fc.constantFrom(HOSTNAME, ZONE, 'disk');
const anyTerm = fc.record({ app: anyApp, key: anyKey, isWide: fc.constantFrom(false, false, true) }).map(
  ({ app, key, isWide }): PodAffinityTerm => ({
    ...aPodAffinityTerm({ app }, key),
    namespaceSelector: isWide ? { requirements: [] } : undefined,
  }),
);
const anyWeighted = fc.record({ weight: fc.integer({ min: 1, max: 100 }), term: anyTerm });
const few = <T>(arbitrary: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 3, arbitrary: fc.constant<T[]>([]) }, { weight: 1, arbitrary: fc.array(arbitrary, { minLength: 1, maxLength: 2 }) });

const anySpread = fc
  .record({
    app: anyApp,
    key: anyKey,
    maxSkew: fc.integer({ min: 1, max: 3 }),
    minDomains: fc.constantFrom(undefined, 2, 4),
    hard: fc.boolean(),
    honor: fc.boolean(),
    honorTaints: fc.boolean(),
  })
  .map(({ app, key, maxSkew, minDomains, hard, honor, honorTaints }): TopologySpreadConstraint => {
    return {
      maxSkew,
      topologyKey: key,
      whenUnsatisfiable: hard ? 'DoNotSchedule' : 'ScheduleAnyway',
      labelSelector: selecting({ app }),
      minDomains: hard ? minDomains : undefined,
      nodeAffinityPolicy: honor ? 'Honor' : 'Ignore',
      nodeTaintsPolicy: honorTaints ? 'Honor' : 'Ignore',
      matchLabelKeys: [],
    };
  });

const anySpec: fc.Arbitrary<PodSpec> = fc
  .record({
    cpu: fc.constantFrom(0, 100, 250, 700),
    memory: fc.constantFrom(0, 128, 512, 3000),
    gpu: fc.constantFrom(0, 0, 0, 1),
    port: fc.constantFrom(0, 0, 0, 80),
    tolerates: fc.boolean(),
    disk: fc.constantFrom(undefined, undefined, 'd1'),
    preferred: fc.constantFrom(undefined, 'd0', 'd2'),
    spread: few(anySpread),
    near: few(anyTerm),
    apart: few(anyTerm),
    liked: few(anyWeighted),
    disliked: few(anyWeighted),
    images: fc.array(fc.nat(3), { minLength: 1, maxLength: 4 }),
    priority: fc.constantFrom(0, 0, 0, 10, -10),
    preempts: fc.constantFrom(true, true, false),
  })
  .map(({ cpu, memory, gpu, port, tolerates, disk, preferred, spread, near, apart, liked, disliked, images, priority, preempts }) => {
    const requests = { ...(cpu ? { cpu } : {}), ...(memory ? { memory: memory * MI } : {}), ...(gpu ? { 'example.com/gpu': gpu } : {}) };
    const ports = port ? [{ hostIP: '', hostPort: port, protocol: 'TCP' }] : [];
    const prefers = (value: string) => ({ matchExpressions: [{ key: 'disk', operator: 'In' as const, values: [value] }], matchFields: [] });
    return aPodSpec({
      containers: images.map((image, i) =>
        aContainer({ image: imageName(image), requests: i === 0 ? requests : {}, ports: i === 0 ? ports : [] }),
      ),
      priority,
      preemptionPolicy: preempts ? 'PreemptLowerPriority' : 'Never',
      nodeSelector: disk === undefined ? {} : { disk },
      tolerations: tolerates ? [{ key: 'dedicated', operator: 'Exists', value: '' }] : [],
      topologySpreadConstraints: spread,
      affinity: {
        node: { required: undefined, preferred: preferred === undefined ? [] : [{ weight: 10, term: prefers(preferred) }] },
        pod: { required: near, preferred: liked },
        podAnti: { required: apart, preferred: disliked },
      },
    });
  });

/** A workload whose pods share one spec; its pods are made one by one by the test. */
export const anyWorkload: fc.Arbitrary<ReplicaSet> = fc
  .record({ app: anyApp, spec: anySpec })
  .map(({ app, spec }) => ({ ...aReplicaSet(app, 0), template: { labels: { app }, annotations: {}, spec } }));

function imageName(image: number): string {
  return `registry.local/image-${image}:1`;
}
