import type { Cluster } from '../cluster/Cluster.ts';
import type { ClusterChange } from '../cluster/ClusterChange.ts';
import type { Pod } from '../cluster/Pod.ts';
import type { EventHandle } from '../sim/EventQueue.ts';
import type { Simulation } from '../sim/Simulation.ts';
import { after, instant, seconds } from '../units.ts';
import { deletePod } from './deletePod.ts';
import type { ControllerOptions } from './Reconciler.ts';

const PERIOD = seconds(20);
const QUARANTINE = seconds(40);

/**
 * Removes the pods of Node objects that are gone: 40 to 60 s after the removal, at the first pass (every 20 s from t = 0) whose quarantine
 * is over. A node of the same name that is back by then keeps its pods.
 * @see kubernetes/kubernetes pkg/controller/podgc/gc_controller.go (gcOrphaned)
 */
export class PodGC {
  private readonly sim: Simulation;
  private readonly cluster: Cluster;
  private readonly quarantine = new Map<string, EventHandle>();

  /** Begins with the pods whose node is missing from the start. */
  constructor({ sim, cluster }: ControllerOptions) {
    this.sim = sim;
    this.cluster = cluster;
    for (const pod of cluster.pods.values()) {
      if (pod.nodeName !== undefined && !cluster.nodes.has(pod.nodeName)) this.watch(pod.nodeName);
    }
  }

  onChange(change: ClusterChange): void {
    if (change.kind === 'nodeRemoved') this.watch(change.node.name);
    else if (change.kind === 'nodeAdded') {
      this.quarantine.get(change.node.name)?.cancel();
      this.quarantine.delete(change.node.name);
    }
  }

  private watch(nodeName: string): void {
    if (this.quarantine.has(nodeName)) return;
    const firstPass = instant(Math.ceil(this.sim.now / PERIOD) * PERIOD);
    const fire = () => this.collect(nodeName);
    this.quarantine.set(nodeName, this.sim.schedule({ kind: 'podGC', entity: nodeName, fire }, after(firstPass, QUARANTINE), 'React'));
  }

  private collect(nodeName: string): void {
    this.quarantine.delete(nodeName);
    for (const pod of [...this.cluster.pods.values()]) {
      if (pod.nodeName === nodeName) this.remove(pod);
    }
  }

  private remove(pod: Pod): void {
    if (!pod.isFinished) this.cluster.setPodPhase(pod, 'Failed');
    deletePod(this.cluster, pod, { now: this.sim.now, gracePeriodSeconds: 0, cause: 'DeletionByPodGC' });
  }
}
