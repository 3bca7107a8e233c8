import type { Cluster } from '../cluster/Cluster.ts';
import type { ChangeHandlers } from '../cluster/ClusterChange.ts';
import { areSameLabels } from '../cluster/LabelSelector.ts';
import type { Node, NodeImage, NodeState } from '../cluster/Node.ts';
import type { Pod } from '../cluster/Pod.ts';
import type { PodCensus } from '../cluster/PodCensus.ts';
import type { PodsByKey } from '../cluster/PodTable.ts';
import { ImageStates } from './ImageStates.ts';
import type { NodeCounts } from './NodeCounts.ts';
import { NodeInfo } from './NodeInfo.ts';
import { NodeLoads } from './NodeLoads.ts';
import { NodeLog } from './NodeLog.ts';
import { NodeSlots } from './NodeSlots.ts';
import { NodeTree } from './NodeTree.ts';
import { claimsOf, type PodDemands } from './PodDemands.ts';
import type { GroupPart } from './PodGroup.ts';
import { PodGroups } from './PodGroups.ts';
import type { PodKind } from './PodKind.ts';
import { PodPlaces } from './PodPlaces.ts';
import { PriorityCounts } from './PriorityCounts.ts';
import { SlotLog } from './SlotLog.ts';

/**
 * The nodes and the pods that hold their resources, kept up to date change by change.
 * @see kubernetes/kubernetes pkg/scheduler/backend/cache/cache.go, snapshot.go
 */
export class Snapshot {
  readonly on = {
    podAdded: ({ pod }) => this.addPod(pod),
    podBound: ({ pod, node }) => this.bindPod(pod, node),
    podTerminating: ({ pod }) => this.markTerminating(pod),
    podPhaseChanged: ({ pod }) => this.settlePod(pod),
    podUpdated: ({ pod }) => this.updatePod(pod),
    podOwnerChanged: ({ pod }) => this.rekindPod(pod),
    podRemoved: ({ pod }) => this.removePod(pod),
    nodeAdded: ({ node }) => this.addNode(node),
    nodeUpdated: ({ node, before }) => this.updateNode(node, before),
    nodeRemoved: ({ node }) => this.removeNode(node),
  } satisfies ChangeHandlers;
  readonly images = new ImageStates();
  readonly slots = new NodeSlots();
  /** Nodes whose pods, resources or taints changed, or that opened or closed. */
  readonly changes = new SlotLog();
  /** Nodes whose labels, taints or cordon changed; whose host ports did; and whose images did. */
  readonly revised = new NodeLog();
  readonly ported = new NodeLog();
  readonly reimaged = new NodeLog();
  /** How often labels of a node changed; `revised` has the nodes. */
  relabellings = 0;
  private readonly infos = new Map<string, NodeInfo>();
  /** The slot of each node, by its host in the cluster; {@link NOWHERE} where there is none. */
  private readonly slotAt: number[] = [];
  private readonly tree = new NodeTree();
  private readonly claimUses = new Map<string, number>();
  private readonly priorities = new PriorityCounts();
  private readonly places: PodPlaces;
  readonly groups: PodGroups;
  /** By slot of the node. */
  readonly loads: NodeLoads;
  readonly demands: PodDemands;
  /** Of the cluster. */
  readonly pods: PodsByKey;
  private order: readonly NodeInfo[] | undefined = undefined;

  constructor(cluster: Cluster, demands: PodDemands) {
    const census = cluster.podCounts.census();
    this.demands = demands;
    this.pods = cluster.pods;
    this.loads = new NodeLoads(demands, 64);
    this.places = new PodPlaces(census.end);
    this.groups = new PodGroups(cluster, this.places);
    const byClass = new PodPlaces();
    for (const node of cluster.nodes.values()) this.addGivenPods(this.enter(node), census, byClass);
  }

  /** All nodes in the order in which they are tried. A mere change of zone has no effect until a node is added or removed. */
  get nodes(): readonly NodeInfo[] {
    this.order ??= this.arrange();
    return this.order;
  }

