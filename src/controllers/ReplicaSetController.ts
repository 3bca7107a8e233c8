import type { Cluster } from '../cluster/Cluster.ts';
import type { ChangeHandlers, ClusterListener } from '../cluster/ClusterChange.ts';
import { isEndPhase, type Pod, type PodPhase, type Termination } from '../cluster/Pod.ts';
import { ClassTable, type PodClass } from '../cluster/PodClass.ts';
import { type ReplicaSet, type Workload, workloadKey } from '../cluster/Workload.ts';
import type { Simulation } from '../sim/Simulation.ts';
import { isActive } from './availability.ts';
import { deletePod } from './deletePod.ts';
import { type Latency, NO_LATENCY } from './Latency.ts';
import { orphansOf, PodClaims, selects } from './PodClaims.ts';
import { PodFactory } from './PodFactory.ts';
import { PodSeries } from './PodSeries.ts';
import { pickVictims } from './pickVictims.ts';
import { type ControllerOptions, RECONCILIATION, Reconciler } from './Reconciler.ts';
import { type Ranked, Round, UNRANKED } from './Round.ts';
import { BURST, slowStart } from './slowStart.ts';
import { wholeSecond } from './wholeSecond.ts';

export interface ReplicaSetControllerOptions extends ControllerOptions {
  /** Wall clock of t = 0: API objects know the time to whole seconds only. Absent: a whole second. */
  readonly startEpochMilliseconds?: number;
}

/**
 * Keeps as many active pods of every ReplicaSet and ReplicationController as it asks for.
 *
 * A pod no longer counts from its deletion timestamp on, so its replacement is created at once, while the old one is still terminating.
 * @see kubernetes/kubernetes pkg/controller/replicaset/replica_set.go
 */
export class ReplicaSetController implements ClusterListener {
  readonly on: ChangeHandlers = {
    workloadAdded: ({ workload }) => {
      this.noteWorkload(workload);
      this.noteOrphans([workload]);
    },
    workloadUpdated: ({ workload }) => this.noteWorkload(workload),
    workloadRemoved: ({ workload }) => this.forgetWorkload(workload),
    podAdded: ({ pod }) => this.noteNew(pod),
    podTerminating: ({ pod, before }) => this.noteDeletion(pod, before),
    podLost: ({ pod }) => {
      if (!pod.isFinished) this.noteLoss(pod);
    },
    podPhaseChanged: ({ pod, before }) => {
      if (pod.isFinished) this.noteEnd(pod, before);
    },
    podUpdated: ({ pod, before }) => {
      if (pod.labels !== before.labels) this.noteLabels(pod);
    },
    podGiven: ({ pod }) => this.noteOrphan(pod),
    podOwnerChanged: ({ pod, before }) => {
      if (isActive(pod)) this.noteOwner(pod, before);
      this.noteOrphan(pod);
    },
  };
  private readonly sim: Simulation;
  private readonly cluster: Cluster;
  private readonly factory: PodFactory;
  private readonly latency: Latency;
  /** The reconciliations of this instant where reactions take no time, and those of later instants where they do. */
  private readonly round: Round<Replicas>;
  private readonly queue: Reconciler<Replicas>;
  private readonly known = new Map<string, Replicas>();
  private readonly ofClass = new ClassTable(({ ownerKey }) => this.replicasOf(ownerKey ?? ''));
  private readonly claims: PodClaims;
  private readonly startEpochMilliseconds: number;

  /** Reconciles everything that the cluster holds in this instant. */
  constructor({ sim, cluster, latency = NO_LATENCY, startEpochMilliseconds = 0 }: ReplicaSetControllerOptions) {
    this.sim = sim;
    this.cluster = cluster;
    this.startEpochMilliseconds = startEpochMilliseconds;
    this.factory = new PodFactory({ sim, cluster });
    this.claims = new PodClaims(cluster, { mayAdopt: isActive, mayRelease: isActive });
    this.latency = latency;
    const reconcile = (replicas: Replicas) => this.reconcile(replicas);
    this.round = new Round(sim, { name: RECONCILIATION, entity: 'ReplicaSet', takeTurn: reconcile });
    this.queue = new Reconciler(sim, reconcile, (entity) => latency('replicaSet', entity));
    for (const { podClass, active } of cluster.podCounts.census().tallies)
      if (this.concerns(podClass)) this.ofClass.of(podClass).active += active;
    for (const workload of cluster.workloads.values()) this.noteWorkload(workload);
    this.noteOrphans([...cluster.workloads.values()]);
  }

  concerns({ owner }: PodClass): boolean {
    return owner !== undefined && isReplicaSetKind(owner.kind);
  }

  private noteWorkload(workload: Workload): void {
    if (!isReplicaSet(workload)) return;
    const replicas = this.replicasOf(workloadKey(workload));
    replicas.of = workload;
    replicas.wanted = workload.replicas;
    replicas.series ??= new PodSeries(workload);
    replicas.mayCreate = !this.cluster.terminatingNamespaces.has(workload.namespace);
    this.request(replicas);
  }

