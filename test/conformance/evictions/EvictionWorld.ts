import type { Cluster } from '../../../src/cluster/Cluster.ts';
import type { ClusterListener } from '../../../src/cluster/ClusterChange.ts';
import type { ClusterObjects } from '../../../src/cluster/ClusterObjects.ts';
import { clusterOf } from '../../../src/cluster/clusterOf.ts';
import type { DisruptionBudgetDescription } from '../../../src/cluster/DisruptionBudget.ts';
import type { Pod } from '../../../src/cluster/Pod.ts';
import type { Deployment, ReplicaSet } from '../../../src/cluster/Workload.ts';
import { DaemonSetController } from '../../../src/controllers/DaemonSetController.ts';
import { DeploymentController } from '../../../src/controllers/DeploymentController.ts';
import { DisruptionController } from '../../../src/controllers/DisruptionController.ts';
import { deletePod, endDeletion } from '../../../src/controllers/deletePod.ts';
import { evict, type Preconditions } from '../../../src/controllers/evict.ts';
import type { EvictionResponse } from '../../../src/controllers/evictionResponse.ts';
import { firstReplicaSet } from '../../../src/controllers/firstReplicaSet.ts';
import { JobController } from '../../../src/controllers/JobController.ts';
import { ReplicaSetController } from '../../../src/controllers/ReplicaSetController.ts';
import { StatefulSetController } from '../../../src/controllers/StatefulSetController.ts';
import { Simulation } from '../../../src/sim/Simulation.ts';
import { after, type Duration, seconds } from '../../../src/units.ts';
import { aPod, podOutside } from '../../support/builders.ts';
import type { Action, EvictionTrace, PodLine, Response, Step } from './EvictionTrace.ts';
import { PodPairs } from './PodPairs.ts';
import { merge, TraceObjects } from './TraceObjects.ts';

/** How long a step lasts: the recording looked when nothing had changed for 0.6 s. */
const STEP = seconds(1.5);

const ACTIONS: readonly string[] = [
  'create',
  'delete',
  'deleteObject',
  'evict',
  'evictTogether',
  'evictTwice',
  'finish',
  'patch',
  'podsBecomeReady',
  'podsExit',
  'setReady',
  'wait',
];

/** The simulated namespace of one recording. Nodes are chosen and containers started as recorded; everything else is the model's. */
export class EvictionWorld {
  readonly cluster: Cluster;
  readonly pairs: PodPairs;
  private before: readonly PodLine[] = [];
  private readonly sim = new Simulation('evictions');
  private readonly objects: TraceObjects;

  constructor(trace: EvictionTrace) {
    this.objects = new TraceObjects(trace);
    this.cluster = clusterOf(this.objects.read(nodesOf(trace)));
    this.pairs = new PodPairs(this.cluster);
    const { sim, cluster } = this;
    const handlers: readonly ClusterListener[] = [
      new DisruptionController({ sim, cluster }),
      new DeploymentController({ sim, cluster }),
      new ReplicaSetController({ sim, cluster }),
      new StatefulSetController({ sim, cluster }),
      new DaemonSetController({ sim, cluster }),
      new JobController({ sim, cluster }),
    ];
    for (const handler of handlers) cluster.subscribe(handler);
    this.settle(trace.before.pods);
  }

  /** Does what the step did and lets everyone react. @returns the answers of evictions, in the order of the recording. */
  perform({ action, response, podsAfter }: Step): EvictionResponse[] {
    const answers = this.act(action, Array.isArray(response) ? response : []);
    this.settle(podsAfter);
    return answers;
  }

  private act(action: Action, recorded: readonly Response[]): EvictionResponse[] {
    const pods = (action.pods ?? (action.pod === undefined ? [] : [action.pod])).map((name) => this.pairs.podOf(name) ?? absentPod(name));
    if (!ACTIONS.includes(action.type)) throw new Error(`unknown action ${action.type}`);
    if (action.type === 'evictTwice') return pods.flatMap((pod) => [this.evict(pod, action), this.evict(pod, action)]);
    if (action.type === 'evict') return pods.map((pod) => this.evict(pod, action));
    if (action.type === 'evictTogether') return this.evictTogether(pods, recorded);
    for (const pod of pods) {
      this.changePod(pod, action);
      this.sim.run(this.sim.now);
    }
    if (action.type === 'wait') this.elapse(seconds(action.seconds ?? 0));
    if (action.type === 'create' && typeof action.object === 'object') this.add(this.objects.create(action.object));
    if (action.type === 'deleteObject') this.deleteObject(String(action.object), action.propagationPolicy ?? 'Background');
    if (action.type === 'patch') this.patch(String(action.object), action.patch ?? {});
    return [];
  }

