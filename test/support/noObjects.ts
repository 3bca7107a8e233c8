import type { ClusterObjects } from '../../src/cluster/ClusterObjects.ts';

/** A cluster with nothing in it; spread it to give only some lists. */
export const NO_OBJECTS: ClusterObjects = {
  namespaces: [],
  nodes: [],
  workloads: [],
  cronJobs: [],
  pods: [],
  budgets: [],
  autoscalers: [],
  services: [],
  priorityClasses: [],
  persistentVolumes: [],
  claims: [],
  storageClasses: [],
  csiNodes: [],
  csiDrivers: [],
  attachments: [],
};
