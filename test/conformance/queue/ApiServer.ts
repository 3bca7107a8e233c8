import type { Cluster } from '../../../src/cluster/Cluster.ts';
import type { ClusterObjects } from '../../../src/cluster/ClusterObjects.ts';
import { clusterOf } from '../../../src/cluster/clusterOf.ts';
import type { KubernetesVersion } from '../../../src/cluster/KubernetesVersion.ts';
import { readObjects } from '../../../src/scenario/kubernetes/readObjects.ts';
import type { Instant } from '../../../src/units.ts';
import type { RecordedObject, RecordedTarget } from './QueueTrace.ts';

/** Does to a cluster what a recording did to an API server: it keeps the objects as they were written and tells the cluster each change. */
export class ApiServer {
  readonly cluster: Cluster;
  private readonly version: KubernetesVersion;
  private readonly stored = new Map<string, RecordedObject>();

  constructor(objects: readonly RecordedObject[], version: KubernetesVersion) {
    this.version = version;
    for (const object of objects) this.stored.set(keyOf(object.kind, object.metadata), object);
    this.cluster = clusterOf(this.read(objects));
  }

  create(object: RecordedObject, now: Instant): void {
    this.stored.set(keyOf(object.kind, object.metadata), object);
    const { cluster } = this;
    const read = this.readOne(object);
    for (const node of read.nodes) cluster.addNode(node);
    for (const workload of read.workloads) cluster.addWorkload(workload);
    for (const budget of read.budgets) cluster.addBudget(budget);
    this.putOthers(read);
    for (const pod of read.pods) cluster.addPod({ ...pod, createdAt: now });
  }

  /** Applies a JSON merge patch. */
  patch(target: RecordedTarget, patch: Readonly<Record<string, unknown>>): void {
    for (const name of namesOf(target)) {
      const key = keyOf(target.kind, { ...target, name });
      const merged = merge(this.stored.get(key), patch) as RecordedObject;
      this.stored.set(key, merged);
      this.update(this.readOne(merged));
    }
  }

  /** Removes the objects at once. */
  delete(target: RecordedTarget): void {
    for (const name of namesOf(target)) {
      this.stored.delete(keyOf(target.kind, { ...target, name }));
      this.remove(target, name);
    }
  }

  /** Gives a bound pod its deletion time and nothing more; a pod without a node goes at once. */
  deleteGracefully(target: RecordedTarget, now: Instant): void {
    for (const name of namesOf(target)) {
      const pod = this.cluster.pods.get(`${target.namespace ?? 'default'}/${name}`);
      if (pod?.nodeName === undefined) this.delete({ ...target, name, names: [] });
      else this.cluster.terminatePod(pod, { requestedAt: now, gracePeriodSeconds: 30, cause: 'Delete' });
    }
  }

  private update(read: ClusterObjects): void {
    for (const { name, labels, taints, unschedulable, allocatable, images, ready } of read.nodes) {
      const node = this.cluster.nodes.get(name);
      if (node) this.cluster.updateNode(node, { labels, taints, unschedulable, allocatable, images, ready });
    }
    for (const { namespace, name, labels, spec, phase } of read.pods) {
      const pod = this.cluster.pods.get(`${namespace}/${name}`);
      if (!pod) continue;
      this.cluster.updatePod(pod, { labels, spec });
      if (phase === 'Succeeded' || phase === 'Failed') this.cluster.setPodPhase(pod, phase);
    }
    for (const workload of read.workloads) this.cluster.updateWorkload(workload);
    for (const description of read.budgets) {
      const budget = this.cluster.budgets.get(`${description.namespace}/${description.name}`);
      if (budget) this.cluster.updateBudget(budget, description);
    }
    this.putOthers(read);
  }

  /** Puts the objects that are not told from new ones when they change. */
  private putOthers(read: ClusterObjects): void {
    for (const value of read.namespaces) this.cluster.namespaces.set(value.name, value);
    for (const value of read.services) this.cluster.addService(value);
    for (const value of read.storageClasses) this.cluster.putStorage('storageClasses', value.name, value);
    for (const value of read.persistentVolumes) this.cluster.putStorage('persistentVolumes', value.name, value);
    for (const value of read.claims) this.cluster.putStorage('claims', `${value.namespace}/${value.name}`, value);
    for (const value of read.csiNodes) this.cluster.putStorage('csiNodes', value.name, value);
    for (const value of read.attachments) this.cluster.putStorage('attachments', value.name, value);
  }

  private remove({ kind, namespace = 'default' }: RecordedTarget, name: string): void {
    const { cluster } = this;
    const pod = kind === 'Pod' ? cluster.pods.get(`${namespace}/${name}`) : undefined;
    const node = kind === 'Node' ? cluster.nodes.get(name) : undefined;
    const budget = kind === 'PodDisruptionBudget' ? cluster.budgets.get(`${namespace}/${name}`) : undefined;
    const workload = cluster.workloads.get(`${kind}/${namespace}/${name}`);
    if (pod) cluster.removePod(pod);
    if (node) cluster.removeNode(node);
    if (budget) cluster.removeBudget(budget);
    if (workload) cluster.removeWorkload(workload);
    if (kind === 'Namespace') cluster.namespaces.delete(name);
    if (kind === 'PersistentVolume') cluster.removeStorage('persistentVolumes', name);
    if (kind === 'PersistentVolumeClaim') cluster.removeStorage('claims', `${namespace}/${name}`);
    if (kind === 'StorageClass') cluster.removeStorage('storageClasses', name);
    if (kind === 'CSINode') cluster.removeStorage('csiNodes', name);
    if (kind === 'VolumeAttachment') cluster.removeStorage('attachments', name);
  }

  private readOne(object: RecordedObject): ClusterObjects {
    const classes = [...this.stored.values()].filter(({ kind }) => kind === 'PriorityClass' && object.kind !== 'PriorityClass');
    return this.read([...classes, object]);
  }

  private read(objects: readonly RecordedObject[]): ClusterObjects {
    const located = objects.map((value) => ({ value, locate: () => ({ file: 'recording', line: 1, column: 1 }) }));
    const otherNodes = [...this.stored.values()].filter(({ kind }) => kind === 'Node').map(({ metadata }) => metadata.name);
    const read = readObjects(located, { start: 0, kubernetesVersion: this.version, otherNodes });
    if (read.faults.length > 0) throw new Error(read.faults.map(({ message }) => message).join('\n'));
    return read.objects;
  }
}

function keyOf(kind: string, { namespace = 'default', name }: { readonly namespace?: string; readonly name: string }): string {
  return `${kind}/${namespace}/${name}`;
}

function namesOf({ name, names = [] }: RecordedTarget): readonly string[] {
  return name === undefined ? names : [name, ...names];
}

/** @see RFC 7396 */
function merge(target: unknown, patch: unknown): unknown {
  if (!isRecord(patch)) return patch;
  const merged: Record<string, unknown> = isRecord(target) ? { ...target } : {};
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete merged[key];
    else merged[key] = merge(merged[key], value);
  }
  return merged;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
