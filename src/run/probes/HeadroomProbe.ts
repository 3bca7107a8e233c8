import type { Cluster } from '../../cluster/Cluster.ts';
import type { Node, NodeState } from '../../cluster/Node.ts';
import { isEndPhase, type Pod, type PodPhase } from '../../cluster/Pod.ts';
import type { PodClass } from '../../cluster/PodClass.ts';
import type { PodSpec } from '../../cluster/PodSpec.ts';
import type { ResourceList } from '../../cluster/ResourceList.ts';
import type { Simulation } from '../../sim/Simulation.ts';
import { type Instant, START } from '../../units.ts';
import type { StepSeries } from '../RunResult.ts';
import { type CpuAndMemory, RequestRows } from './RequestRows.ts';
import { StepRecorder } from './StepRecorder.ts';

const resources = ['cpu', 'memory', 'pods'] as const;
type Resource = (typeof resources)[number];

/** What is watched, and how much of it is kept. */
export interface HeadroomOptions {
  readonly sim: Simulation;
  readonly cluster: Cluster;
  readonly requestsOf: (spec: PodSpec) => CpuAndMemory;
  /** The sum of the requests of all pods on `node`. The scheduler keeps these sums already, so nothing is added up twice. */
  readonly requestedOn: (node: Node) => CpuAndMemory;
  /** Whether the shares are kept over time, or only the least of them. */
  readonly keeps: 'series' | 'least';
}

/**
 * Watches the free share of the nodes that take pods: allocatable minus requested, over allocatable. 0 when no node takes pods. Has to be
 * told of what becomes of nodes and pods.
 */
export class HeadroomProbe {
  private readonly sim: Simulation;
  private readonly cluster: Cluster;
  private readonly requestsOf: HeadroomOptions['requestsOf'];
  private readonly requestedOn: HeadroomOptions['requestedOn'];
  private readonly requests: RequestRows;
  /** Over the nodes that take pods, in the order of `resources`. */
  private readonly allocatable = new Float64Array(resources.length);
  private readonly requested = new Float64Array(resources.length);
  /** Since when the totals are as they are. */
  private since: Instant;
  /** The least shares that held for some time before, and since when. */
  private readonly leastShares = new Float64Array(resources.length).fill(Number.POSITIVE_INFINITY);
  private readonly leastAt: Instant[] = resources.map(() => START);
  private readonly recorders: readonly StepRecorder[];

  constructor({ sim, cluster, requestsOf, requestedOn, keeps }: HeadroomOptions) {
    this.sim = sim;
    this.since = sim.now;
    this.cluster = cluster;
    this.requestsOf = requestsOf;
    this.requestedOn = requestedOn;
    this.requests = new RequestRows(requestsOf);
    this.recorders = keeps === 'series' ? resources.map(() => new StepRecorder()) : [];
    for (const node of cluster.nodes.values()) this.enter(node);
  }

  /** The free share at this moment. */
  share(resource: Resource): number {
    return this.shareAt(resources.indexOf(resource));
  }

  /** The least share that held for some time from t = 0 to `end`, and when first; the one at t = 0 when they are equal. */
  least(resource: Resource, end: Instant): { readonly min: number; readonly at: Instant } {
    const index = resources.indexOf(resource);
    const before = { min: this.leastShares[index] ?? 0, at: this.leastAt[index] ?? START };
    const now = this.shareAt(index);
    const hasHeld = this.since < end || this.since === START;
    return hasHeld && now < before.min ? { min: now, at: this.since } : before;
  }

  /** The share over time; empty when only the least one is kept. */
  series(resource: Resource): StepSeries {
    const index = resources.indexOf(resource);
    const recorder = this.recorders[index];
    recorder?.record(this.since, this.shareAt(index));
    return recorder?.series() ?? { times: [], values: [] };
  }

  /** A node has come. */
  enter(node: Node): void {
    this.countNode(node, node, 1);
  }

  /** A node has gone. */
  leave(node: Node): void {
    if (!takesPods(node)) return;
    this.countAllocatable(node.allocatable, -1);
    node.pods.forEach(({ podClass }) => void this.countPod(podClass, -1));
  }

