import type { Cluster } from '../cluster/Cluster.ts';
import type { Node } from '../cluster/Node.ts';
import type { Pod } from '../cluster/Pod.ts';
import { type DaemonSet, type Workload, workloadKey } from '../cluster/Workload.ts';
import type { Simulation } from '../sim/Simulation.ts';
import { availableFrom } from './availability.ts';
import type { DaemonPods } from './DaemonPods.ts';
import { daemonPlacement } from './daemonPlacement.ts';
import { type DaemonNode, daemonUpdate } from './daemonUpdate.ts';
import { Reconciler } from './Reconciler.ts';
import { TemplateRevisions } from './TemplateRevisions.ts';

export interface DaemonRolloutOptions {
  readonly sim: Simulation;
  readonly cluster: Cluster;
  readonly pods: DaemonPods;
  create(daemonSet: DaemonSet, node: Node): void;
  delete(pods: readonly Pod[]): void;
}

/** Rolls changed templates of DaemonSets out, with surge or without; it does nothing while every pod is current. */
export class DaemonRollout {
  private readonly options: DaemonRolloutOptions;
  private readonly revisions: TemplateRevisions;
  private readonly rollingOut = new Set<string>();
  private readonly queue: Reconciler<string>;

  constructor(options: DaemonRolloutOptions) {
    this.options = options;
    this.revisions = new TemplateRevisions(options.cluster);
    this.queue = new Reconciler(options.sim, (key) => this.step(key));
  }

  /** Takes note of a DaemonSet that is new or changed. */
  note(daemonSet: DaemonSet, before?: Workload): void {
    this.revisions.note(daemonSet, before);
    const pods = [...this.options.cluster.podsOwnedBy(daemonSet)];
    if (pods.every((pod) => this.revisions.isCurrent(daemonSet, pod))) return;
    const key = workloadKey(daemonSet);
    this.rollingOut.add(key);
    this.queue.request(key, key);
  }

  /** Takes note that something about `pod` of a DaemonSet is different. */
  notePod({ namespace, owner }: Pod): void {
    if (owner?.kind !== 'DaemonSet') return;
    const key = workloadKey({ kind: 'DaemonSet', namespace, name: owner.name });
    if (this.rollingOut.has(key)) this.queue.request(key, key);
  }

  /** `daemonSet` as new pods are made from it. */
  stamp(daemonSet: DaemonSet): DaemonSet {
    return this.revisions.stamp(daemonSet);
  }

  /** The pods of one node that may not coexist: with surge one outdated and one current pod may, otherwise only one pod. */
  groups(daemonSet: DaemonSet, pods: readonly Pod[]): readonly (readonly Pod[])[] {
    if (!allowsSurge(daemonSet)) return [pods];
    const isCurrent = (pod: Pod) => this.revisions.isCurrent(daemonSet, pod);
    return [pods.filter(isCurrent), pods.filter((pod) => !isCurrent(pod))];
  }

  private step(key: string): void {
    const daemonSet = this.options.cluster.workloads.get(key);
    if (daemonSet?.kind !== 'DaemonSet') {
      this.rollingOut.delete(key);
      return;
    }
    const nodes = [...this.options.cluster.nodes.values()];
    const occupied = nodes.flatMap((node) => this.stateOf(daemonSet, node));
    const desired = nodes.filter((node) => daemonPlacement(daemonSet.template.spec, node) === 'run').length;
    const { deletions, surges } = daemonUpdate(daemonSet, occupied, desired);
    if (occupied.every(({ outdated }) => outdated.length === 0)) this.rollingOut.delete(key);
    this.options.delete(deletions);
    for (const node of nodes) if (surges.includes(node.name)) this.options.create(daemonSet, node);
  }

  /** The pods on `node`; nothing when there are none and none are about to come. */
  private stateOf(daemonSet: DaemonSet, node: Node): readonly DaemonNode[] {
    const pods = this.options.pods.of(workloadKey(daemonSet), node.name);
    if (pods.length === 0 && daemonPlacement(daemonSet.template.spec, node) !== 'run') return [];
    const members = pods.filter((pod) => !pod.isTerminating && !pod.isFinished).map((pod) => this.memberOf(daemonSet, pod));
    return [{ nodeName: node.name, current: members.filter((one) => one.isCurrent), outdated: members.filter((one) => !one.isCurrent) }];
  }

  private memberOf(daemonSet: DaemonSet, pod: Pod) {
    const { now } = this.options.sim;
    const from = availableFrom(pod, daemonSet.minReadySeconds);
    const key = workloadKey(daemonSet);
    if (from !== undefined && from > now) this.queue.requestAt(key, key, from);
    return { pod, isAvailable: from !== undefined && from <= now, isCurrent: this.revisions.isCurrent(daemonSet, pod) };
  }
}

/** Whether a rolling update of `daemonSet` makes the current pod before the old one goes. */
export function allowsSurge({ updateStrategy }: DaemonSet): boolean {
  return updateStrategy?.type === 'RollingUpdate' && Number.parseInt(String(updateStrategy.maxSurge), 10) > 0;
}