  private forgetWorkload(workload: Workload): void {
    if (isReplicaSet(workload)) this.replicasOf(workloadKey(workload)).of = undefined;
  }

  private noteNew(pod: Pod): void {
    if (isActive(pod)) this.ofClass.of(pod.podClass).active += 1;
  }

  private noteDeletion(pod: Pod, before: Termination | undefined): void {
    if (before || pod.isFinished) this.look(pod);
    else this.noteLoss(pod);
  }

  private noteEnd(pod: Pod, before: PodPhase): void {
    if (pod.isTerminating || isEndPhase(before)) this.look(pod);
    else this.noteLoss(pod);
  }

  /** `pod` was active until now. */
  private noteLoss({ podClass }: Pod): void {
    const replicas = this.ofClass.of(podClass);
    replicas.active -= 1;
    this.request(replicas);
  }

  /** An active pod was of the class `before` until now. */
  private noteOwner({ podClass }: Pod, before: PodClass): void {
    if (this.concerns(before)) this.ofClass.of(before).active -= 1;
    if (this.concerns(podClass)) this.ofClass.of(podClass).active += 1;
  }

  private noteLabels(pod: Pod): void {
    if (this.concerns(pod.podClass)) this.claimLater(this.ofClass.of(pod.podClass), pod);
    else this.noteOrphan(pod);
  }

  private noteOrphans(workloads: readonly Workload[]): void {
    for (const pod of orphansOf(this.cluster, workloads.filter(isReplicaSet))) this.noteOrphan(pod);
  }

  /** Few pods have no owner, so that nothing is kept of who may adopt them. */
  private noteOrphan(pod: Pod): void {
    if (pod.owner || !isActive(pod)) return;
    for (const replicas of this.known.values()) if (replicas.of && selects(replicas.of, pod.podClass)) this.claimLater(replicas, pod);
  }

  private claimLater(replicas: Replicas, pod: Pod): void {
    this.claims.add(replicas.key, pod);
    this.request(replicas);
  }

  private look({ podClass }: Pod): void {
    this.request(this.ofClass.of(podClass));
  }

  private request(replicas: Replicas): void {
    if (this.latency === NO_LATENCY) this.round.add(replicas);
    else this.queue.request(replicas.key, replicas);
  }

  private replicasOf(key: string): Replicas {
    const known = this.known.get(key);
    if (known) return known;
    const replicas = new Replicas(key);
    this.known.set(key, replicas);
    return replicas;
  }

  /**
   * Brings the pods of a ReplicaSet to the number it asks for. Most rounds create or delete one pod. That needs no batches and nothing from
   * the ReplicaSet itself, which is then not even fetched from memory.
   */
  private reconcile(replicas: Replicas): void {
    const { of: replicaSet, series } = replicas;
    if (replicaSet === undefined || series === undefined) return;
    if (!this.claims.isEmpty) this.claims.settle(replicaSet);
    const missing = replicas.wanted - replicas.active;
    if (missing < 0) this.delete(replicaSet, -missing);
    else if (!replicas.mayCreate) return;
    else if (missing === 1) this.factory.createIn(series, replicaSet);
    else if (missing > 1) slowStart(missing, () => this.factory.createIn(series, replicaSet).exists);
    if (missing > BURST) this.request(replicas);
  }

  private delete(replicaSet: ReplicaSet, count: number): void {
    const now = this.sim.now;
    const active = [...this.cluster.podsOwnedBy(replicaSet)].filter(isActive);
    const lot = (pod: Pod) => this.sim.stream('victim', pod.key).next();
    for (const pod of pickVictims(this.cluster, active, { count, now, lot, stamp: (at) => wholeSecond(at, this.startEpochMilliseconds) })) {
      deletePod(this.cluster, pod, { now, cause: 'Delete' });
    }
  }
}

/** What is kept of one ReplicaSet, whether it is there or only has pods. */
class Replicas implements Ranked {
  rank = UNRANKED;
  /** How many active pods it has, counted as they come and go. */
  active = 0;
  /** How many it asks for: what the rest of it is needed for is rare. */
  wanted = 0;
  /** As it stands now, undefined while it is not in the cluster. */
  of: ReplicaSet | undefined = undefined;
  /** The pods that are made for it. */
  series: PodSeries | undefined = undefined;
  /** Its namespace is not being deleted. */
  mayCreate = true;
  readonly key: string;

  constructor(key: string) {
    this.key = key;
  }
}

function isReplicaSet(workload: Workload): workload is ReplicaSet {
  return isReplicaSetKind(workload.kind);
}

function isReplicaSetKind(kind: string): boolean {
  return kind === 'ReplicaSet' || kind === 'ReplicationController';
}
