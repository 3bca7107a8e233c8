import type { Cluster } from '../cluster/Cluster.ts';
import type { ClusterObjects } from '../cluster/ClusterObjects.ts';
import type { Node } from '../cluster/Node.ts';
import { cordonTaints, type Taint } from '../cluster/Taint.ts';
import { workloadKey } from '../cluster/Workload.ts';
import { deletePod } from '../controllers/deletePod.ts';
import type { Disturbance, MachineFault, NodeChange } from '../scenario/Scenario.ts';
import type { Instant } from '../units.ts';

/** Applies a change from outside to the objects of the cluster; those that no longer exist are ignored. */
export function disturb(cluster: Cluster, disturbance: Exclude<Disturbance, MachineFault>, now: Instant): void {
  switch (disturbance.kind) {
    case 'deleteNode': {
      const node = cluster.nodes.get(disturbance.node);
      if (node) cluster.removeNode(node);
      return;
    }
    case 'deletePod': {
      const pod = cluster.pods.get(disturbance.pod);
      if (pod) deletePod(cluster, pod, { now, cause: 'Delete' });
      return;
    }
    case 'scale': {
      const workload = cluster.workloads.get(disturbance.workload);
      if (workload && 'replicas' in workload) cluster.updateWorkload({ ...workload, replicas: disturbance.replicas });
      return;
    }
    case 'change': {
      const workload = cluster.workloads.get(workloadKey(disturbance.workload));
      const live = workload && 'replicas' in workload ? { replicas: disturbance.replicas ?? workload.replicas } : {};
      if (workload) cluster.updateWorkload({ ...disturbance.workload, ...live });
      return;
    }
    case 'changeBudget': {
      const budget = cluster.budgets.get(`${disturbance.budget.namespace}/${disturbance.budget.name}`);
      if (budget) cluster.updateBudget(budget, { ...disturbance.budget, generation: budget.generation + 1 });
      return;
    }
    case 'changeNode': {
      const node = cluster.nodes.get(disturbance.node);
      if (node) changeNode(cluster, node, disturbance.change);
      return;
    }
    case 'editNodes':
      for (const name of disturbance.nodes) editNode(cluster, cluster.nodes.get(name), disturbance);
      return;
    case 'create':
      create(cluster, disturbance.objects);
      return;
  }
}

/** Taints that replace those of a cordoned node do not remove the taint of the cordon. */
function changeNode(cluster: Cluster, node: Node, { unschedulable = node.unschedulable, ...change }: NodeChange): void {
  cluster.updateNode(node, change);
  if (unschedulable) cluster.cordon(node);
  else cluster.uncordon(node);
  if (change.taints) cluster.updateNode(node, { taints: cordonTaints(node.taints, node.unschedulable) });
}

/** Labels of the same key and taints of the same key and effect are replaced. */
function editNode(cluster: Cluster, node: Node | undefined, { labels, taints }: Required<Pick<NodeChange, 'labels' | 'taints'>>): void {
  if (!node) return;
  const isReplaced = ({ key, effect }: Taint) => taints.some((taint) => taint.key === key && taint.effect === effect);
  cluster.updateNode(node, {
    ...(Object.keys(labels).length > 0 ? { labels: { ...node.labels, ...labels } } : {}),
    ...(taints.length > 0 ? { taints: [...node.taints.filter((taint) => !isReplaced(taint)), ...taints] } : {}),
  });
}

/** Adds what has no object of its name yet. */
function create(cluster: Cluster, objects: ClusterObjects): void {
  for (const node of objects.nodes) if (!cluster.nodes.has(node.name)) cluster.addNode(node);
  for (const workload of objects.workloads) if (!cluster.workloads.has(workloadKey(workload))) cluster.addWorkload(workload);
  for (const budget of objects.budgets) if (!cluster.budgets.has(`${budget.namespace}/${budget.name}`)) cluster.addBudget(budget);
  for (const service of objects.services) cluster.addService(service);
  for (const claim of objects.claims) cluster.putStorage('claims', `${claim.namespace}/${claim.name}`, claim);
  for (const volume of objects.persistentVolumes) cluster.putStorage('persistentVolumes', volume.name, volume);
  for (const pod of objects.pods) if (!cluster.pods.has(`${pod.namespace}/${pod.name}`)) cluster.addPod(pod);
}
