import type { Node } from '../cluster/Node.ts';
import type { Pod } from '../cluster/Pod.ts';
import type { ContainerPort } from '../cluster/PodSpec.ts';
import type { PodsByKey } from '../cluster/PodTable.ts';
import { amountOf } from '../cluster/ResourceList.ts';
import type { Taint } from '../cluster/Taint.ts';
import { HostPorts } from './HostPorts.ts';
import type { PodDemands } from './PodDemands.ts';
import type { PodKind } from './PodKind.ts';
import { SumRows } from './SumRows.ts';

/** What the nodes of one cluster share. */
export interface SharedByNodes {
  readonly demands: PodDemands;
  /** All pods of the cluster. */
  readonly pods: PodsByKey;
  /** Those of nodes that are often looked at together lie side by side. */
  readonly sums: SumRows;
}

/**
 * A node as the scheduler sees it: the node, the pods that hold its resources (terminating ones too), and their sums.
 *
 * Sums are kept up to date pod by pod and are exact integers, so adding and removing a pod leaves them as they were. What that asks for comes
 * first.
 * @see kubernetes/kubernetes pkg/scheduler/framework/types.go (NodeInfo)
 */
export class NodeInfo {
  /** A small number that no other node has at the same time; given by the snapshot. */
  slot = 0;
  /** Where in `sums` those of this node begin. */
  readonly row: number;
  private readonly sums: SumRows;
  private readonly demands: PodDemands;
  /**
   * The slots of its pods, so that none is fetched from memory to be counted here. In Kubernetes' order, on which equally important victims
   * depend: by arrival, but the last one takes the place of one that goes.
   */
  private readonly podSlots: number[] = [];
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

  constructor(node: Node, { demands, pods, sums }: SharedByNodes) {
    this.node = node;
    this.name = node.name;
    this.demands = demands;
    this.sums = sums;
    this.allPods = pods;
    this.row = sums.take();
    this.refresh();
    this.resize();
  }

  /** Those that hold its resources, in the order of their slots above. */
  get pods(): readonly Pod[] {
    return this.podSlots.flatMap((slot) => this.allPods.at(slot) ?? []);
  }

  get requestedMilliCpu(): number {
    return this.sums.requestedMilliCpu(this.row);
  }

  get requestedMemory(): number {
    return this.sums.requestedMemory(this.row);
  }

  get requestedEphemeralStorage(): number {
    return this.sums.requestedEphemeralStorage(this.row);
  }

  get scoringMilliCpu(): number {
    return this.sums.scoringMilliCpu(this.row);
  }

  get scoringMemory(): number {
    return this.sums.scoringMemory(this.row);
  }

  get freePods(): number {
    return this.sums.freePods(this.row);
  }

  get allocatableMilliCpu(): number {
    return this.sums.allocatableMilliCpu(this.row);
  }

  get allocatableMemory(): number {
    return this.sums.allocatableMemory(this.row);
  }

  /** How much of an extended resource is requested. */
  requestedScalar(name: string): number {
    return this.scalars?.get(name) ?? 0;
  }

  /** Looks again whom the node admits, after its taints or its cordon changed. */
  refresh(): void {
    const { unschedulable, taints } = this.node;
    this.isOpen = !unschedulable && !taints.some(isHard);
  }

  /** Reads again how much there is of the node. */
  resize(): void {
    const { allocatable } = this.node;
    this.allocatableEphemeralStorage = amountOf(allocatable, 'ephemeral-storage');
    this.allocatablePods = amountOf(allocatable, 'pods');
    const freePods = this.allocatablePods - this.podSlots.length;
    this.sums.allot(this.row, amountOf(allocatable, 'cpu'), amountOf(allocatable, 'memory'), freePods);
  }

  addPod(pod: Pod): void {
    this.add(pod.slot, this.demands.kindOf(pod));
  }

  /** Adds the pod in `slot`, which is of `kind`. */
  add(slot: number, kind: PodKind): void {
    // On lists that began empty V8 does not inline `push`.
    this.podSlots[this.podSlots.length] = slot;
    this.sums.add(this.row, this.demands.sums, kind.row);
    if (!kind.isPlain) this.countMore(kind, 1);
  }

  removePod(pod: Pod): void {
    this.remove(pod.slot, this.demands.kindOf(pod));
  }

  /** Takes out the pod in `slot`, if it is here, that was of `kind` when it was added. */
  remove(slot: number, kind: PodKind): void {
    const place = this.podSlots.indexOf(slot);
    if (place < 0) return;
    moveLastTo(this.podSlots, place);
    this.sums.subtract(this.row, this.demands.sums, kind.row);
    if (!kind.isPlain) this.countMore(kind, -1);
  }

  /** A copy to try things on. */
  copy(): NodeInfo {
    const copy = new NodeInfo(this.node, { demands: this.demands, pods: this.allPods, sums: new SumRows(1) });
    copy.position = this.position;
    copy.slot = this.slot;
    for (const pod of this.pods) copy.addPod(pod);
    return copy;
  }

  /** Gives back the room for its sums: the node is gone. */
  leave(): void {
    this.sums.give(this.row);
  }

  /** Counts what is not in the sums. */
  private countMore({ demand }: PodKind, sign: 1 | -1): void {
    this.countScalars(demand.requests.scalars, sign);
    this.countPorts(demand.hostPorts, sign);
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

function moveLastTo(list: number[], place: number): void {
  const last = list.pop();
  if (last !== undefined && place < list.length) list[place] = last;
}
