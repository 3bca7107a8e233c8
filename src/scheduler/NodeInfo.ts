import type { Node } from '../cluster/Node.ts';
import type { Pod } from '../cluster/Pod.ts';
import type { ContainerPort } from '../cluster/PodSpec.ts';
import type { PodsByKey } from '../cluster/PodTable.ts';
import { amountOf } from '../cluster/ResourceList.ts';
import type { Taint } from '../cluster/Taint.ts';
import { HostPorts } from './HostPorts.ts';
import { NodeLoads } from './NodeLoads.ts';
import type { PodDemands } from './PodDemands.ts';
import type { PodKind } from './PodKind.ts';

/** What the nodes of one cluster share. */
export interface SharedByNodes {
  readonly demands: PodDemands;
  /** All pods of the cluster. */
  readonly pods: PodsByKey;
  /** Those of nodes that are often looked at together lie side by side. */
  readonly loads: NodeLoads;
}

/**
 * A node as the scheduler sees it: the node, the pods that hold its resources (including terminating ones), and their sums.
 *
 * Sums are exact integers and kept up to date pod by pod, so adding and removing a pod leaves them as they were.
 * @see kubernetes/kubernetes pkg/scheduler/framework/types.go (NodeInfo)
 */
export class NodeInfo {
  /** A small number that no other node has at the same time: that of its row in the loads. A copy, with loads of its own, keeps it. */
  slot: number;
  private readonly row: number;
  private readonly loads: NodeLoads;
  private readonly demands: PodDemands;
  readonly node: Node;
  readonly name: string;
  /** Index in the order in which nodes are tried; kept by the snapshot. */
  position = 0;
  readonly hostPorts = new HostPorts();
  /** undefined as long as no pod has requested any, as on most nodes. */
  private scalars: Map<string, number> | undefined = undefined;
  /** Whether pods without tolerations may come: no taint keeps them away, and it is not cordoned. */
  isOpen = true;
  allocatableEphemeralStorage = 0;
  allocatablePods = 0;
  private readonly allPods: PodsByKey;

  constructor(node: Node, { demands, pods, loads }: SharedByNodes) {
    this.node = node;
    this.name = node.name;
    this.demands = demands;
    this.loads = loads;
    this.allPods = pods;
    this.row = loads.take();
    this.slot = this.row;
    this.refresh();
    this.resize();
  }

  /** Those that hold its resources, in the order of the loads. */
  get pods(): readonly Pod[] {
    return this.loads.podsOn(this.row).flatMap((slot) => this.allPods.at(slot) ?? []);
  }

  get requestedMilliCpu(): number {
    return this.loads.sums.requestedMilliCpu(this.row);
  }

  get requestedMemory(): number {
    return this.loads.sums.requestedMemory(this.row);
  }

  get requestedEphemeralStorage(): number {
    return this.loads.sums.requestedEphemeralStorage(this.row);
  }

  get scoringMilliCpu(): number {
    return this.loads.sums.scoringMilliCpu(this.row);
  }

  get scoringMemory(): number {
    return this.loads.sums.scoringMemory(this.row);
  }

  get freePods(): number {
    return this.loads.sums.freePods(this.row);
  }

  get allocatableMilliCpu(): number {
    return this.loads.sums.allocatableMilliCpu(this.row);
  }

  get allocatableMemory(): number {
    return this.loads.sums.allocatableMemory(this.row);
  }

  /** How much of an extended resource is requested. */
  requestedScalar(name: string): number {
    return this.scalars?.get(name) ?? 0;
  }

  /** Determines again which pods the node admits, after its taints or its cordon changed. */
  refresh(): void {
    const { unschedulable, taints } = this.node;
    this.isOpen = !unschedulable && !taints.some(isHard);
  }

  /** Reads again how much there is of the node. */
  resize(): void {
    const { allocatable } = this.node;
    this.allocatableEphemeralStorage = amountOf(allocatable, 'ephemeral-storage');
    this.allocatablePods = amountOf(allocatable, 'pods');
    const freePods = this.allocatablePods - this.loads.countOn(this.row);
    this.loads.sums.allot(this.row, amountOf(allocatable, 'cpu'), amountOf(allocatable, 'memory'), freePods);
  }

  addPod(pod: Pod): void {
    const kind = this.demands.kindOf(pod);
    this.loads.add(this.row, pod.slot, kind.row);
    if (!kind.isPlain) this.countOthers(kind, 1);
  }

  /** Takes `pod` out, if it is here. */
  removePod(pod: Pod): void {
    const kind = this.demands.kindOf(pod);
    if (this.loads.remove(this.row, pod.slot, kind.row) && !kind.isPlain) this.countOthers(kind, -1);
  }

  /** Counts what a pod of `kind` holds that the loads do not tell: for a plain kind there is none. */
  countOthers({ demand }: PodKind, sign: 1 | -1): void {
    this.countScalars(demand.requests.scalars, sign);
    this.countPorts(demand.hostPorts, sign);
  }

  /** A copy to try things on. */
  copy(): NodeInfo {
    const copy = new NodeInfo(this.node, { demands: this.demands, pods: this.allPods, loads: new NodeLoads(this.demands, 1) });
    copy.position = this.position;
    copy.slot = this.slot;
    for (const pod of this.pods) copy.addPod(pod);
    return copy;
  }

  /** Gives back its row: the node is gone. */
  leave(): void {
    this.loads.give(this.row);
  }

  private countScalars(scalars: readonly (readonly [name: string, amount: number])[], sign: 1 | -1): void {
    for (const [name, amount] of scalars) {
      this.scalars ??= new Map();
      this.scalars.set(name, this.requestedScalar(name) + sign * amount);
    }
  }

  private countPorts(ports: readonly ContainerPort[], sign: 1 | -1): void {
    for (const port of ports) {
      if (sign === 1) this.hostPorts.add(port);
      else this.hostPorts.remove(port);
    }
  }
}

function isHard({ effect }: Taint): boolean {
  return effect !== 'PreferNoSchedule';
}
