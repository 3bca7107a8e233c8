import type { Cluster } from '../cluster/Cluster.ts';
import type { ClusterChange } from '../cluster/ClusterChange.ts';
import type { Pod } from '../cluster/Pod.ts';
import { type StatefulSet, type Workload, workloadKey } from '../cluster/Workload.ts';
import type { Simulation } from '../sim/Simulation.ts';
import { availableFrom } from './availability.ts';
import { deletePod } from './deletePod.ts';
import { NO_LATENCY } from './Latency.ts';
import { PodFactory } from './PodFactory.ts';
import { type ControllerOptions, Reconciler } from './Reconciler.ts';
import { claimVolumes, ensureClaims } from './statefulClaims.ts';

/**
 * Keeps one pod of every ordinal of every StatefulSet, each under its own name.
 *
 * A pod comes back only when its old object is gone; with OrderedReady nothing is created while a lower ordinal is missing, ends or is
 * not yet available. Rolling updates of the template are not modelled.
 * @see kubernetes/kubernetes pkg/controller/statefulset/stateful_set_control.go (updateStatefulSet)
 */
export class StatefulSetController {
  private readonly sim: Simulation;
  private readonly cluster: Cluster;
  private readonly factory: PodFactory;
  private readonly queue: Reconciler<string>;
  private readonly waitingForClaims = new Set<string>();

  /** Reconciles everything that the cluster holds in this instant. */
  constructor({ sim, cluster, latency = NO_LATENCY }: ControllerOptions) {
    this.sim = sim;
    this.cluster = cluster;
    this.factory = new PodFactory({ sim, cluster });
    this.queue = new Reconciler(
      sim,
      (key) => this.reconcile(key),
      (entity) => latency('statefulSet', entity),
    );
    for (const workload of cluster.workloads.values()) this.noteWorkload(workload);
  }

  onChange(change: ClusterChange): void {
    switch (change.kind) {
      case 'workloadAdded':
      case 'workloadUpdated':
        this.noteWorkload(change.workload);
        break;
      case 'podPhaseChanged':
      case 'podReadyChanged':
      case 'podRemoved':
        this.notePod(change.pod);
        break;
      case 'storageChanged':
        if (change.object === 'claims') this.noteClaim();
        break;
    }
  }

  private noteWorkload(workload: Workload): void {
    if (workload.kind !== 'StatefulSet') return;
    const key = workloadKey(workload);
    this.queue.request(key, key);
  }

  private notePod({ namespace, owner }: Pod): void {
    if (owner?.kind !== 'StatefulSet') return;
    const key = workloadKey({ kind: owner.kind, namespace, name: owner.name });
    this.queue.request(key, key);
  }

  private noteClaim(): void {
    for (const key of this.waitingForClaims) this.queue.request(key, key);
    this.waitingForClaims.clear();
  }

  private reconcile(key: string): void {
    const set = this.cluster.workloads.get(key);
    if (set?.kind !== 'StatefulSet') return;
    const isHealthy = set.podManagementPolicy === 'Parallel' ? this.fillAll(set) : this.fillInOrder(set);
    if (isHealthy) this.shrink(set);
  }

  private fillAll(set: StatefulSet): true {
    for (const name of podNames(set)) this.advance(set, name);
    return true;
  }

  /** Goes up the ordinals and stops at the first pod that is not available. @returns whether all of them are. */
  private fillInOrder(set: StatefulSet): boolean {
    for (const name of podNames(set)) if (!this.advance(set, name)) return false;
    return true;
  }

  /** Does the next thing for one ordinal. @returns whether its pod is available and stays. */
  private advance(set: StatefulSet, name: string): boolean {
    const pod = this.cluster.pods.get(`${set.namespace}/${name}`);
    if (!pod) {
      this.create(set, name);
      return false;
    }
    if (pod.isFinished) {
      deletePod(this.cluster, pod, { now: this.sim.now, cause: 'Delete' });
      return false;
    }
    if (pod.isTerminating) return false;
    return this.isAvailable(set, pod);
  }

  private create(set: StatefulSet, name: string): void {
    if (!ensureClaims(this.cluster, set, name)) {
      this.waitingForClaims.add(workloadKey(set));
      return;
    }
    const volumes = claimVolumes(set, name);
    this.factory.create(set, name, volumes.length === 0 ? undefined : { volumes });
  }

  private isAvailable(set: StatefulSet, pod: Pod): boolean {
    const from = availableFrom(pod, set.minReadySeconds);
    if (from === undefined) return false;
    if (from <= this.sim.now) return true;
    const key = workloadKey(set);
    if (set.podManagementPolicy === 'OrderedReady') this.queue.requestAt(key, key, from);
    return false;
  }

  /** Deletes pods beyond the replicas, highest ordinal first; in order, one at a time. */
  private shrink(set: StatefulSet): void {
    const condemned = [...this.cluster.podsOwnedBy(set)]
      .filter((pod) => isBeyond(set, pod))
      .sort((a, b) => ordinalOf(set, b) - ordinalOf(set, a));
    const victims = set.podManagementPolicy === 'Parallel' ? condemned : condemned.slice(0, 1);
    for (const pod of victims) {
      if (!pod.isTerminating) deletePod(this.cluster, pod, { now: this.sim.now, cause: 'Delete' });
    }
  }
}

function* podNames({ name, firstOrdinal, replicas }: StatefulSet): Generator<string> {
  for (let ordinal = firstOrdinal; ordinal < firstOrdinal + replicas; ordinal += 1) yield `${name}-${ordinal}`;
}

function isBeyond(set: StatefulSet, pod: Pod): boolean {
  const ordinal = ordinalOf(set, pod);
  return ordinal < set.firstOrdinal || ordinal >= set.firstOrdinal + set.replicas;
}

function ordinalOf(set: StatefulSet, pod: Pod): number {
  return Number(pod.name.slice(set.name.length + 1));
}
