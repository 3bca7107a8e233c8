import { Cluster } from './Cluster.ts';
import type { ClusterObjects } from './ClusterObjects.ts';
import type { ClusterOptions } from './ClusterOptions.ts';
import { ClusterPods } from './ClusterPods.ts';
import { RememberedAgain } from './Remembered.ts';

/**
 * Builds a live cluster from what was given. Listeners that subscribe afterwards see none of it being added.
 *
 * From the second cluster of the same objects on, its pods are copies of ones that were put in their places once.
 */
export function clusterOf(objects: ClusterObjects, options: ClusterOptions = {}): Cluster {
  const pods = podsOf.of(objects);
  const cluster = new Cluster(options, pods?.copy());
  for (const namespace of objects.namespaces) cluster.namespaces.set(namespace.name, namespace);
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
  if (!pods) cluster.addPods(objects.pods);
  return cluster;
}

/** The pods of a cluster before anything has befallen them. */
const podsOf = new RememberedAgain(({ nodes, pods }: Pick<ClusterObjects, 'nodes' | 'pods'>) => {
  const given = new ClusterPods();
  for (const { name } of nodes) given.holdingOn(name);
  given.createAll(pods);
  return given;
});
