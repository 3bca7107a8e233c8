import type { Cluster } from '../../cluster/Cluster.ts';
import type { ClusterChange, ClusterListener } from '../../cluster/ClusterChange.ts';
import type { Node } from '../../cluster/Node.ts';
import type { Pod } from '../../cluster/Pod.ts';
import type { PodSpec } from '../../cluster/PodSpec.ts';
import { amountOf, type ResourceList } from '../../cluster/ResourceList.ts';
import type { Simulation } from '../../sim/Simulation.ts';
import { InstantEnd } from './InstantEnd.ts';
import { StepRecorder } from './StepRecorder.ts';

const resources = ['cpu', 'memory', 'pods'] as const;
type Resource = (typeof resources)[number];
type Amounts = Record<Resource, number>;

/** One node by name, also when it is gone for a while. */
interface Share {
  readonly name: string;
  /** What its pods request. */
  readonly requested: Amounts;
  /** What of it is in the totals now: nothing as long as it takes no pods. */
  counted: { readonly allocatable: Amounts; readonly requested: Amounts } | undefined;
  isDirty: boolean;
}

/** Where a pod was counted, and what. */
interface Place {
  readonly pod: Pod;
  readonly share: Share;
  readonly spec: PodSpec;
  readonly requests: CpuAndMemory;
}

/** What a pod requests: thousandths of a CPU, bytes. */
export interface CpuAndMemory {
  readonly milliCpu: number;
  readonly memory: number;
}

/** Watches the free share of the nodes that take pods: allocatable minus requested, over allocatable. 0 when no node takes pods. */
export class HeadroomProbe implements ClusterListener {
  readonly hears = [
    ...(['podAdded', 'podBound', 'podPhaseChanged', 'podUpdated', 'podRemoved'] as const),
    ...(['nodeAdded', 'nodeUpdated', 'nodeRemoved'] as const),
  ];
  readonly series: Readonly<Record<Resource, StepRecorder>> = {
    cpu: new StepRecorder(),
    memory: new StepRecorder(),
    pods: new StepRecorder(),
  };
  private readonly sim: Simulation;
  private readonly cluster: Cluster;
  private readonly requestsOf: (pod: Pod) => CpuAndMemory;
  private readonly shares = new Map<string, Share>();
  /** By slot of the pod. */
  private readonly places: (Place | undefined)[] = [];
  private readonly total = { allocatable: nothing(), requested: nothing() };
  private readonly dirty: Share[] = [];
  private readonly end: InstantEnd;

  constructor(sim: Simulation, cluster: Cluster, requestsOf: (pod: Pod) => CpuAndMemory) {
    this.sim = sim;
    this.cluster = cluster;
    this.requestsOf = requestsOf;
    this.end = new InstantEnd(sim, 'headroom', () => this.observe());
    for (const node of cluster.nodes.values()) this.noteNode(node);
  }

  onChange(change: ClusterChange): void {
    switch (change.kind) {
      case 'nodeAdded':
        this.noteNode(change.node);
        break;
      case 'nodeUpdated':
      case 'nodeRemoved':
        this.markDirty(this.shareOf(change.node.name));
        break;
      case 'podRemoved':
        this.take(change.pod);
        break;
      case 'podAdded':
      case 'podBound':
      case 'podPhaseChanged':
      case 'podUpdated':
        this.notePod(change.pod);
        break;
    }
  }

  private noteNode(node: Node): void {
    this.markDirty(this.shareOf(node.name));
    for (const pod of node.pods) this.notePod(pod);
  }

  /** Counts `pod` where it holds its requests now, and no more where it did. */
  private notePod(pod: Pod): void {
    const before = this.placeOf(pod);
    const isHeld = pod.nodeName !== undefined && !pod.isFinished;
    if (isHeld && before?.spec === pod.spec) return;
    if (before) this.take(pod);
    if (!isHeld) return;
    const place = { pod, share: this.shareOf(pod.nodeName ?? ''), spec: pod.spec, requests: this.requestsOf(pod) };
    this.places[pod.slot] = place;
    this.count(place, 1);
  }

  private take(pod: Pod): void {
    const place = this.placeOf(pod);
    if (!place) return;
    this.places[pod.slot] = undefined;
    this.count(place, -1);
  }

  private placeOf(pod: Pod): Place | undefined {
    const place = this.places[pod.slot];
    return place?.pod === pod ? place : undefined;
  }

  private shareOf(name: string): Share {
    const known = this.shares.get(name);
    if (known) return known;
    const share = { name, requested: nothing(), counted: undefined, isDirty: false };
    this.shares.set(name, share);
    return share;
  }

  private count({ share, requests }: Place, sign: 1 | -1): void {
    share.requested.cpu += sign * requests.milliCpu;
    share.requested.memory += sign * requests.memory;
    share.requested.pods += sign;
    this.markDirty(share);
  }

  private markDirty(share: Share): void {
    if (share.isDirty) return;
    share.isDirty = true;
    this.dirty.push(share);
    this.end.mark();
  }

  private observe(): void {
    for (const share of this.dirty) this.refresh(share);
    this.dirty.length = 0;
    const { allocatable, requested } = this.total;
    for (const resource of resources) {
      const all = allocatable[resource];
      this.series[resource].record(this.sim.now, all > 0 ? (all - requested[resource]) / all : 0);
    }
  }

  private refresh(share: Share): void {
    share.isDirty = false;
    if (share.counted) this.add(share.counted, -1);
    share.counted = undefined;
    const node = this.cluster.nodes.get(share.name);
    if (!node || node.unschedulable || node.ready !== 'True') return;
    share.counted = { allocatable: amounts(node.allocatable), requested: { ...share.requested } };
    this.add(share.counted, 1);
  }

  private add({ allocatable, requested }: NonNullable<Share['counted']>, sign: 1 | -1): void {
    for (const resource of resources) {
      this.total.allocatable[resource] += sign * allocatable[resource];
      this.total.requested[resource] += sign * requested[resource];
    }
  }
}

function nothing(): Amounts {
  return { cpu: 0, memory: 0, pods: 0 };
}

function amounts(list: ResourceList): Amounts {
  return { cpu: amountOf(list, 'cpu'), memory: amountOf(list, 'memory'), pods: amountOf(list, 'pods') };
}
