import type { Cluster } from '../../cluster/Cluster.ts';
import type { ClusterChange } from '../../cluster/ClusterChange.ts';
import type { Node } from '../../cluster/Node.ts';
import type { Pod } from '../../cluster/Pod.ts';
import { amountOf, type ResourceList } from '../../cluster/ResourceList.ts';
import type { Simulation } from '../../sim/Simulation.ts';
import { InstantEnd } from './InstantEnd.ts';
import { StepRecorder } from './StepRecorder.ts';

const resources = ['cpu', 'memory', 'pods'] as const;
type Resource = (typeof resources)[number];
type Amounts = Record<Resource, number>;

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
  private readonly shares = new Map<string, { readonly allocatable: Amounts; readonly requested: Amounts }>();
  private readonly total = { allocatable: nothing(), requested: nothing() };
  private readonly dirty = new Set<string>();
  private readonly end: InstantEnd;

  constructor(sim: Simulation, cluster: Cluster, requestsOf: (pod: Pod) => CpuAndMemory) {
    this.sim = sim;
    this.cluster = cluster;
    this.requestsOf = requestsOf;
    this.end = new InstantEnd(sim, 'headroom', () => this.observe());
    for (const name of cluster.nodes.keys()) this.markDirty(name);
  }

  onChange(change: ClusterChange): void {
    if ('node' in change) this.markDirty(change.node.name);
    else if ('pod' in change && change.pod.nodeName !== undefined) this.markDirty(change.pod.nodeName);
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
    const share = this.shareOf(node);
    this.shares.set(name, share);
    this.add(share, 1);
  }

  private add(share: { readonly allocatable: Amounts; readonly requested: Amounts }, sign: 1 | -1): void {
    for (const resource of resources) {
      this.total.allocatable[resource] += sign * share.allocatable[resource];
      this.total.requested[resource] += sign * share.requested[resource];
    }
  }

  private shareOf(node: Node): { readonly allocatable: Amounts; readonly requested: Amounts } {
    const allocatable = amounts(node.allocatable);
    const requested = { ...nothing(), pods: node.pods.size };
    for (const pod of node.pods) {
      const requests = this.requestsOf(pod);
      requested.cpu += requests.milliCpu;
      requested.memory += requests.memory;
    }
    return { allocatable, requested };
  }
}

function nothing(): Amounts {
  return { cpu: 0, memory: 0, pods: 0 };
}

function amounts(list: ResourceList): Amounts {
  return { cpu: amountOf(list, 'cpu'), memory: amountOf(list, 'memory'), pods: amountOf(list, 'pods') };
}
