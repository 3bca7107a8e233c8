import type { Cluster } from '../../cluster/Cluster.ts';
import type { ClusterChange, ClusterListener } from '../../cluster/ClusterChange.ts';
import type { Node } from '../../cluster/Node.ts';
import type { Pod } from '../../cluster/Pod.ts';
import type { PodSpec } from '../../cluster/PodSpec.ts';
import { amountOf, type ResourceList } from '../../cluster/ResourceList.ts';
import type { Simulation } from '../../sim/Simulation.ts';
import { StepRecorder } from './StepRecorder.ts';

const resources = ['cpu', 'memory', 'pods'] as const;
type Resource = (typeof resources)[number];
type Amounts = Record<Resource, number>;

/** One node by name, also when it is gone for a while. */
interface Share {
  /** What the node allows. */
  allocatable: Amounts;
  /** What its pods request. */
  readonly requested: Amounts;
  /** Whether it takes pods: only then it is in the totals. */
  isOpen: boolean;
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
  private readonly requestsOf: (pod: Pod) => CpuAndMemory;
  private readonly shares = new Map<string, Share>();
  /** By slot of the pod: where it is counted, as what, and what for. */
  private readonly shareOfPod: (Share | undefined)[] = [];
  private readonly specs: PodSpec[] = [];
  private readonly requests: CpuAndMemory[] = [];
  private readonly total = { allocatable: nothing(), requested: nothing() };

  constructor(sim: Simulation, cluster: Cluster, requestsOf: (pod: Pod) => CpuAndMemory) {
    this.sim = sim;
    this.requestsOf = requestsOf;
    for (const node of cluster.nodes.values()) this.noteNode(node);
    this.record();
  }

  onChange(change: ClusterChange): void {
    switch (change.kind) {
      case 'nodeAdded':
        this.noteNode(change.node);
        break;
      case 'nodeUpdated':
        this.setShare(this.shareOf(change.node.name), change.node);
        break;
      case 'nodeRemoved':
        this.setShare(this.shareOf(change.node.name), undefined);
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
    this.setShare(this.shareOf(node.name), node);
    for (const pod of node.pods) this.notePod(pod);
  }

  private setShare(share: Share, node: Node | undefined): void {
    if (share.isOpen) this.addToTotals(share, -1);
    share.isOpen = node !== undefined && !node.unschedulable && node.ready === 'True';
    if (node) share.allocatable = amounts(node.allocatable);
    if (share.isOpen) this.addToTotals(share, 1);
    this.record();
  }

  private addToTotals({ allocatable, requested }: Share, sign: 1 | -1): void {
    for (const resource of resources) {
      this.total.allocatable[resource] += sign * allocatable[resource];
      this.total.requested[resource] += sign * requested[resource];
    }
  }

  /** Counts `pod` where it holds its requests now, and no more where it did. */
  private notePod(pod: Pod): void {
    const { slot, spec, nodeName } = pod;
    const isHeld = nodeName !== undefined && !pod.isFinished;
    const isCounted = this.shareOfPod[slot] !== undefined;
    if (isHeld ? isCounted && this.specs[slot] === spec : !isCounted) return;
    this.take(pod);
    if (!isHeld) return;
    const share = this.shareOf(nodeName);
    const requests = this.requestsOf(pod);
    this.shareOfPod[slot] = share;
    this.specs[slot] = spec;
    this.requests[slot] = requests;
    this.count(share, requests, 1);
  }

  private take({ slot }: Pod): void {
    const share = this.shareOfPod[slot];
    const requests = this.requests[slot];
    if (!share || !requests) return;
    this.shareOfPod[slot] = undefined;
    this.count(share, requests, -1);
  }

  private count(share: Share, requests: CpuAndMemory, sign: 1 | -1): void {
    addTo(share.requested, requests, sign);
    if (!share.isOpen) return;
    addTo(this.total.requested, requests, sign);
    this.record();
  }

  private shareOf(name: string): Share {
    const known = this.shares.get(name);
    if (known) return known;
    const share = { allocatable: nothing(), requested: nothing(), isOpen: false };
    this.shares.set(name, share);
    return share;
  }

  private record(): void {
    const { allocatable, requested } = this.total;
    for (const resource of resources) {
      const all = allocatable[resource];
      this.series[resource].record(this.sim.now, all > 0 ? (all - requested[resource]) / all : 0);
    }
  }
}

function addTo(sums: Amounts, { milliCpu, memory }: CpuAndMemory, sign: 1 | -1): void {
  sums.cpu += sign * milliCpu;
  sums.memory += sign * memory;
  sums.pods += sign;
}

function nothing(): Amounts {
  return { cpu: 0, memory: 0, pods: 0 };
}

function amounts(list: ResourceList): Amounts {
  return { cpu: amountOf(list, 'cpu'), memory: amountOf(list, 'memory'), pods: amountOf(list, 'pods') };
}
