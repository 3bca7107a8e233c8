import type { Cluster } from '../cluster/Cluster.ts';
import type { ChangeHandlers, ClusterListener } from '../cluster/ClusterChange.ts';
import type { KubernetesVersion } from '../cluster/KubernetesVersion.ts';
import type { Pod } from '../cluster/Pod.ts';
import type { PodClass } from '../cluster/PodClass.ts';
import { type StatefulSet, type Workload, workloadKey } from '../cluster/Workload.ts';
import type { Simulation } from '../sim/Simulation.ts';
import { deletePod } from './deletePod.ts';
import { NO_LATENCY } from './Latency.ts';
import { CLAIMS_ALL, orphansOf, PodClaims, selects } from './PodClaims.ts';
import { PodFactory } from './PodFactory.ts';
import { type ControllerOptions, Reconciler } from './Reconciler.ts';
import { StatefulAvailability } from './StatefulAvailability.ts';
import { claimVolumes, ensureClaims } from './statefulClaims.ts';
import { partitionOf, statefulUpdate } from './statefulUpdate.ts';
import { TemplateRevisions } from './TemplateRevisions.ts';

export interface StatefulSetOptions extends ControllerOptions {
  /** 1.34 when absent: `maxUnavailable` counts from 1.35 on. */
  readonly version?: KubernetesVersion;
  /** Wall clock of t = 0. Absent: a whole second. */
  readonly startEpochMilliseconds?: number;
}

/**
 * Keeps one pod of every ordinal of every StatefulSet, each under its own name.
 *
 * A pod comes back only when its old object is gone; with OrderedReady nothing is created while a lower ordinal is missing, ends or is
 * not yet available. A changed template is rolled out from the highest ordinal down.
 * @see kubernetes/kubernetes pkg/controller/statefulset/stateful_set_control.go (updateStatefulSet)
 */
export class StatefulSetController implements ClusterListener {
  readonly on: ChangeHandlers = {
    workloadAdded: ({ workload }) => {
      this.noteWorkload(workload);
      this.noteOrphans([workload]);
    },
    workloadUpdated: ({ workload, before }) => this.noteWorkload(workload, before),
    podGiven: ({ pod }) => this.noteOrphan(pod),
    podUpdated: ({ pod }) => this.noteOrphan(pod),
    podOwnerChanged: ({ pod }) => {
      this.noteOrphan(pod);
      this.notePod(pod);
    },
    podRunning: ({ pod }) => this.notePod(pod),
    podPhaseChanged: ({ pod }) => this.notePod(pod),
    podReadyChanged: ({ pod }) => this.notePod(pod),
    podRemoved: ({ pod }) => {
      this.remember(pod);
      this.notePod(pod);
    },
    storageChanged: ({ object }) => {
      if (object === 'claims') this.noteClaim();
    },
  };
  private readonly sim: Simulation;
  private readonly cluster: Cluster;
  private readonly factory: PodFactory;
  private readonly queue: Reconciler<string>;
  private readonly claims: PodClaims;
  private readonly waitingForClaims = new Set<string>();
  private readonly version: KubernetesVersion;
  private readonly revisions: TemplateRevisions;
  private readonly availability: StatefulAvailability;
  private readonly outdated = new Map<string, Pod>();

  /** Reconciles everything that the cluster holds in this instant. */
  constructor({ sim, cluster, latency = NO_LATENCY, version = '1.34', startEpochMilliseconds = 0 }: StatefulSetOptions) {
    this.sim = sim;
    this.cluster = cluster;
    this.version = version;
    this.revisions = new TemplateRevisions(cluster);
    this.availability = new StatefulAvailability({ cluster, version, startEpochMilliseconds });
    this.factory = new PodFactory({ sim, cluster });
    this.claims = new PodClaims(cluster, CLAIMS_ALL);
    this.queue = new Reconciler(
      sim,
      (key) => this.reconcile(key),
      (entity) => latency('statefulSet', entity),
    );
    for (const workload of cluster.workloads.values()) this.noteWorkload(workload);
    this.noteOrphans([...cluster.workloads.values()]);
  }

  concerns({ owner }: PodClass): boolean {
    return owner?.kind === 'StatefulSet';
  }

  private noteWorkload(workload: Workload, before?: Workload): void {
    if (workload.kind !== 'StatefulSet') return;
    this.revisions.note(workload, before);
    const key = workloadKey(workload);
    this.queue.request(key, key);
  }

  private notePod({ namespace, owner }: Pod): void {
    if (owner?.kind !== 'StatefulSet') return;
    const key = workloadKey({ kind: owner.kind, namespace, name: owner.name });
    this.queue.request(key, key);
  }

  private noteOrphans(workloads: readonly Workload[]): void {
    for (const pod of orphansOf(this.cluster, workloads.filter(isStatefulSet))) this.noteOrphan(pod);
  }

