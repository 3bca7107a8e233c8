import type { Cluster } from '../cluster/Cluster.ts';
import type { ClusterChange, NodeState } from '../cluster/ClusterChange.ts';
import type { Node } from '../cluster/Node.ts';
import type { Pod } from '../cluster/Pod.ts';
import { ImageStates } from './ImageStates.ts';
import type { NodeCounts } from './NodeCounts.ts';
import { NodeInfo } from './NodeInfo.ts';
import { NodeLog } from './NodeLog.ts';
import { NodeSlots } from './NodeSlots.ts';
import { NodeTree } from './NodeTree.ts';
import { claimsOf, type PodDemands } from './PodDemands.ts';
import { PodGroups } from './PodGroups.ts';

/**
 * The nodes and the pods that hold their resources, kept up to date change by change.
 * @see kubernetes/kubernetes pkg/scheduler/backend/cache/cache.go, snapshot.go
 */
export class Snapshot {
  readonly images = new ImageStates();
  readonly groups = new PodGroups();
  readonly slots = new NodeSlots();
  /** Nodes whose pods or resources changed, or that opened or closed; whose labels, taints or cordon did; and whose images did. */
  readonly touched = new NodeLog();
  readonly revised = new NodeLog();
  readonly reimaged = new NodeLog();
  private readonly infos = new Map<string, NodeInfo>();
  private readonly tree = new NodeTree();
  private readonly claimUses = new Map<string, number>();
  /** How many pods on nodes have each priority. */
  private readonly priorities = new Map<number, number>();
  private readonly demands: PodDemands;
  private order: readonly NodeInfo[] | undefined;

  constructor(cluster: Cluster, demands: PodDemands) {
    this.demands = demands;
    for (const node of cluster.nodes.values()) this.addNode(node);
  }

  /** All nodes in the order in which they are tried. After a mere change of zone it stays until a node comes or goes. */
  get nodes(): readonly NodeInfo[] {
    this.order ??= this.arrange();
    return this.order;
  }

  node(name: string): NodeInfo | undefined {
    return this.infos.get(name);
  }

  /** Whether some pod on a node has a lower priority. */
  hasPodsBelow(priority: number): boolean {
    for (const [other, pods] of this.priorities) if (other < priority && pods > 0) return true;
    return false;
  }

  /** How many volumes of pods on nodes name the claim `key` (`namespace/name`). */
  usesOfClaim(key: string): number {
    return this.claimUses.get(key) ?? 0;
  }

  /** The nodes that `counts` counts, with their pods. */
  nodesOf(counts: NodeCounts): readonly (readonly [NodeInfo, number])[] {
    const nodes: [NodeInfo, number][] = [];
    for (let i = 0; i < counts.size; i += 1) {
      const info = this.slots.at(counts.slotAt(i));
      if (info) nodes.push([info, counts.podsAt(i)]);
    }
    return nodes;
  }

  onChange(change: ClusterChange): void {
    if (change.kind === 'podAdded' || change.kind === 'podBound') this.addPod(change.pod);
    else if (change.kind === 'podPhaseChanged') this.settlePod(change.pod);
    else if (change.kind === 'podRemoved') this.removePod(change.pod);
    else if (change.kind === 'podTerminating') this.markTerminating(change.pod);
    else if (change.kind === 'podUpdated') this.updatePod(change.pod);
    else if (change.kind === 'nodeAdded') this.addNode(change.node);
    else if (change.kind === 'nodeUpdated') this.updateNode(change.node, change.before);
    else if (change.kind === 'nodeRemoved') this.removeNode(change.node);
  }

  private arrange(): readonly NodeInfo[] {
    const order = this.tree.list().flatMap((name) => this.infos.get(name) ?? []);
    for (const [position, info] of order.entries()) info.position = position;
    return order;
  }

  private addNode(node: Node): void {
    const info = new NodeInfo(node, this.demands);
    this.slots.enter(info);
    this.infos.set(node.name, info);
    this.tree.put(node.name, node.labels);
    this.images.add(node);
    this.order = undefined;
    for (const pod of node.pods) this.place(pod, info);
  }

  private updateNode(node: Node, before: NodeState): void {
    const info = this.infos.get(node.name);
    if (!info) return;
    const wasOpen = info.isOpen;
    info.refresh();
    if (node.allocatable !== before.allocatable || info.isOpen !== wasOpen) this.touched.note(info);
    if (isRevised(node, before)) this.revised.note(info);
    if (node.labels !== before.labels) this.tree.put(node.name, node.labels);
    if (node.images === before.images) return;
    this.reimaged.note(info);
    this.images.remove(node.name, before.images);
    this.images.add(node);
  }

  private removeNode(node: Node): void {
    const info = this.infos.get(node.name);
    if (!info) return;
    for (const pod of [...info.pods]) this.displace(pod, info);
    this.infos.delete(node.name);
    this.slots.leave(info);
    this.tree.remove(node.name);
    this.images.remove(node.name, node.images);
    this.order = undefined;
  }

  private addPod(pod: Pod): void {
    const info = pod.isFinished ? undefined : this.nodeOf(pod);
    if (info) this.place(pod, info);
  }

  private removePod(pod: Pod): void {
    const info = this.nodeOf(pod);
    if (info) this.displace(pod, info);
  }

  private settlePod(pod: Pod): void {
    if (pod.isFinished) this.removePod(pod);
  }

  private updatePod(pod: Pod): void {
    this.removePod(pod);
    this.addPod(pod);
  }

  private markTerminating(pod: Pod): void {
    const info = this.nodeOf(pod);
    const kind = info?.kindOf(pod);
    if (info && kind) this.groups.markTerminating(pod, kind, info.slot);
  }

  private nodeOf(pod: Pod): NodeInfo | undefined {
    return pod.nodeName === undefined ? undefined : this.infos.get(pod.nodeName);
  }

  private place(pod: Pod, info: NodeInfo): void {
    const kind = this.demands.kindOf(pod);
    info.addPod(pod, kind);
    this.touched.note(info);
    this.groups.add(pod, kind, info.slot);
    this.countPriority(kind.spec.priority, 1);
    if (kind.spec.volumes.length > 0) this.countClaims(claimsOf(pod, kind.spec), 1);
  }

  private displace(pod: Pod, info: NodeInfo): void {
    const kind = info.removePod(pod);
    if (!kind) return;
    this.touched.note(info);
    this.groups.remove(pod, kind, info.slot);
    this.countPriority(kind.spec.priority, -1);
    if (kind.spec.volumes.length > 0) this.countClaims(claimsOf(pod, kind.spec), -1);
  }

  private countPriority(priority: number, change: 1 | -1): void {
    this.priorities.set(priority, (this.priorities.get(priority) ?? 0) + change);
  }

  private countClaims(claims: readonly string[], change: 1 | -1): void {
    for (const claim of claims) this.claimUses.set(claim, this.usesOfClaim(claim) + change);
  }
}

function isRevised(node: Node, before: NodeState): boolean {
  return node.labels !== before.labels || node.taints !== before.taints || node.unschedulable !== before.unschedulable;
}
