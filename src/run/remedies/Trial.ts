import type { Cluster } from '../../cluster/Cluster.ts';
import { copyCluster, describePod } from '../../cluster/copyCluster.ts';
import type { KubernetesVersion } from '../../cluster/KubernetesVersion.ts';
import type { Node, NodeState } from '../../cluster/Node.ts';
import type { Pod } from '../../cluster/Pod.ts';
import type { PodSpec } from '../../cluster/PodSpec.ts';
import { prepareFilters } from '../../scheduler/Filters.ts';
import type { NodeInfo } from '../../scheduler/NodeInfo.ts';
import type { NodeVerdict } from '../../scheduler/NodeVerdict.ts';
import { SchedulerState } from '../../scheduler/SchedulerState.ts';

/**
 * A copy of a cluster on which changes are tried, with the chances of a pod under them; `undo` takes all changes back.
 *
 * The original cluster is never touched.
 */
export class Trial {
  readonly cluster: Cluster;
  readonly pod: Pod;
  readonly state: SchedulerState;
  private readonly undoing: (() => void)[] = [];

  /** @throws Error when `pod` (`namespace/name`) is not in `cluster`. */
  constructor(cluster: Cluster, pod: string, version: KubernetesVersion) {
    this.cluster = copyCluster(cluster);
    const copy = this.cluster.pods.get(pod);
    if (!copy) throw new Error(`pod ${pod} is not in the cluster`);
    this.pod = copy;
    this.state = new SchedulerState(this.cluster, { version });
    this.cluster.subscribe(this.state);
  }

  /** What every plugin says against `node` now; empty when the pod fits there. */
  refusals(node: string): readonly NodeVerdict[] {
    const prepared = prepareFilters(this.state.profile.filters, this.pod, this.state);
    if (prepared.kind === 'refuse') return [prepared.verdict];
    const info = this.info(node);
    const all = prepared.filters.allVerdicts(info);
    const decisive = all.length === 0 ? prepared.filters.check(info) : undefined;
    return decisive ? [decisive] : all;
  }

  /** `node` as the scheduler sees it. @throws Error when there is none. */
  info(node: string): NodeInfo {
    const info = this.state.snapshot.node(node);
    if (!info) throw new Error(`node ${node} is not in the cluster`);
    return info;
  }

  /** Gives `node` the fields that `change` makes of it. */
  changeNode(name: string, change: (node: Node) => Partial<NodeState>): void {
    const { node } = this.info(name);
    const { labels, taints, unschedulable, allocatable } = node;
    this.undoing.push(() => this.cluster.updateNode(node, { labels, taints, unschedulable, allocatable }));
    this.cluster.updateNode(node, change(node));
  }

  /** Gives the pod another spec. */
  changeSpec(change: (spec: PodSpec) => PodSpec): void {
    const { spec } = this.pod;
    this.undoing.push(() => this.cluster.updatePod(this.pod, { spec }));
    this.cluster.updatePod(this.pod, { spec: change(spec) });
  }

  /** Takes the pods `keys` (`namespace/name`) out of the cluster. */
  takeAway(...keys: readonly string[]): void {
    for (const pod of keys.flatMap((key) => this.cluster.pods.get(key) ?? [])) {
      this.undoing.push(() => this.cluster.addPod(describePod(pod)));
      this.cluster.removePod(pod);
    }
  }

  /** What `ask` answers once `change` is made; then it is taken back. */
  whatIf<T>(change: (trial: Trial) => void, ask: () => T): T {
    const before = this.undoing.length;
    change(this);
    const answer = ask();
    this.undoDownTo(before);
    return answer;
  }

  /** Takes back every change, the last one first. */
  undo(): void {
    this.undoDownTo(0);
  }

  private undoDownTo(count: number): void {
    while (this.undoing.length > count) this.undoing.pop()?.();
  }
}
