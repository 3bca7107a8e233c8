import { toSeconds } from '../units.ts';
import type { Cluster } from './Cluster.ts';
import type { ClusterObjects } from './ClusterObjects.ts';
import { clusterOf } from './clusterOf.ts';
import type { Pod, PodDescription } from './Pod.ts';

/** An independent cluster with the present state of `cluster`, for trying things out. It has no listeners, and its pods have other uids. */
export function copyCluster(cluster: Cluster): Cluster {
  return clusterOf(objectsOf(cluster));
}

function objectsOf({
  namespaces,
  nodes,
  workloads,
  cronJobs,
  pods,
  budgets,
  autoscalers,
  services,
  priorityClasses,
  storage,
}: Cluster): ClusterObjects {
  return {
    namespaces: [...namespaces.values()],
    nodes: [...nodes.values()].map(({ description, labels, taints, unschedulable, allocatable, images, ready }) => {
      return { ...description, labels, taints, unschedulable, allocatable, images, ready };
    }),
    workloads: [...workloads.values()],
    cronJobs: [...cronJobs.values()],
    pods: [...pods.values()].map(describePod),
    budgets: [...budgets.values()].map(({ description, status }) => ({ ...description, status })),
    autoscalers: [...autoscalers.values()],
    services: [...services.values()],
    priorityClasses: [...priorityClasses.values()],
    persistentVolumes: [...storage.persistentVolumes.values()],
    claims: [...storage.claims.values()],
    storageClasses: [...storage.storageClasses.values()],
    csiNodes: [...storage.csiNodes.values()],
    csiDrivers: [...storage.csiDrivers.values()],
    attachments: [...storage.attachments.values()],
  };
}

/** The present state of `pod` as a description: a cluster makes another pod of the same age from it. */
export function describePod(pod: Pod): PodDescription {
  return {
    namespace: pod.namespace,
    name: pod.name,
    labels: pod.labels,
    annotations: pod.annotations,
    owner: pod.owner,
    spec: pod.spec,
    nodeName: pod.nodeName,
    nominatedNodeName: pod.nominatedNodeName,
    phase: pod.phase,
    ready: pod.ready,
    createdAt: pod.createdAt,
    startDelaySeconds: pod.boundAt === undefined ? undefined : toSeconds(pod.boundAt) - toSeconds(pod.createdAt),
    termination: pod.termination,
  };
}