  /** A node is not what it was. */
  renew(node: Node, before: NodeState): void {
    if (takesPods(before) === takesPods(node) && node.allocatable === before.allocatable) return;
    this.countNode(node, before, -1);
    this.countNode(node, node, 1);
  }

  /** A pod has come, bound already or not. */
  add(pod: Pod): void {
    if (pod.nodeName !== undefined && !pod.isFinished) this.hold(pod, this.cluster.nodeOf(pod));
  }

  /** A pod was bound to `node`. */
  hold(pod: Pod, node: Node | undefined): void {
    if (node && takesPods(node)) this.countPod(pod.podClass, 1);
  }

  /** A pod has changed its phase; one that has finished no longer holds anything. */
  notePhase(pod: Pod, before: PodPhase): void {
    if (pod.isFinished && !isEndPhase(before)) this.giveBack(pod, this.cluster.nodeOf(pod));
  }

  /** A pod has gone, from `node` if it was bound. */
  release(pod: Pod, node: Node | undefined): void {
    if (!pod.isFinished) this.giveBack(pod, node);
  }

  /** The spec of a pod may be another one. */
  respec(pod: Pod, before: PodSpec): void {
    const node = this.cluster.nodeOf(pod);
    if (before === pod.spec || pod.isFinished || !node || !takesPods(node)) return;
    const { milliCpu, memory } = this.requestsOf(before);
    this.count(-milliCpu, -memory, -1);
    this.countPod(pod.podClass, 1);
  }

  /** What leaves a node that is being drained was taken out of the totals together with the node. */
  private giveBack(pod: Pod, node: Node | undefined): void {
    if (node && takesPods(node)) this.countPod(pod.podClass, -1);
  }

  /** Counts a node with all requests of the pods on it, if it takes pods in the given state. */
  private countNode(node: Node, state: NodeState, sign: 1 | -1): void {
    if (!takesPods(state)) return;
    this.countAllocatable(state.allocatable, sign);
    const { milliCpu, memory } = this.requestedOn(node);
    this.count(sign * milliCpu, sign * memory, sign * node.pods.size);
  }

  private countAllocatable({ cpu = 0, memory = 0, pods = 0 }: ResourceList, sign: 1 | -1): void {
    this.goOn();
    add(this.allocatable, 0, sign * cpu);
    add(this.allocatable, 1, sign * memory);
    add(this.allocatable, 2, sign * pods);
  }

  private countPod(podClass: PodClass, sign: 1 | -1): void {
    const { requests } = this;
    const row = requests.rowOf(podClass);
    this.count(sign * requests.milliCpuIn(row), sign * requests.memoryIn(row), sign);
  }

  /** Counts what so many pods more or less request in all. */
  private count(milliCpu: number, memory: number, pods: number): void {
    this.goOn();
    add(this.requested, 0, milliCpu);
    add(this.requested, 1, memory);
    add(this.requested, 2, pods);
  }

  /** Takes note of the shares when the clock has gone on since they last changed: only what lasts counts. */
  private goOn(): void {
    const { now } = this.sim;
    if (now === this.since) return;
    this.record();
    this.since = now;
  }

  private record(): void {
    for (let index = 0; index < resources.length; index += 1) {
      const share = this.shareAt(index);
      this.recorders[index]?.record(this.since, share);
      if (share >= (this.leastShares[index] ?? 0)) continue;
      this.leastShares[index] = share;
      this.leastAt[index] = this.since;
    }
  }

  private shareAt(index: number): number {
    const all = this.allocatable[index] ?? 0;
    return all > 0 ? (all - (this.requested[index] ?? 0)) / all : 0;
  }
}

function takesPods({ unschedulable, ready }: Pick<NodeState, 'unschedulable' | 'ready'>): boolean {
  return !unschedulable && ready === 'True';
}

function add(sums: Float64Array, index: number, amount: number): void {
  sums[index] = (sums[index] ?? 0) + amount;
}
