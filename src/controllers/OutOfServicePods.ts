import type { Cluster } from '../cluster/Cluster.ts';
import type { ChangeHandlers, ClusterListener } from '../cluster/ClusterChange.ts';
import type { Node } from '../cluster/Node.ts';
import { OUT_OF_SERVICE } from '../cluster/Taint.ts';
import type { EventHandle } from '../sim/OneOffEvents.ts';
import type { Simulation } from '../sim/Simulation.ts';
import type { Duration } from '../units.ts';
import { collectPod } from './deletePod.ts';
import { nextGCPass, type PodGCOptions } from './PodGC.ts';

/**
 * Removes the terminating pods of nodes that are not Ready and bear the taint `out-of-service`, at the next pass of the pod garbage collector.
 * @see kubernetes/kubernetes pkg/controller/podgc/gc_controller.go (gcTerminating)
 */
export class OutOfServicePods implements ClusterListener {
  readonly on: ChangeHandlers = {
    nodeAdded: ({ node }) => this.suspect(node),
    nodeUpdated: ({ node }) => this.noteNode(node),
  };
  /** It is alert from the first node out of service on. */
  readonly onWhenAlert: ChangeHandlers = { podTerminating: ({ pod }) => this.noteTermination(this.cluster.nodeOf(pod)) };
  private readonly sim: Simulation;
  private readonly cluster: Cluster;
  private readonly phase: Duration;
  private readonly passes = new Map<string, EventHandle>();

  constructor({ sim, cluster, phase }: PodGCOptions) {
    this.sim = sim;
    this.cluster = cluster;
    this.phase = phase;
    for (const node of cluster.nodes.values()) this.noteNode(node);
  }

  private noteTermination(node: Node | undefined): void {
    if (node && isOutOfService(node)) this.collectLater(node);
  }

  private noteNode(node: Node): void {
    if (!isOutOfService(node)) return;
    this.cluster.alert(this);
    this.collectLater(node);
  }

  private suspect(node: Node): void {
    if (isOutOfService(node)) this.cluster.alert(this);
  }

  private collectLater(node: Node): void {
    if (this.passes.has(node.name)) return;
    const fire = () => this.collect(node);
    const at = nextGCPass(this.sim.now, this.phase);
    this.passes.set(node.name, this.sim.schedule({ kind: 'podGC', entity: node.name, fire }, at, 'React'));
  }

  private collect(node: Node): void {
    this.passes.delete(node.name);
    if (!isOutOfService(node)) return;
    for (const pod of [...node.pods].filter(({ isTerminating }) => isTerminating)) collectPod(this.cluster, pod, this.sim.now);
  }
}

function isOutOfService({ ready, taints }: Node): boolean {
  return ready !== 'True' && taints.some(({ key }) => key === OUT_OF_SERVICE);
}
