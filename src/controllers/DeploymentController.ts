import type { Cluster } from '../cluster/Cluster.ts';
import type { ChangeHandlers, ClusterListener } from '../cluster/ClusterChange.ts';
import type { KubernetesVersion } from '../cluster/KubernetesVersion.ts';
import type { Pod } from '../cluster/Pod.ts';
import type { PodClass } from '../cluster/PodClass.ts';
import { type Deployment, type DeploymentSize, type ReplicaSet, type Workload, workloadKey } from '../cluster/Workload.ts';
import type { Simulation } from '../sim/Simulation.ts';
import type { Instant } from '../units.ts';
import { availableFrom, isActive } from './availability.ts';
import { sizeOf } from './fenceposts.ts';
import { firstReplicaSet } from './firstReplicaSet.ts';
import { NO_LATENCY } from './Latency.ts';
import { hashLabelOf, newReplicaSet, templateHash } from './newReplicaSet.ts';
import { type ControllerOptions, Reconciler } from './Reconciler.ts';
import { type Rescale, type Revision, rollingUpdate } from './rollingUpdate.ts';
import { isScalingEvent, type Revisions, type SizedRevision, scaleDeployment } from './scaleDeployment.ts';
import { wholeSecond } from './wholeSecond.ts';

export interface DeploymentControllerOptions extends ControllerOptions {
  readonly version?: KubernetesVersion;
  /** Wall clock of t = 0. Absent: a whole second. */
  readonly startEpochMilliseconds?: number;
}

/**
 * Scales the ReplicaSets of every Deployment; it never touches a pod.
 *
 * The newest ReplicaSet is the one with the highest revision, whatever its template, until the template of the Deployment changes; then it
 * is the one with that template. If there is none it is created, unless the Deployment is paused, in which case existing ReplicaSets are
 * only scaled.
 * @see kubernetes/kubernetes pkg/controller/deployment/deployment_controller.go
 */
export class DeploymentController implements ClusterListener {
  readonly on: ChangeHandlers = {
    workloadAdded: ({ workload }) => this.noteWorkload(workload),
    workloadUpdated: ({ workload, before }) => {
      this.noteTemplate(before, workload);
      this.noteWorkload(workload);
    },
    workloadRemoved: ({ workload }) => this.forget(workload),
  };
  /** It is alert while something is rolled out. */
  readonly onWhenAlert: ChangeHandlers = {
    podRunning: ({ pod }) => this.notePod(pod),
    podPhaseChanged: ({ pod }) => this.notePod(pod),
    podReadyChanged: ({ pod }) => this.notePod(pod),
    podTerminating: ({ pod }) => this.notePod(pod),
    podOwnerChanged: ({ pod }) => this.notePod(pod),
    podRemoved: ({ pod }) => this.notePod(pod),
  };
  private readonly sim: Simulation;
  private readonly cluster: Cluster;
  private readonly version: KubernetesVersion;
  private readonly startEpochMilliseconds: number;
  private readonly queue: Reconciler<string>;
  private readonly replicaSets = new Map<string, Set<string>>();
  private readonly rollingOut = new Set<string>();
  private readonly changedTemplates = new Map<string, string>();
  /**
   * The labels `pod-template-hash` of ReplicaSets that no longer exist, by the hash that their templates have here. A ReplicaSet with an
   * equal template gets the label again.
   */
  private readonly usedHashes = new Map<string, string | undefined>();
  /** How large each Deployment was at first: its ReplicaSets that say nothing of it were scaled for that. */
  private readonly firstSizes = new Map<string, DeploymentSize>();

  /** Reconciles everything that the cluster holds in this instant. */
  constructor({ sim, cluster, latency = NO_LATENCY, version = '1.34', startEpochMilliseconds = 0 }: DeploymentControllerOptions) {
    this.sim = sim;
    this.cluster = cluster;
    this.version = version;
    this.startEpochMilliseconds = startEpochMilliseconds;
    this.queue = new Reconciler(
      sim,
      (key) => this.reconcile(key),
      (entity) => latency('deployment', entity),
    );
    for (const workload of cluster.workloads.values()) this.noteWorkload(workload);
    for (const workload of cluster.workloads.values()) if (workload.kind === 'Deployment' && workload.paused) this.noteHeldBack(workload);
  }