  node(name: string): NodeInfo | undefined {
    return this.infos.get(name);
  }

  /** Whether some pod on a node has a lower priority. */
  hasPodsBelow(priority: number): boolean {
    return this.priorities.hasBelow(priority);
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

  /** Calls `visit` with what each pod on a node was when it came there. */
  visitPods(visit: (kind: PodKind, node: NodeInfo, part: GroupPart) => void): void {
    const { places, demands } = this;
    for (const node of this.nodes) {
      this.loads.visitPods(node.slot, (slot) => {
        const kind = demands.kindNumbered(places.kindOf(slot));
        if (kind) visit(kind, node, places.isLeaving(slot) ? 'leaving' : 'lasting');
      });
    }
  }

  private arrange(): readonly NodeInfo[] {
    const order = this.tree.list().flatMap((name) => this.infos.get(name) ?? []);
    for (const [position, info] of order.entries()) info.position = position;
    return order;
  }

  private addNode(node: Node): void {
    const info = this.enter(node);
    node.pods.forEach((pod) => void this.place(pod, info.slot));
  }

  /**
   * Places the pods of a node from the `census`, so that no pod is fetched from memory. `byClass` holds what the pods of a class have in
   * common, by number of the class, as soon as one of them has been placed: with that many classes their kinds would not stay in the cache.
   */
  private addGivenPods(info: NodeInfo, census: PodCensus, byClass: PodPlaces): void {
    const { groups, places } = this;
    const { slot: node } = info;
    info.node.pods.forEachSlot((slot) => {
      const podClass = census.classAt(slot);
      if (!podClass) return;
      const { id } = podClass;
      if (byClass.nodeOf(id) < 0) {
        const kind = this.demands.kindOfClass(podClass);
        groups.meet(kind);
        byClass.put(id, node, kind, 'lasting');
      }
      const part = census.isTerminating(slot) ? 'leaving' : 'lasting';
      groups.addMet(byClass.kindOf(id), node, part);
      places.putLike(byClass, id, slot, node);
      if (part === 'leaving') places.markLeaving(slot);
      this.count(slot, node);
    });
  }

  private enter(node: Node): NodeInfo {
    const info = new NodeInfo(node, this);
    this.slots.enter(info);
    this.infos.set(node.name, info);
    while (this.slotAt.length < node.host) this.slotAt.push(NOWHERE);
    this.slotAt[node.host] = info.slot;
    this.tree.put(node.name, node.labels);
    this.images.add(info);
    this.order = undefined;
    return info;
  }

  private updateNode(node: Node, before: NodeState): void {
    const info = this.slots.at(this.slotOf(node));
    if (!info) return;
    const isRelabelled = !areSameLabels(node.labels, before.labels);
    const isRetainted = !haveSameItems(node.taints, before.taints);
    const isCordonChanged = node.unschedulable !== before.unschedulable;
    const isResized = node.allocatable !== before.allocatable;
    const wasOpen = info.isOpen;
    if (isRetainted || isCordonChanged) info.refresh();
    if (isResized) info.resize();
    if (isRetainted || isResized || info.isOpen !== wasOpen) this.changes.note(info.slot);
    if (isRetainted || isCordonChanged || isRelabelled) this.revised.note(info);
    if (isRelabelled) this.relabel(node);
    if (node.images !== before.images) this.exchangeImages(info, before.images);
  }

  private relabel({ name, labels }: Node): void {
    this.relabellings += 1;
    this.tree.put(name, labels);
  }

  private exchangeImages(info: NodeInfo, before: readonly NodeImage[]): void {
    if (info.node.images.length + before.length === 0) return;
    this.reimaged.note(info);
    this.images.remove(info);
    this.images.add(info);
  }

  private removeNode(node: Node): void {
    const info = this.infos.get(node.name);
    if (!info) return;
    for (const pod of [...info.pods]) this.removePod(pod);
    this.infos.delete(node.name);
    this.slotAt[node.host] = NOWHERE;
    this.slots.leave(info);
    info.leave();
    this.tree.remove(node.name);
    this.images.remove(info);
    this.order = undefined;
  }

  private addPod(pod: Pod): void {
    if (pod.nodeName === undefined || pod.isFinished) return;
    const info = this.infos.get(pod.nodeName);
    if (info) this.place(pod, info.slot);
  }

  private bindPod(pod: Pod, node: Node): void {
    const slot = this.slotOf(node);
    if (slot !== NOWHERE && !pod.isFinished) this.place(pod, slot);
  }

  private settlePod(pod: Pod): void {
    if (pod.isFinished) this.removePod(pod);
  }

  private updatePod(pod: Pod): void {
    this.removePod(pod);
    this.addPod(pod);
  }

  /** With another owner the pod is of another kind, but holds the same on its node, at the same place among the pods there. */
  private rekindPod(pod: Pod): void {
    const { places, groups } = this;
    const node = places.nodeOf(pod.slot);
    if (node < 0) return;
    const part = partOf(pod);
    const kind = this.demands.kindOf(pod);
    groups.remove(places.kindOf(pod.slot), node, part);
    places.clear(pod.slot);
    groups.add(kind, node, part);
    places.put(pod.slot, node, kind, part);
  }

  private markTerminating({ slot }: Pod): void {
    const { places } = this;
    if (places.markLeaving(slot)) this.groups.startLeaving(places.kindOf(slot), places.nodeOf(slot));
  }

  private slotOf({ host }: Node): number {
    return this.slotAt[host] ?? NOWHERE;
  }

  /** Puts `pod` on the node in the slot `node`. */
  private place(pod: Pod, node: number): void {
    const kind = this.demands.kindOf(pod);
    const part = partOf(pod);
    this.groups.add(kind, node, part);
    this.places.put(pod.slot, node, kind, part);
    this.count(pod.slot, node);
  }

  /** Counts what the pod in `slot` holds on its node. */
  private count(slot: number, node: number): void {
    const { places } = this;
    this.loads.add(node, slot, places.heldBy(slot));
    this.changes.note(node);
    this.priorities.add(places.priorityOf(slot), 1);
    if (places.holdsMore(slot)) this.countOthers(slot, node, 1);
  }

  private removePod({ slot }: Pod): void {
    const { places } = this;
    const node = places.nodeOf(slot);
    if (node < 0) return;
    this.groups.remove(places.kindOf(slot), node, places.isLeaving(slot) ? 'leaving' : 'lasting');
    this.loads.remove(node, slot, places.heldBy(slot));
    this.changes.note(node);
    this.priorities.add(places.priorityOf(slot), -1);
    if (places.holdsMore(slot)) this.countOthers(slot, node, -1);
    places.clear(slot);
  }

  /** Counts what the pod in `slot` holds that the loads do not tell. */
  private countOthers(slot: number, node: number, change: 1 | -1): void {
    const info = this.slots.at(node);
    const kind = this.demands.kindNumbered(this.places.kindOf(slot));
    if (!info || !kind) return;
    if (kind.hasVolumes) this.countClaims(slot, kind, change);
    if (kind.isPlain) return;
    info.countOthers(kind, change);
    this.ported.note(info);
  }

  private countClaims(slot: number, { spec }: PodKind, change: 1 | -1): void {
    const pod = this.pods.at(slot);
    if (!pod) return;
    for (const claim of claimsOf(pod, spec)) this.claimUses.set(claim, this.usesOfClaim(claim) + change);
  }
}

/** The slot of no node. */
const NOWHERE = -1;

function partOf({ isTerminating }: Pod): GroupPart {
  return isTerminating ? 'leaving' : 'lasting';
}

function haveSameItems<T>(a: readonly T[], b: readonly T[]): boolean {
  if (a === b) return true;
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i += 1) if (a[i] !== b[i]) return false;
  return true;
}
