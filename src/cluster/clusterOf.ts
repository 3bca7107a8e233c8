import { Cluster, type ClusterOptions } from './Cluster.ts';
import type { ClusterObjects } from './ClusterObjects.ts';

/** Builds a live cluster from what was given. Listeners that subscribe afterwards see none of it being added. */
export function clusterOf(objects: ClusterObjects, options: ClusterOptions = {}): Cluster {
  const cluster = new Cluster(options);
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
  cluster.addPods(objects.pods);
  return cluster;
}
