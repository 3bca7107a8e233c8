import type { Cluster } from '../../cluster/Cluster.ts';
import type { ClusterChange } from '../../cluster/ClusterChange.ts';
import type { Pod } from '../../cluster/Pod.ts';
import type { PodSpec } from '../../cluster/PodSpec.ts';
import { amountOf, type ResourceList } from '../../cluster/ResourceList.ts';
import type { Simulation } from '../../sim/Simulation.ts';
import { InstantEnd } from './InstantEnd.ts';
import { StepRecorder } from './StepRecorder.ts';

const resources = ['cpu', 'memory', 'pods'] as const;
type Resource = (typeof resources)[number];
type Amounts = Record<Resource, number>;

interface Share {
  readonly allocatable: Amounts;
  readonly requested: Amounts;
}

/** Where a pod was counted, and what. */
interface Place {
  readonly node: string;
  readonly spec: PodSpec;
  readonly requests: CpuAndMemory;
}

/** What a pod requests: thousandths of a CPU, bytes. */
export interface CpuAndMemory {
  readonly milliCpu: number;
  readonly memory: number;
}

/** Watches the free share of the nodes that take pods: allocatable minus requested, over allocatable. 0 when no node takes pods. */
export class HeadroomProbe {
  readonly series: Readonly<Record<Resource, StepRecorder>> = {
    cpu: new StepRecorder(),
    memory: new StepRecorder(),
    pods: new StepRecorder(),
  };
  private readonly sim: Simulation;
  private readonly cluster: Cluster;
  private readonly requestsOf: (pod: Pod) => CpuAndMemory;
  /** What counts of each node that takes pods now, and what is requested on every node, by pod. */
  private readonly shares = new Map<string, Share>();
  private readonly requested = new Map<string, Amounts>();
  private readonly placed = new Map<Pod, Place>();
  private readonly total = { allocatable: nothing(), requested: nothing() };
  private readonly dirty = new Set<string>();
  private readonly end: InstantEnd;

  constructor(sim: Simulation, cluster: Cluster, requestsOf: (pod: Pod) => CpuAndMemory) {
    this.sim = sim;
    this.cluster = cluster;
    this.requestsOf = requestsOf;
    this.end = new InstantEnd(sim, 'headroom', () => this.observe());
    for (const name of cluster.nodes.keys()) this.markDirty(name);
    for (const pod of cluster.pods.values()) this.notePod(pod);
  }

  onChange(change: ClusterChange): void {
    if ('node' in change) this.markDirty(change.node.name);
    if ('pod' in change) this.notePod(change.pod);
    if (change.kind === 'nodeAdded') for (const pod of change.node.pods) this.notePod(pod);
  }

  /** Counts `pod` where it holds its requests now, and no more where it did. */
  private notePod(pod: Pod): void {
    const { nodeName } = pod;
    const before = this.placed.get(pod);
    const now = nodeName !== undefined && this.cluster.nodes.get(nodeName)?.pods.has(pod) ? nodeName : undefined;
    if (before?.node === now && before?.spec === (now === undefined ? undefined : pod.spec)) return;
    if (before) this.count(before, -1);
    this.placed.delete(pod);
    if (now === undefined) return;
    const place = { node: now, spec: pod.spec, requests: this.requestsOf(pod) };
    this.placed.set(pod, place);
    this.count(place, 1);
  }

  private count({ node, requests: { milliCpu, memory } }: Place, sign: 1 | -1): void {
    const sums = this.requested.get(node) ?? nothing();
    this.requested.set(node, { cpu: sums.cpu + sign * milliCpu, memory: sums.memory + sign * memory, pods: sums.pods + sign });
    this.markDirty(node);
  }

  private markDirty(name: string): void {
    this.dirty.add(name);
    this.end.mark();
  }

  private observe(): void {
    for (const name of this.dirty) this.refresh(name);
    this.dirty.clear();
    const { allocatable, requested } = this.total;
    for (const resource of resources) {
      const all = allocatable[resource];
      this.series[resource].record(this.sim.now, all > 0 ? (all - requested[resource]) / all : 0);
    }
  }

  private refresh(name: string): void {
    const old = this.shares.get(name);
    if (old) this.add(old, -1);
    this.shares.delete(name);
    const node = this.cluster.nodes.get(name);
    if (!node || node.unschedulable || node.ready !== 'True') return;
    const share = { allocatable: amounts(node.allocatable), requested: this.requested.get(name) ?? nothing() };
    this.shares.set(name, share);
    this.add(share, 1);
  }

  private add(share: Share, sign: 1 | -1): void {
    for (const resource of resources) {
      this.total.allocatable[resource] += sign * share.allocatable[resource];
      this.total.requested[resource] += sign * share.requested[resource];
    }
  }
}

function nothing(): Amounts {
  return { cpu: 0, memory: 0, pods: 0 };
}

function amounts(list: ResourceList): Amounts {
  return { cpu: amountOf(list, 'cpu'), memory: amountOf(list, 'memory'), pods: amountOf(list, 'pods') };
}
