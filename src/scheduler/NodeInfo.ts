import type { Node } from '../cluster/Node.ts';
import type { Pod } from '../cluster/Pod.ts';
import type { ContainerPort } from '../cluster/PodSpec.ts';
import { amountOf } from '../cluster/ResourceList.ts';
import { HostPorts } from './HostPorts.ts';
import type { PodDemands } from './PodDemands.ts';
import type { PodKind } from './PodKind.ts';

/**
 * A node as the scheduler sees it: the node, the pods that hold its resources (terminating ones too), and their sums.
 *
 * Sums are kept up to date pod by pod and are exact integers, so adding and removing a pod leaves them as they were.
 * @see kubernetes/kubernetes pkg/scheduler/framework/types.go (NodeInfo)
 */
export class NodeInfo {
  readonly node: Node;
  readonly name: string;
  /** Index in the order in which nodes are tried; kept by the snapshot. */
  position = 0;
  /** A small number that no other node has at the same time; given by the snapshot. */
  slot = 0;
  /** In Kubernetes' order, on which equally important victims depend: by arrival, but the last one takes the place of one that goes. */
  readonly pods: Pod[] = [];
  readonly hostPorts = new HostPorts();
  /** Sums of the real requests. */
  requestedMilliCpu = 0;
  requestedMemory = 0;
  requestedEphemeralStorage = 0;
  readonly requestedScalars = new Map<string, number>();
  /** Sums with defaults in place of missing requests, as scoring uses them. */
  scoringMilliCpu = 0;
  scoringMemory = 0;
  /** Whether pods without tolerations may come: no taint keeps them away, and it is not cordoned. */
  isOpen = true;
  allocatableMilliCpu = 0;
  allocatableMemory = 0;
  allocatableEphemeralStorage = 0;
  allocatablePods = 0;
  private readonly demands: PodDemands;

  constructor(node: Node, demands: PodDemands) {
    this.node = node;
    this.name = node.name;
    this.demands = demands;
    this.refresh();
  }

  /** Reads what the node allows again, after it changed. */
  refresh(): void {
    const { allocatable, unschedulable, taints } = this.node;
    this.isOpen = !unschedulable && taints.every(({ effect }) => effect === 'PreferNoSchedule');
    this.allocatableMilliCpu = amountOf(allocatable, 'cpu');
    this.allocatableMemory = amountOf(allocatable, 'memory');
    this.allocatableEphemeralStorage = amountOf(allocatable, 'ephemeral-storage');
    this.allocatablePods = amountOf(allocatable, 'pods');
  }

  addPod(pod: Pod, kind: PodKind = this.demands.kindOf(pod)): void {
    this.pods.push(pod);
    this.count(kind, 1);
  }

  /** Takes out a pod, if it is here, that was of `kind` when it was added. */
  removePod(pod: Pod, kind: PodKind = this.demands.kindOf(pod)): void {
    const place = this.pods.indexOf(pod);
    if (place < 0) return;
    moveLastTo(this.pods, place);
    this.count(kind, -1);
  }

  /** A copy to try things on. */
  copy(): NodeInfo {
    const copy = new NodeInfo(this.node, this.demands);
    copy.position = this.position;
    copy.slot = this.slot;
    for (const pod of this.pods) copy.addPod(pod);
    return copy;
  }

  private count({ demand: { requests, hostPorts } }: PodKind, sign: 1 | -1): void {
    this.requestedMilliCpu += sign * requests.milliCpu;
    this.requestedMemory += sign * requests.memory;
    this.requestedEphemeralStorage += sign * requests.ephemeralStorage;
    this.scoringMilliCpu += sign * requests.placedScore.milliCpu;
    this.scoringMemory += sign * requests.placedScore.memory;
    if (requests.scalars.length > 0) this.countScalars(requests.scalars, sign);
    if (hostPorts.length > 0) this.countPorts(hostPorts, sign);
  }

  private countScalars(scalars: readonly (readonly [name: string, amount: number])[], sign: 1 | -1): void {
    for (const [name, amount] of scalars) this.requestedScalars.set(name, (this.requestedScalars.get(name) ?? 0) + sign * amount);
  }

  private countPorts(ports: readonly ContainerPort[], sign: 1 | -1): void {
    for (const port of ports) {
      if (sign === 1) this.hostPorts.add(port);
      else this.hostPorts.remove(port);
    }
  }
}

function moveLastTo<T>(list: T[], place: number): void {
  const last = list.pop();
  if (last !== undefined && place < list.length) list[place] = last;
}