  /** A pod belongs to the set that it is named after. */
  private noteOrphan(pod: Pod): void {
    if (pod.owner) return;
    const { namespace, name, podClass } = pod;
    const key = workloadKey({ kind: 'StatefulSet', namespace, name: name.replace(ORDINAL, '') });
    const set = this.cluster.workloads.get(key);
    if (!set || !ORDINAL.test(name) || !selects(set, podClass)) return;
    this.claims.add(key, pod);
    this.queue.request(key, key);
  }

  /** A pod that comes back below the partition has the template that it had. */
  private remember(pod: Pod): void {
    const set = this.cluster.ownerOf(pod);
    if (set?.kind === 'StatefulSet' && !this.revisions.isCurrent(set, pod)) this.outdated.set(pod.key, pod);
  }

  private noteClaim(): void {
    for (const key of this.waitingForClaims) this.queue.request(key, key);
    this.waitingForClaims.clear();
  }

  private reconcile(key: string): void {
    const set = this.cluster.workloads.get(key);
    if (set?.kind !== 'StatefulSet') return;
    if (!this.claims.isEmpty) this.claims.settle(set);
    this.availability.note(set, this.sim.now);
    const isHealthy = set.podManagementPolicy === 'Parallel' ? this.fillAll(set) : this.fillInOrder(set);
    if (isHealthy && !this.shrink(set)) this.update(set);
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

  /** Takes the next step for one ordinal. @returns whether its pod is available and stays. */
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
    if (this.cluster.terminatingNamespaces.has(set.namespace)) return;
    if (!ensureClaims(this.cluster, set, name)) {
      this.waitingForClaims.add(workloadKey(set));
      return;
    }
    const volumes = claimVolumes(set, name);
    const old = this.outdated.get(`${set.namespace}/${name}`);
    const isKept = old !== undefined && ordinalOf(set, old) < partitionOf(set);
    const owner = isKept ? { ...set, template: old } : this.revisions.stamp(set);
    this.factory.create(owner, name, volumes.length === 0 ? undefined : { volumes });
  }

  private isAvailable(set: StatefulSet, pod: Pod): boolean {
    const from = this.availability.from(set, pod);
    if (from === undefined) return false;
    if (from <= this.sim.now) return true;
    const key = workloadKey(set);
    this.queue.requestAt(key, key, this.availability.noticedAt(set, from));
    return false;
  }

  /** Deletes pods beyond the replicas, highest ordinal first; in order, one at a time. @returns whether one has to be waited for. */
  private shrink(set: StatefulSet): boolean {
    const condemned = [...this.cluster.podsOwnedBy(set)]
      .filter((pod) => isBeyond(set, pod))
      .sort((a, b) => ordinalOf(set, b) - ordinalOf(set, a));
    if (set.podManagementPolicy === 'Parallel') {
      for (const pod of condemned) this.delete(pod);
      return false;
    }
    const [highest] = condemned;
    if (highest && this.mayGo(set, highest, condemned)) this.delete(highest);
    return highest !== undefined;
  }

  /**
   * Whether OrderedReady allows deleting the highest of the condemned pods: if it is available, or if it is the only unhealthy one. The
   * pods that remain are all available by then.
   * @see kubernetes/kubernetes pkg/controller/statefulset/stateful_set_control.go (processCondemned)
   */
  private mayGo(set: StatefulSet, highest: Pod, condemned: readonly Pod[]): boolean {
    const unavailable = condemned.filter((pod) => !this.isAvailable(set, pod));
    if (!unavailable.includes(highest)) return true;
    const unhealthy = this.version === '1.33' ? condemned.filter((pod) => !pod.ready) : unavailable;
    return condemned.findLast((pod) => pod.isTerminating || unhealthy.includes(pod)) === highest;
  }

  /** Deletes outdated pods that can go now. */
  private update(set: StatefulSet): void {
    const pods = [...this.cluster.podsOwnedBy(set)].filter((pod) => !isBeyond(set, pod));
    if (pods.every((pod) => this.revisions.isCurrent(set, pod))) return;
    const members = pods.map((pod) => ({
      pod,
      ordinal: ordinalOf(set, pod),
      isCurrent: this.revisions.isCurrent(set, pod),
      isAvailable: !pod.isTerminating && this.isAvailable(set, pod),
    }));
    for (const pod of statefulUpdate(set, members, this.version)) this.delete(pod);
  }

  private delete(pod: Pod): void {
    if (!pod.isTerminating) deletePod(this.cluster, pod, { now: this.sim.now, cause: 'Delete' });
  }
}

const ORDINAL = /-\d+$/;

function isStatefulSet({ kind }: Workload): boolean {
  return kind === 'StatefulSet';
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
