import type { Node } from '../cluster/Node.ts';
import type { Pod } from '../cluster/Pod.ts';
import { amountOf } from '../cluster/ResourceList.ts';
import { HostPorts } from './HostPorts.ts';
import type { PodDemand, PodDemands } from './PodDemands.ts';

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
  allocatableMilliCpu = 0;
  allocatableMemory = 0;
  allocatableEphemeralStorage = 0;
  allocatablePods = 0;
  private readonly places = new Map<Pod, number>();
  /** What was counted for each of `pods`: its spec may be another one when it goes. */
  private readonly counted: PodDemand[] = [];
  private readonly demands: PodDemands;

  constructor(node: Node, demands: PodDemands) {
    this.node = node;
    this.name = node.name;
    this.demands = demands;
    this.refresh();
  }

  /** Reads what the node allows again, after it changed. */
  refresh(): void {
    const { allocatable } = this.node;
    this.allocatableMilliCpu = amountOf(allocatable, 'cpu');
    this.allocatableMemory = amountOf(allocatable, 'memory');
    this.allocatableEphemeralStorage = amountOf(allocatable, 'ephemeral-storage');
    this.allocatablePods = amountOf(allocatable, 'pods');
  }

  addPod(pod: Pod): void {
    const demand = this.demands.of(pod);
    this.places.set(pod, this.pods.length);
    this.pods.push(pod);
    this.counted.push(demand);
    this.count(demand, 1);
    for (const port of demand.hostPorts) this.hostPorts.add(port);
  }

  /** @returns what `pod` had demanded when it was added; undefined when it is not here. */
  removePod(pod: Pod): PodDemand | undefined {
    const demand = this.vacate(pod);
    if (!demand) return undefined;
    this.count(demand, -1);
    for (const port of demand.hostPorts) this.hostPorts.remove(port);
    return demand;
  }

  has(pod: Pod): boolean {
    return this.places.has(pod);
  }

  /** A copy to try things on. */
  copy(): NodeInfo {
    const copy = new NodeInfo(this.node, this.demands);
    for (const pod of this.pods) copy.addPod(pod);
    return copy;
  }

  private vacate(pod: Pod): PodDemand | undefined {
    const place = this.places.get(pod);
    if (place === undefined) return undefined;
    const demand = this.counted[place];
    const [last, lastCounted] = [this.pods.pop(), this.counted.pop()];
    this.places.delete(pod);
    if (!last || !lastCounted || last === pod) return demand;
    this.pods[place] = last;
    this.counted[place] = lastCounted;
    this.places.set(last, place);
    return demand;
  }

  private count({ requests }: PodDemand, sign: 1 | -1): void {
    this.requestedMilliCpu += sign * requests.milliCpu;
    this.requestedMemory += sign * requests.memory;
    this.requestedEphemeralStorage += sign * requests.ephemeralStorage;
    this.scoringMilliCpu += sign * requests.placedScore.milliCpu;
    this.scoringMemory += sign * requests.placedScore.memory;
    for (const [name, amount] of requests.scalars) {
      this.requestedScalars.set(name, (this.requestedScalars.get(name) ?? 0) + sign * amount);
    }
  }
}
