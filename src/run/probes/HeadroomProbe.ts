import type { Cluster } from '../../cluster/Cluster.ts';
import type { Node, NodeState } from '../../cluster/Node.ts';
import type { Pod } from '../../cluster/Pod.ts';
import { ClassTable } from '../../cluster/PodClass.ts';
import type { PodSpec } from '../../cluster/PodSpec.ts';
import { amountOf, type ResourceList } from '../../cluster/ResourceList.ts';
import type { Simulation } from '../../sim/Simulation.ts';
import { type Instant, START } from '../../units.ts';
import type { StepSeries } from '../RunResult.ts';
import { StepRecorder } from './StepRecorder.ts';

const resources = ['cpu', 'memory', 'pods'] as const;
type Resource = (typeof resources)[number];

/** What a pod requests: thousandths of a CPU, bytes. */
export interface CpuAndMemory {
  readonly milliCpu: number;
  readonly memory: number;
}

/** What is watched, and how much of it is kept. */
export interface HeadroomOptions {
  readonly sim: Simulation;
  readonly cluster: Cluster;
  readonly requestsOf: (spec: PodSpec) => CpuAndMemory;
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
  private readonly ofClass: ClassTable<CpuAndMemory>;
  /** By slot of the pod: where it holds its requests. */
  private readonly homes: (Home | undefined)[] = [];
  /** By place of the node. */
  private readonly homeAt: Home[] = [];
  /** Over the nodes that take pods, in the order of `resources`. */
  private readonly allocatable = new Float64Array(resources.length);
  private readonly requested = new Float64Array(resources.length);
  /** Since when the totals are as they are. */
  private since: Instant;
  /** The least shares that held for some time before, and since when. */
  private readonly leastShares = new Float64Array(resources.length).fill(Number.POSITIVE_INFINITY);
  private readonly leastAt: Instant[] = resources.map(() => START);
  private readonly recorders: readonly StepRecorder[];

  constructor({ sim, cluster, requestsOf, keeps }: HeadroomOptions) {
    this.sim = sim;
    this.since = sim.now;
    this.cluster = cluster;
    this.requestsOf = requestsOf;
    this.ofClass = new ClassTable(({ spec }) => requestsOf(spec));
    this.recorders = keeps === 'series' ? resources.map(() => new StepRecorder()) : [];
    for (const node of cluster.nodes.values()) this.countNode(node, node, 1);
    for (const pod of cluster.pods.values()) this.add(pod);
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
    node.pods.forEach((pod) => void this.hold(pod, node));
  }

  /** A node has gone. */
  leave(node: Node): void {
    this.countNode(node, node, -1);
    node.pods.forEach((pod) => void this.setHome(pod, undefined));
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
    const home = node && this.homeOf(node);
    this.setHome(pod, home);
    if (home) this.count(home, this.ofClass.of(pod.podClass), 1);
  }

  /** A pod has finished or gone. Whatever leaves a node that is being drained was taken out of the totals with the node. */
  release(pod: Pod): void {
    const home = this.homes[pod.slot];
    if (!home) return;
    this.homes[pod.slot] = undefined;
    this.count(home, this.ofClass.of(pod.podClass), -1);
  }

  /** The spec of a pod may be another one. */
  respec(pod: Pod, before: PodSpec): void {
    const home = this.homes[pod.slot];
    if (!home || before === pod.spec) return;
    this.count(home, this.requestsOf(before), -1);
    this.count(home, this.ofClass.of(pod.podClass), 1);
  }

  private setHome({ slot }: Pod, home: Home | undefined): void {
    while (this.homes.length < slot) this.homes.push(undefined);
    this.homes[slot] = home;
  }

  private homeOf(node: Node): Home {
    const known = this.homeAt[node.place];
    if (known?.node === node) return known;
    const home = { node, requested: new Float64Array(resources.length) };
    this.homeAt[node.place] = home;
    return home;
  }

  /** Counts a node with what it holds, if it takes pods as it is or was. */
  private countNode(node: Node, state: NodeState, sign: 1 | -1): void {
    if (!takesPods(state)) return;
    const { requested } = this.homeOf(node);
    this.countAllocatable(state.allocatable, sign);
    for (let index = 0; index < resources.length; index += 1) add(this.requested, index, sign * (requested[index] ?? 0));
  }

  private countAllocatable(allocatable: ResourceList, sign: 1 | -1): void {
    this.goOn();
    add(this.allocatable, 0, sign * amountOf(allocatable, 'cpu'));
    add(this.allocatable, 1, sign * amountOf(allocatable, 'memory'));
    add(this.allocatable, 2, sign * amountOf(allocatable, 'pods'));
  }

  private count({ node, requested }: Home, requests: CpuAndMemory, sign: 1 | -1): void {
    addRequests(requested, requests, sign);
    if (!takesPods(node)) return;
    this.goOn();
    addRequests(this.requested, requests, sign);
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

/** A node and what the pods on it request, in the order of `resources`. */
interface Home {
  readonly node: Node;
  readonly requested: Float64Array;
}

function takesPods({ unschedulable, ready }: Pick<NodeState, 'unschedulable' | 'ready'>): boolean {
  return !unschedulable && ready === 'True';
}

function add(sums: Float64Array, index: number, amount: number): void {
  sums[index] = (sums[index] ?? 0) + amount;
}

function addRequests(sums: Float64Array, { milliCpu, memory }: CpuAndMemory, sign: 1 | -1): void {
  add(sums, 0, sign * milliCpu);
  add(sums, 1, sign * memory);
  add(sums, 2, sign);
}
