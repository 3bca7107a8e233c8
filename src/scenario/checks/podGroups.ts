import { isEndPhase, type PodDescription } from '../../cluster/Pod.ts';
import { type ReplicaSet, type Workload, workloadKey } from '../../cluster/Workload.ts';
import type { Scenario } from '../Scenario.ts';
import { settledWorkloads } from '../settledWorkloads.ts';
import { type GroupDraft, isLeaving, Placement } from './Placement.ts';
import type { PodGroup } from './PodGroup.ts';

/** The groups of all pods that exist or that workloads want; each bare pod is a group of its own. Groups without pods are left out. */
export function podGroups(scenario: Scenario): PodGroup[] {
  const objects = scenario.cluster;
  const workloads = new Map(settledWorkloads(scenario).map((each) => [workloadKey(each), each]));
  const podsByTop = new Map<string, PodDescription[]>();
  for (const pod of objects.pods) {
    if (isEndPhase(pod.phase)) continue;
    const top = topKey(pod, workloads);
    const pods = podsByTop.get(top) ?? [];
    podsByTop.set(top, pods);
    pods.push(pod);
  }
  const changing = rollingOut(objects.workloads);
  const made = [...workloads.values()]
    .filter((workload) => !ownerIn(workload, workloads))
    .map((workload) => draftOf(workload, podsByTop.get(workloadKey(workload)) ?? [], { scenario, changing }));
  const others = [...podsByTop].filter(([top]) => !workloads.has(top)).flatMap(([top, pods]) => looseDraft(top, pods));
  const placement = new Placement(scenario, [...made, ...others]);
  return [...made, ...others].filter(({ count }) => count > 0).map((draft) => placement.place(draft));
}

interface Setting {
  readonly scenario: Scenario;
  /** Keys of the Deployments that are in the midst of a rollout. */
  readonly changing: ReadonlySet<string>;
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

/** The owners of several ReplicaSets with pods. */
function rollingOut(workloads: readonly Workload[]): ReadonlySet<string> {
  const owners = workloads.filter(isScaledUp).flatMap(({ namespace, owner }) => (owner ? workloadKey({ namespace, ...owner }) : []));
  return new Set(owners.filter((owner, index) => owners.indexOf(owner) < index));
}

function isScaledUp(workload: Workload): workload is ReplicaSet {
  return workload.kind === 'ReplicaSet' && workload.replicas > 0;
}

function draftOf(workload: Workload, pods: readonly PodDescription[], { scenario, changing }: Setting): GroupDraft {
  const { kind, namespace, template } = workload;
  const object = workloadKey(workload);
  return {
    object,
    kind,
    hasMaker: true,
    namespace,
    count: wantedPods(workload, pods.length, scenario.cluster.nodes.length),
    pods,
    most: mostPods(workload, pods, scenario.cluster.nodes.length),
    isReady: pods.every(({ ready }) => ready),
    labels: template.labels,
    annotations: template.annotations,
    spec: template.spec,
    hasDeadline: workload.kind === 'Job' && workload.activeDeadlineSeconds !== undefined,
    staysOnNode: kind === 'DaemonSet',
    hasClaimTemplates: kind === 'StatefulSet' && workload.volumeClaimTemplates.length > 0,
    isChanging: changing.has(object) || mayWait(workload, pods),
  };
}

/** Whether the next pod may have to wait: in a Job for the back-off after a failure, in a StatefulSet until the old pod of its name is gone. */
function mayWait(workload: Workload, pods: readonly PodDescription[]): boolean {
  if (workload.kind === 'Job' && (workload.ended?.failed ?? 0) > 0) return true;
  return (workload.kind === 'Job' || workload.kind === 'StatefulSet') && pods.some(isLeaving);
}

function wantedPods(workload: Workload, existing: number, nodes: number): number {
  if (workload.kind === 'DaemonSet') return existing || nodes;
  if (workload.kind !== 'Job') return workload.replicas;
  const { parallelism, completions, ended, perIndex } = workload;
  if (completions === undefined) return ended && ended.succeeded > 0 ? existing : parallelism;
  return Math.min(parallelism, Math.max(0, completions - (ended?.succeeded ?? 0) - (perIndex?.failed.length ?? 0)));
}

/**
 * How many pods a Job or a DaemonSet may have before the roll: the latter makes one for each node, and those without a node are there
 * besides. 0 for others.
 */
function mostPods(workload: Workload, pods: readonly PodDescription[], nodes: number): number {
  if (workload.kind === 'Job') return workload.parallelism;
  return workload.kind === 'DaemonSet' ? nodes + pods.filter(({ nodeName }) => nodeName === undefined).length : 0;
}

/** Whether `pod` is of a DaemonSet of Kubernetes itself: drains leave it alone even if that is not among the objects. */
function isDaemonPod({ owner }: PodDescription): boolean {
  return owner?.kind === 'DaemonSet' && owner.apiVersion === 'apps/v1';
}

/** Pods whose controller is not among the objects, or that have none. */
function looseDraft(object: string, pods: readonly PodDescription[]): GroupDraft[] {
  const [first] = pods;
  if (!first) return [];
  return [
    {
      object,
      kind: first.owner?.kind ?? 'Pod',
      hasMaker: false,
      namespace: first.namespace,
      count: pods.filter((pod) => !isLeaving(pod)).length,
      pods,
      most: pods.length,
      isReady: pods.every(({ ready }) => ready),
      labels: first.labels,
      annotations: first.annotations,
      spec: first.spec,
      hasDeadline: first.owner === undefined && first.spec.activeDeadlineSeconds !== undefined,
      staysOnNode: first.owner?.kind === 'Node' || isDaemonPod(first) || 'kubernetes.io/config.mirror' in first.annotations,
      hasClaimTemplates: false,
      isChanging: false,
    },
  ];
}
