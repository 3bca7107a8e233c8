import type { ClusterObjects, Service } from '../../src/cluster/ClusterObjects.ts';
import type { DisruptionBudgetDescription } from '../../src/cluster/DisruptionBudget.ts';
import type { LabelSelector } from '../../src/cluster/LabelSelector.ts';
import type { NodeDescription } from '../../src/cluster/Node.ts';
import type { PodDescription } from '../../src/cluster/Pod.ts';
import type {
  Affinity,
  Container,
  NodeSelectorTerm,
  PodAffinityTerm,
  PodSpec,
  TopologySpreadConstraint,
} from '../../src/cluster/PodSpec.ts';
import type { ResourceList } from '../../src/cluster/ResourceList.ts';
import type { Workload } from '../../src/cluster/Workload.ts';

/** The cluster W as `kubectl get nodes,replicasets,pods,… -o json` would print it, one item a line. */
export function kubernetesList(cluster: ClusterObjects): string {
  const items = kubernetesItems(cluster);
  return `{"apiVersion":"v1","kind":"List","items":[\n${items.map((item) => JSON.stringify(item)).join(',\n')}\n]}\n`;
}

/** The objects of W in the order of {@link kubernetesList}. */
export function kubernetesItems({ nodes, workloads, pods, budgets, services }: ClusterObjects) {
  return [
    ...nodes.map(nodeItem),
    ...workloads.map(workloadItem),
    ...pods.map(podItem),
    ...budgets.map(budgetItem),
    ...services.map(serviceItem),
  ];
}

function nodeItem({ name, labels, taints, unschedulable, allocatable, images }: NodeDescription) {
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name, labels },
    spec: { taints, ...(unschedulable ? { unschedulable } : {}) },
    status: {
      allocatable: quantities(allocatable),
      capacity: quantities(allocatable),
      images,
      conditions: [{ type: 'Ready', status: 'True' }],
    },
  };
}

function workloadItem(workload: Workload) {
  const { kind, namespace, name, labels, selector, template } = workload;
  return {
    apiVersion: 'apps/v1',
    kind,
    metadata: { namespace, name, labels, uid: uidOf(kind, name) },
    spec: {
      replicas: 'replicas' in workload ? workload.replicas : undefined,
      selector: selectorOf(selector),
      template: { metadata: { labels: template.labels }, spec: specOf(template.spec) },
    },
  };
}

function podItem({ namespace, name, labels, owner, spec, nodeName }: PodDescription) {
  const ownerReferences = owner ? [{ ...owner, uid: uidOf(owner.kind, owner.name), controller: true }] : [];
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { namespace, name, labels, ownerReferences, creationTimestamp: '2026-01-01T00:00:00Z' },
    spec: { ...specOf(spec), nodeName },
    status: { phase: 'Running', conditions: [{ type: 'Ready', status: 'True', lastTransitionTime: '2026-01-01T00:01:00Z' }] },
  };
}

function budgetItem({ namespace, name, selector, maxUnavailable, minAvailable }: DisruptionBudgetDescription) {
  return {
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata: { namespace, name, generation: 1 },
    spec: { selector: selector && selectorOf(selector), maxUnavailable, minAvailable },
  };
}

function serviceItem({ namespace, name, selector }: Service) {
  const labels = Object.fromEntries((selector?.requirements ?? []).map(({ key, values }) => [key, values[0]]));
  return { apiVersion: 'v1', kind: 'Service', metadata: { namespace, name }, spec: { selector: labels } };
}

function specOf({ containers, nodeSelector, affinity, tolerations, topologySpreadConstraints, terminationGracePeriodSeconds }: PodSpec) {
  return {
    containers: containers.map(containerOf),
    nodeSelector,
    affinity: affinityOf(affinity),
    tolerations,
    topologySpreadConstraints: topologySpreadConstraints.map(spreadOf),
    terminationGracePeriodSeconds,
  };
}

function containerOf({ name, image, imagePullPolicy, requests }: Container) {
  return { name, image, imagePullPolicy, resources: { requests: quantities(requests) } };
}

function affinityOf({ node, podAnti }: Affinity) {
  return {
    nodeAffinity: {
      preferredDuringSchedulingIgnoredDuringExecution: node.preferred.map(({ weight, term }) => ({ weight, preference: nodeTermOf(term) })),
    },
    podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: podAnti.required.map(podTermOf) },
  };
}

function nodeTermOf({ matchExpressions }: NodeSelectorTerm) {
  return { matchExpressions };
}

function podTermOf({ labelSelector, topologyKey }: PodAffinityTerm) {
  return { labelSelector: labelSelector && selectorOf(labelSelector), topologyKey };
}

function spreadOf({ maxSkew, topologyKey, whenUnsatisfiable, labelSelector }: TopologySpreadConstraint) {
  return { maxSkew, topologyKey, whenUnsatisfiable, labelSelector: labelSelector && selectorOf(labelSelector) };
}

function selectorOf({ requirements }: LabelSelector) {
  return { matchExpressions: requirements };
}

function quantities(list: ResourceList) {
  return Object.fromEntries(Object.entries(list).map(([name, amount]) => [name, name === 'cpu' ? `${amount}m` : String(amount)]));
}

function uidOf(kind: string, name: string): string {
  return `${kind}-${name}`;
}