  private evict(pod: Pod, action: Partial<Action>): EvictionResponse {
    const { gracePeriodSeconds, dryRun = [] } = action.deleteOptions ?? {};
    const isDryRun = dryRun.length > 0 || (action.query ?? '').includes('dryRun=All');
    return evict(this.cluster, pod, {
      now: this.sim.now,
      gracePeriodSeconds,
      dryRun: isDryRun ? 'All' : undefined,
      preconditions: preconditionsOf(pod, action),
    });
  }

  /**
   * Chance decides which of several wins and when a loser looks at the budget. Those win that won in the recording; a loser gets the
   * recorded answer if the budget passes through a state in which it would be given.
   */
  private evictTogether(pods: readonly Pod[], recorded: readonly Response[]): EvictionResponse[] {
    const answers = new Map<Pod, EvictionResponse>();
    const isLoser = (index: number) => recorded[index]?.code !== 201;
    const losersLook = () => {
      for (const [index, pod] of pods.entries()) {
        const answer = evict(this.cluster, pod, { now: this.sim.now, dryRun: 'All' });
        if (isLoser(index) && isSameRefusal(answer, recorded[index])) answers.set(pod, answer);
      }
    };
    for (const [index, pod] of pods.entries()) {
      if (isLoser(index)) continue;
      answers.set(pod, this.evict(pod, {}));
      losersLook();
      this.sim.run(this.sim.now);
      losersLook();
    }
    return pods.map((pod) => answers.get(pod) ?? this.evict(pod, {}));
  }

  private changePod(pod: Pod, { type, ready, phase = 'Failed', deleteOptions = {} }: Action): void {
    const { now } = this.sim;
    if (type === 'podsBecomeReady') this.cluster.markPodReady(pod, now);
    if (type === 'podsExit') this.exit(pod);
    if (type === 'setReady' && ready) this.cluster.markPodReady(pod, now);
    if (type === 'setReady' && !ready) this.cluster.markPodUnready(pod, now);
    if (type === 'delete') deletePod(this.cluster, pod, { now, gracePeriodSeconds: deleteOptions.gracePeriodSeconds, cause: 'Delete' });
    if (type === 'finish') this.finish(pod, phase);
  }

  private finish(pod: Pod, phase: 'Failed' | 'Succeeded'): void {
    this.cluster.markPodUnready(pod, this.sim.now);
    this.cluster.setPodPhase(pod, phase);
  }

  private exit(pod: Pod): void {
    this.cluster.markPodUnready(pod, this.sim.now);
    endDeletion(this.cluster, pod, this.sim.now);
  }

  private add({ budgets, workloads, pods }: ClusterObjects): void {
    for (const budget of budgets) this.cluster.addBudget(budget);
    for (const workload of workloads) this.cluster.addWorkload(workload);
    for (const pod of pods) this.cluster.addPod(pod);
  }

  /** Deletes an object and, unless they are to be orphaned, everything that it owns, as the garbage collector does. */
  private deleteObject(key: string, propagationPolicy: string): void {
    const [kind = '', namespace = ''] = key.split('/');
    const budget = kind === 'PodDisruptionBudget' ? this.cluster.budgets.get(key.slice(kind.length + 1)) : undefined;
    const workload = this.cluster.workloads.get(key);
    const pod = kind === 'Pod' ? this.pairs.podOf(key.slice(kind.length + 1)) : undefined;
    if (budget) this.cluster.removeBudget(budget);
    if (pod) deletePod(this.cluster, pod, { now: this.sim.now, cause: 'Delete' });
    if (!workload) return;
    const pods = [...this.cluster.podsOwnedBy(workload)];
    const owned = [...this.cluster.workloads.values()].filter((other) => this.cluster.ownerOf(other) === workload);
    this.cluster.removeWorkload(workload);
    for (const pod of pods) {
      if (propagationPolicy === 'Orphan') this.cluster.setPodOwner(pod, undefined);
      else deletePod(this.cluster, pod, { now: this.sim.now, cause: 'Delete' });
    }
    if (propagationPolicy === 'Orphan') return;
    for (const { kind: ownedKind, name } of owned) this.deleteObject(`${ownedKind}/${namespace}/${name}`, propagationPolicy);
  }