  concerns({ owner }: PodClass): boolean {
    return owner?.kind === 'ReplicaSet';
  }

  private noteWorkload(workload: Workload): void {
    const key = deploymentKey(workload);
    if (key === undefined) return;
    if (workload.kind === 'ReplicaSet') this.namesOf(key).add(workloadKey(workload));
    if (workload.kind === 'Deployment' && !this.firstSizes.has(key)) this.firstSizes.set(key, sizeOf(workload));
    this.queue.request(key, key);
  }

  private noteTemplate(before: Workload, { kind, namespace, name, template }: Workload): void {
    if (kind !== 'Deployment' || before.template === template) return;
    const hash = templateHash(template);
    if (templateHash(before.template) !== hash) this.changedTemplates.set(workloadKey({ kind, namespace, name }), hash);
  }

  /**
   * Notes a Deployment whose newest ReplicaSet has another template. To be called for paused ones only: the others have rolled theirs out,
   * so that a difference is only one of notation.
   */
  private noteHeldBack(deployment: Deployment): void {
    const key = workloadKey(deployment);
    const hash = templateHash(deployment.template);
    const { newest } = this.revisionsOf(key, deployment);
    if (newest && templateHash(newest.replicaSet.template) !== hash) this.changedTemplates.set(key, hash);
  }

  private forget(workload: Workload): void {
    const key = deploymentKey(workload);
    if (key === undefined) return;
    if (workload.kind === 'ReplicaSet') {
      this.namesOf(key).delete(workloadKey(workload));
      this.usedHashes.set(templateHash(workload.template), hashLabelOf(workload));
    }
    this.queue.request(key, key);
  }

  private notePod(pod: Pod): void {
    const replicaSet = this.cluster.ownerOf(pod);
    const key = replicaSet && deploymentKey(replicaSet);
    if (replicaSet?.kind !== 'ReplicaSet' || key === undefined || !this.rollingOut.has(key)) return;
    this.queue.request(key, key);
    const from = this.availableFrom(pod, replicaSet);
    if (from !== undefined && from > this.sim.now) this.queue.requestAt(key, key, from);
  }

  private namesOf(key: string): Set<string> {
    const known = this.replicaSets.get(key);
    if (known) return known;
    const names = new Set<string>();
    this.replicaSets.set(key, names);
    return names;
  }

  private reconcile(key: string): void {
    const deployment = this.cluster.workloads.get(key);
    if (deployment?.kind !== 'Deployment') {
      this.setSettled(key);
      return;
    }
    const revisions = this.revisionsOf(key, deployment);
    if (deployment.paused || isScalingEvent(deployment, revisions)) {
      this.apply(deployment, revisions, scaleDeployment(deployment, revisions));
    } else if (revisions.newest) this.apply(deployment, revisions, this.nextStep(deployment, revisions.newest, revisions.old));
    else this.start(deployment, revisions.old);
  }

  private apply(deployment: Deployment, revisions: Revisions, rescales: readonly Rescale[]): void {
    const key = workloadKey(deployment);
    for (const { replicaSet, replicas } of rescales) {
      this.cluster.updateWorkload({ ...replicaSet, replicas, scaledFor: sizeOf(deployment) });
    }
    if (rescales.length === 0 && isSettled(deployment, revisions)) this.setSettled(key);
    else this.setRollingOut(key);
  }

  private setRollingOut(key: string): void {
    this.rollingOut.add(key);
    this.cluster.alert(this);
  }

  private setSettled(key: string): void {
    this.rollingOut.delete(key);
    if (this.rollingOut.size === 0) this.cluster.calm(this);
  }

