import type { Cluster } from '../cluster/Cluster.ts';
import type { ChangeHandlers, ClusterListener } from '../cluster/ClusterChange.ts';
import { selectorMatches } from '../cluster/LabelSelector.ts';
import { isEndPhase, type Pod, type PodPhase, type Termination } from '../cluster/Pod.ts';
import { ClassTable, type PodClass } from '../cluster/PodClass.ts';
import { type ReplicaSet, type Workload, workloadKey } from '../cluster/Workload.ts';
import type { Simulation } from '../sim/Simulation.ts';
import { type Instant, instant, seconds } from '../units.ts';
import { isActive } from './availability.ts';
import { deletePod } from './deletePod.ts';
import { type Latency, NO_LATENCY } from './Latency.ts';
import { PodFactory } from './PodFactory.ts';
import { PodSeries } from './PodSeries.ts';
import { pickVictims } from './pickVictims.ts';
import { type ControllerOptions, RECONCILIATION, Reconciler } from './Reconciler.ts';
import { type Ranked, Round, UNRANKED } from './Round.ts';
import { BURST, slowStart } from './slowStart.ts';

const SECOND = seconds(1);

export interface ReplicaSetControllerOptions extends ControllerOptions {
  /** Wall clock of t = 0: API objects know the time to whole seconds only. Absent: a whole second. */
  readonly startEpochMilliseconds?: number;
}

/**
 * Keeps as many active pods of every ReplicaSet and ReplicationController as it asks for.
 *
 * A pod counts no more from its deletion timestamp on, so its replacement is created at once while the old one still ends.
 * @see kubernetes/kubernetes pkg/controller/replicaset/replica_set.go
 */
export class ReplicaSetController implements ClusterListener {
  readonly on: ChangeHandlers = {
    workloadAdded: ({ workload }) => {
      this.noteWorkload(workload);
      if (isReplicaSet(workload)) this.noteOrphans((podClass) => selects(workload, podClass));
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
  /** The pods that a ReplicaSet may have to adopt or to release. */
  private readonly claims = new Map<Replicas, Set<Pod>>();
  private readonly startEpochMilliseconds: number;

  /** Reconciles everything that the cluster holds in this instant. */
  constructor({ sim, cluster, latency = NO_LATENCY, startEpochMilliseconds = 0 }: ReplicaSetControllerOptions) {
    this.sim = sim;
    this.cluster = cluster;
    this.startEpochMilliseconds = startEpochMilliseconds;
    this.factory = new PodFactory({ sim, cluster });
    this.latency = latency;
    const reconcile = (replicas: Replicas) => this.reconcile(replicas);
    this.round = new Round(sim, { name: RECONCILIATION, entity: 'ReplicaSet', takeTurn: reconcile });
    this.queue = new Reconciler(sim, reconcile, (entity) => latency('replicaSet', entity));
    for (const { podClass, active } of cluster.podCounts.census().tallies)
      if (this.concerns(podClass)) this.ofClass.of(podClass).active += active;
    for (const workload of cluster.workloads.values()) this.noteWorkload(workload);
    this.noteOrphans((podClass) => this.selecting(podClass).length > 0);
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

  /** Lets ReplicaSets look at the ownerless pods of the classes that `holds` is true of. */
  private noteOrphans(holds: (podClass: PodClass) => boolean): void {
    for (const pod of this.cluster.podsOfClasses((podClass) => podClass.owner === undefined && holds(podClass))) this.noteOrphan(pod);
  }

  private noteOrphan(pod: Pod): void {
    if (pod.owner === undefined && isActive(pod)) for (const replicas of this.selecting(pod.podClass)) this.claimLater(replicas, pod);
  }

  /** The ReplicaSets whose selector holds for pods of a class. Few pods have no owner, so that nothing is kept for this. */
  private selecting(podClass: PodClass): readonly Replicas[] {
    return [...this.known.values()].filter(({ of }) => of !== undefined && selects(of, podClass));
  }

  private claimLater(replicas: Replicas, pod: Pod): void {
    const pods = this.claims.get(replicas) ?? new Set<Pod>();
    this.claims.set(replicas, pods.add(pod));
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
   * Brings the pods of a ReplicaSet to what it asks for. Most rounds are about one pod, which needs no batches, and nothing of the ReplicaSet
   * itself: it is not even fetched from memory.
   */
  private reconcile(replicas: Replicas): void {
    const { of: replicaSet, series } = replicas;
    if (replicaSet === undefined || series === undefined) return;
    if (this.claims.size > 0) this.claim(replicas, replicaSet, series);
    const missing = replicas.wanted - replicas.active;
    if (missing < 0) this.delete(replicaSet, -missing);
    else if (missing === 1) this.factory.createIn(series, replicaSet);
    else if (missing > 1) slowStart(missing, () => this.factory.createIn(series, replicaSet).exists);
    if (missing > BURST) this.request(replicas);
  }

  private delete(replicaSet: ReplicaSet, count: number): void {
    const now = this.sim.now;
    const active = [...this.cluster.podsOwnedBy(replicaSet)].filter(isActive);
    const lot = (pod: Pod) => this.sim.stream('victim', pod.key).next();
    for (const pod of pickVictims(this.cluster, active, { count, now, lot, stamp: (at) => this.stamp(at) })) {
      deletePod(this.cluster, pod, { now, cause: 'Delete' });
    }
  }

  /** The whole second of the wall clock in which `at` lies. */
  private stamp(at: Instant): Instant {
    const start = this.startEpochMilliseconds;
    return instant(Math.floor((start + at) / SECOND) * SECOND - start);
  }

  /**
   * Adopts active pods without an owner that the selector holds for, and lets go of own pods that it holds for no more.
   * @see kubernetes/kubernetes pkg/controller/controller_ref_manager.go (ClaimPods)
   */
  private claim(replicas: Replicas, replicaSet: ReplicaSet, { owner }: PodSeries): void {
    for (const pod of this.claims.get(replicas) ?? []) {
      const isWanted = selects(replicaSet, pod.podClass);
      if (!pod.exists) continue;
      if (pod.podClass.ownerKey === replicas.key && !isWanted) this.cluster.setPodOwner(pod, undefined);
      else if (!pod.owner && isWanted && isActive(pod)) this.cluster.setPodOwner(pod, owner);
    }
    this.claims.delete(replicas);
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

/** Whether the selector of `replicaSet` holds for pods of a class; an empty one holds for none. */
function selects({ namespace, selector }: ReplicaSet, podClass: PodClass): boolean {
  return namespace === podClass.namespace && selector.requirements.length > 0 && selectorMatches(selector, podClass.labels);
}