  private patch(key: string, patch: Readonly<Record<string, unknown>>): void {
    const node = key.startsWith('Node/') ? this.cluster.nodes.get(key.slice('Node/'.length)) : undefined;
    if (node) {
      if (isCordon(patch)) this.cluster.cordon(node);
      else this.cluster.uncordon(node);
      return;
    }
    const pod = key.startsWith('Pod/') ? this.pairs.podOf(key.slice('Pod/'.length)) : undefined;
    if (pod) {
      this.cluster.updatePod(pod, patchedMetadata(pod, patch));
      return;
    }
    const { budgets, workloads } = this.objects.patch(key, patch);
    for (const description of budgets) this.replaceBudget(description);
    for (const workload of workloads) {
      this.cluster.updateWorkload(workload);
      if (workload.kind === 'Deployment' && 'template' in Object(patch.spec)) this.cluster.addWorkload(this.nextRevision(workload));
    }
  }

  private replaceBudget(description: DisruptionBudgetDescription): void {
    const budget = this.cluster.budgets.get(`${description.namespace}/${description.name}`);
    if (budget) this.cluster.updateBudget(budget, description);
  }

  /** A new template in the middle of a run is not modelled: the replay makes the ReplicaSet that it would lead to. */
  private nextRevision(deployment: Deployment): ReplicaSet {
    const revisions = [...this.cluster.workloads.values()].flatMap((one) => (one.kind === 'ReplicaSet' ? [one.revision] : []));
    return { ...firstReplicaSet(deployment), replicas: 0, revision: Math.max(0, ...revisions) + 1 };
  }

  private settle(lines: readonly PodLine[]): void {
    this.react(lines);
    this.pairs.followTies(this.before, lines);
    this.elapse(STEP);
    this.react(lines);
    this.before = lines;
  }

  /** Lets controllers react until nothing new appears; new pods are bound and started as recorded. */
  private react(lines: readonly PodLine[]): void {
    this.sim.run(this.sim.now);
    for (let fresh = this.pairs.pair(lines); fresh.length > 0; fresh = this.pairs.pair(lines)) {
      for (const { line, pod } of fresh) this.place(pod, line);
      this.sim.run(this.sim.now);
    }
  }

  private place(pod: Pod, { node: name, phase }: PodLine): void {
    const node = this.cluster.nodes.get(name ?? '');
    if (node && pod.nodeName === undefined) this.cluster.bindPod(pod, node, this.sim.now);
    if (phase === 'Running') this.cluster.setPodPhase(pod, 'Running');
  }

  private elapse(duration: Duration): void {
    const at = after(this.sim.now, duration);
    this.sim.schedule({ kind: 'step', entity: 'trace', fire() {} }, at, 'Observe');
    this.sim.run(at);
  }
}

function nodesOf({ before, steps }: EvictionTrace): Set<string> {
  const lines = [...before.pods, ...steps.flatMap(({ podsAfter }) => podsAfter)];
  return new Set(lines.flatMap(({ node }) => node ?? []));
}

function absentPod(key: string): Pod {
  const [namespace = '', name = ''] = key.split('/');
  return podOutside(aPod(name, { namespace }));
}

/** UIDs and resource versions are given by the server: what the recording says was right is right here. */
function preconditionsOf({ uid }: Pod, { deleteOptions, note = '' }: Partial<Action>): Preconditions | undefined {
  const preconditions = deleteOptions?.preconditions;
  if (note.includes('uid is the right one')) return { ...preconditions, uid };
  return note.includes('resourceVersion is the right one') ? { ...preconditions, resourceVersion: undefined } : preconditions;
}

function isSameRefusal({ code, causes }: EvictionResponse, recorded: Response | undefined): boolean {
  return code === recorded?.code && causes[0]?.message === recorded.causes?.[0]?.message;
}

/** The labels and annotations that a merge patch leaves to a pod; the rest of a pod hardly ever changes. */
function patchedMetadata({ labels, annotations }: Pod, { metadata }: Readonly<Record<string, unknown>>) {
  const merged = merge({ labels, annotations }, metadata ?? {}) as Pick<Pod, 'labels' | 'annotations'>;
  return { labels: merged.labels, annotations: merged.annotations };
}

function isCordon(patch: Readonly<Record<string, unknown>>): boolean {
  return JSON.stringify(patch).includes('true');
}
