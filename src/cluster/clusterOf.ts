import { Cluster } from './Cluster.ts';
import type { ClusterObjects } from './ClusterObjects.ts';
import type { ClusterOptions } from './ClusterOptions.ts';
import { ClusterPods } from './ClusterPods.ts';
import { Remembered } from './Remembered.ts';

/**
 * Builds a live cluster from what was given. Listeners that subscribe afterwards do not hear of these objects.
 *
 * All clusters built from the same objects share the layout of the pods; each cluster creates the pod objects that it needs.
 * @throws Error when two pods have one namespace and name.
 */
export function clusterOf(objects: ClusterObjects, options: ClusterOptions = {}): Cluster {
  const cluster = new Cluster(options, podsOf.of(objects).copy());
  for (const namespace of objects.namespaces) {
    cluster.namespaces.set(namespace.name, namespace);
    if (namespace.isTerminating) cluster.terminatingNamespaces.add(namespace.name);
  }
  for (const priorityClass of objects.priorityClasses) cluster.priorityClasses.set(priorityClass.name, priorityClass);
  for (const cronJob of objects.cronJobs) cluster.cronJobs.set(`${cronJob.namespace}/${cronJob.name}`, cronJob);
  for (const node of objects.nodes) cluster.addNode(node);
  for (const workload of objects.workloads) cluster.addWorkload(workload);
  for (const autoscaler of objects.autoscalers) cluster.autoscalers.set(`${autoscaler.namespace}/${autoscaler.name}`, autoscaler);
  for (const service of objects.services) cluster.addService(service);
  for (const budget of objects.budgets) cluster.addBudget(budget);
  for (const value of objects.persistentVolumes) cluster.putStorage('persistentVolumes', value.name, value);
  for (const value of objects.claims) cluster.putStorage('claims', `${value.namespace}/${value.name}`, value);
  for (const value of objects.storageClasses) cluster.putStorage('storageClasses', value.name, value);
  for (const value of objects.csiNodes) cluster.putStorage('csiNodes', value.name, value);
  for (const value of objects.csiDrivers) cluster.putStorage('csiDrivers', value.name, value);
  for (const value of objects.attachments) cluster.putStorage('attachments', value.name, value);
  return cluster;
}

/** The pods of a cluster in their initial state. */
const podsOf = new Remembered(({ nodes, pods }: ClusterObjects) => {
  const given = new ClusterPods();
  for (const { name } of nodes) given.holdingOn(name);
  given.give(pods);
  return given;
});