  /** Makes the ReplicaSet of the Deployment's template: with all replicas when it is the first. */
  private start(deployment: Deployment, old: readonly Revision[]): void {
    const revision = 1 + Math.max(0, ...old.map(({ replicaSet }) => replicaSet.revision));
    const hash = this.usedHashes.get(templateHash(deployment.template));
    const isFirst = old.length === 0;
    this.cluster.addWorkload(isFirst ? firstReplicaSet(deployment, hash) : newReplicaSet(deployment, { revision, replicas: 0, hash }));
  }

  private revisionsOf(key: string, deployment: Deployment): Revisions {
    const size = this.firstSizes.get(key) ?? sizeOf(deployment);
    const revisions = [...this.namesOf(key)].flatMap((name): SizedRevision[] => {
      const replicaSet = this.cluster.workloads.get(name);
      if (replicaSet?.kind !== 'ReplicaSet') return [];
      return [{ replicaSet, available: this.countAvailable(replicaSet), scaledFor: replicaSet.scaledFor ?? size }];
    });
    revisions.sort((a, b) => a.replicaSet.revision - b.replicaSet.revision || (a.replicaSet.name < b.replicaSet.name ? -1 : 1));
    const hash = this.changedTemplates.get(key);
    const newest = hash === undefined ? revisions.at(-1) : revisions.find(({ replicaSet }) => templateHash(replicaSet.template) === hash);
    return { newest, old: revisions.filter((revision) => revision !== newest) };
  }

  private countAvailable(replicaSet: ReplicaSet): number {
    let available = 0;
    for (const pod of this.cluster.podsOwnedBy(replicaSet)) {
      const from = this.availableFrom(pod, replicaSet);
      if (from !== undefined && from <= this.sim.now && isActive(pod)) available += 1;
    }
    return available;
  }

  /**
   * A pod has been Ready since the whole second that its condition names. 1.33 only looks again `minReadySeconds` after it saw the pod Ready.
   * @see kubernetes/kubernetes pkg/controller/replicaset/replica_set.go (syncReplicaSet), pull request 132121
   */
  private availableFrom(pod: Pod, { minReadySeconds }: ReplicaSet): Instant | undefined {
    const isExact = minReadySeconds === 0 || this.version === '1.33';
    return availableFrom(pod, minReadySeconds, isExact ? pod.readySince : wholeSecond(pod.readySince, this.startEpochMilliseconds));
  }

  private nextStep(deployment: Deployment, newest: Revision, old: readonly Revision[]): readonly Rescale[] {
    if (deployment.strategy.type === 'RollingUpdate') return rollingUpdate(deployment, newest, old);
    const running = old.filter(({ replicaSet }) => replicaSet.replicas > 0);
    if (running.length > 0) return running.flatMap(({ replicaSet }) => rescale(replicaSet, 0));
    return this.hasOldPods(old) ? [] : rescale(newest.replicaSet, deployment.replicas);
  }

  /** Recreate waits until the old pods are gone, not only until they are being deleted. */
  private hasOldPods(old: readonly Revision[]): boolean {
    return old.some(({ replicaSet }) => [...this.cluster.podsOwnedBy(replicaSet)].some((pod) => !pod.isFinished));
  }
}

/** Whether no pod can lead to another step. */
function isSettled({ replicas }: Deployment, { newest, old }: Revisions): boolean {
  return newest === undefined || (newest.replicaSet.replicas === replicas && old.every(({ replicaSet }) => replicaSet.replicas === 0));
}

function deploymentKey({ kind, namespace, name, owner }: Workload): string | undefined {
  if (kind === 'Deployment') return workloadKey({ kind, namespace, name });
  return kind === 'ReplicaSet' && owner?.kind === 'Deployment'
    ? workloadKey({ kind: 'Deployment', namespace, name: owner.name })
    : undefined;
}

function rescale(replicaSet: ReplicaSet, replicas: number): readonly Rescale[] {
  return replicaSet.replicas === replicas ? [] : [{ replicaSet, replicas }];
}
