import type { Labels } from '../../cluster/LabelSelector.ts';
import { isEndPhase, type PodDescription } from '../../cluster/Pod.ts';
import type { PodSpec } from '../../cluster/PodSpec.ts';
import { type Workload, workloadKey } from '../../cluster/Workload.ts';
import { hasLabels } from '../hasLabels.ts';
import type { Scenario } from '../Scenario.ts';
import { admits } from './admits.ts';
import { requestsOf } from './requestsOf.ts';

/** Pods that have one maker and are alike: what a rule speaks about before any pod has been placed. */
export interface PodGroup {
  /** `Kind/namespace/name` of the topmost controller, `Pod/namespace/name` of a bare pod. */
  readonly object: string;
  readonly kind: string;
  readonly namespace: string;
  /** How many pods its maker wants. */
  readonly count: number;
  /** Where those of its pods are that are bound already, a name for each pod. */
  readonly boundTo: readonly string[];
  readonly labels: Labels;
  readonly annotations: PodDescription['annotations'];
  readonly spec: PodSpec;
  /** Pods of DaemonSets and static pods: drains leave them alone. */
  readonly staysOnNode: boolean;
  /** Whether its pods stand on nodes that are rolled: unknown while they are to be placed and may go elsewhere, or nowhere. */
  readonly place: 'rolled' | 'elsewhere' | 'unknown';
}

/** Whether the maker of `group` keeps a number of replicas for ever. */
export function isReplicated({ kind }: PodGroup): boolean {
  return ['Deployment', 'ReplicaSet', 'ReplicationController', 'StatefulSet'].includes(kind);
}

/** Whether it is a pod without a controller that a drain may take away for good. */
export function isBare({ kind, staysOnNode, place }: PodGroup): boolean {
  return kind === 'Pod' && !staysOnNode && place !== 'elsewhere';
}

/** The groups of all pods that exist or that workloads want; each bare pod is a group of its own. Groups without pods are left out. */
export function podGroups(scenario: Scenario): PodGroup[] {
  const objects = scenario.cluster;
  const workloads = new Map(objects.workloads.map((each) => [workloadKey(each), each]));
  const podsByTop = new Map<string, PodDescription[]>();
  for (const pod of objects.pods) {
    if (isEndPhase(pod.phase)) continue;
    const top = topKey(pod, workloads);
    const pods = podsByTop.get(top) ?? [];
    podsByTop.set(top, pods);
    pods.push(pod);
  }
  const setting: Setting = { scenario, rolled: new Set(scenario.roll.nodes), placeBySelector: new Map() };
  const made = [...workloads.values()]
    .filter((workload) => !ownerIn(workload, workloads))
    .map((workload) => groupOf(workload, podsByTop.get(workloadKey(workload)) ?? [], setting));
  const others = [...podsByTop].filter(([top]) => !workloads.has(top)).flatMap(([top, pods]) => looseGroup(top, pods, setting));
  return [...made, ...others].filter(({ count }) => count > 0);
}

interface Setting {
  readonly scenario: Scenario;
  readonly rolled: ReadonlySet<string>;
  /** Where pods to be placed may go, by their node selector. */
  readonly placeBySelector: Map<string, PodGroup['place']>;
}

function topKey({ namespace, name, owner }: PodDescription, workloads: ReadonlyMap<string, Workload>): string {
  if (!owner) return workloadKey({ kind: 'Pod', namespace, name });
  const key = workloadKey({ kind: owner.kind, namespace, name: owner.name });
  const workload = workloads.get(key);
  const parent = workload && ownerIn(workload, workloads);
  return parent ? workloadKey(parent) : key;
}

function ownerIn({ namespace, owner }: Workload, workloads: ReadonlyMap<string, Workload>): Workload | undefined {
  return owner && workloads.get(workloadKey({ kind: owner.kind, namespace, name: owner.name }));
}

function groupOf(workload: Workload, pods: readonly PodDescription[], setting: Setting): PodGroup {
  const { kind, namespace, template } = workload;
  const boundTo = nodesOf(pods);
  return {
    object: workloadKey(workload),
    kind,
    namespace,
    count: wantedPods(workload, pods.length, setting.scenario.cluster.nodes.length),
    boundTo,
    labels: template.labels,
    annotations: template.annotations,
    spec: template.spec,
    staysOnNode: kind === 'DaemonSet',
    place: placeOf(template.spec, boundTo, setting),
  };
}

function wantedPods(workload: Workload, existing: number, nodes: number): number {
  if (workload.kind === 'DaemonSet') return existing || nodes;
  if (workload.kind !== 'Job') return workload.replicas;
  return existing || Math.min(workload.parallelism, workload.completions ?? workload.parallelism);
}

/** Pods whose controller is not among the objects, or that have none. */
function looseGroup(object: string, pods: readonly PodDescription[], setting: Setting): PodGroup[] {
  const [first] = pods;
  if (!first) return [];
  const boundTo = nodesOf(pods);
  return [
    {
      object,
      kind: first.owner?.kind ?? 'Pod',
      namespace: first.namespace,
      count: pods.length,
      boundTo,
      labels: first.labels,
      annotations: first.annotations,
      spec: first.spec,
      staysOnNode: first.owner?.kind === 'Node' || 'kubernetes.io/config.mirror' in first.annotations,
      place: placeOf(first.spec, boundTo, setting),
    },
  ];
}

function nodesOf(pods: readonly PodDescription[]): string[] {
  return pods.flatMap(({ nodeName }) => nodeName ?? []);
}

function placeOf(spec: PodSpec, boundTo: readonly string[], setting: Setting): PodGroup['place'] {
  const { rolled, placeBySelector } = setting;
  const { nodeSelector } = spec;
  if (boundTo.length > 0) return boundTo.some((name) => rolled.has(name)) ? 'rolled' : 'elsewhere';
  const key = JSON.stringify(nodeSelector);
  const place = placeBySelector.get(key) ?? possiblePlace(nodeSelector, setting);
  placeBySelector.set(key, place);
  return place === 'rolled' && !hasPlace(spec, setting) ? 'unknown' : place;
}

/** Whether some node accepts a pod of `spec` and is large enough. Otherwise the pod is pending, at least until something changes. */
function hasPlace(spec: PodSpec, { scenario }: Setting): boolean {
  if (spec.schedulingGates.length > 0) return false;
  const asked = requestsOf(spec, scenario);
  return scenario.cluster.nodes.some(
    (node) => asked.every(([resource, amount]) => amount <= (node.allocatable[resource] ?? 0)) && admits(node, spec),
  );
}

function possiblePlace(nodeSelector: Labels, { scenario, rolled }: Setting): PodGroup['place'] {
  const possible = scenario.cluster.nodes.filter((node) => hasLabels(node.labels, nodeSelector));
  if (!possible.some(({ name }) => rolled.has(name))) return 'elsewhere';
  return possible.every(({ name }) => rolled.has(name)) ? 'rolled' : 'unknown';
}
