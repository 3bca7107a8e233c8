import type { Cluster } from '../../src/cluster/Cluster.ts';
import type { ClusterListener } from '../../src/cluster/ClusterChange.ts';
import { onEvery } from '../../src/cluster/Listeners.ts';
import type { Node } from '../../src/cluster/Node.ts';
import type { Pod } from '../../src/cluster/Pod.ts';
import type { Simulation } from '../../src/sim/Simulation.ts';

/** A scheduler that binds each pending pod to the first schedulable node with a free place for a pod, honouring a pin by node name. */
export class FirstFit implements ClusterListener {
  readonly on = onEvery(({ kind }) => {
    if (kind !== 'podBound') this.plan();
  });
  private readonly sim: Simulation;
  private readonly cluster: Cluster;
  private isPlanned = false;

  constructor({ sim, cluster }: { sim: Simulation; cluster: Cluster }) {
    this.sim = sim;
    this.cluster = cluster;
    this.plan();
  }

  private plan(): void {
    if (this.isPlanned) return;
    this.isPlanned = true;
    this.sim.schedule({ kind: 'scheduler', entity: '', fire: () => this.bindAll() }, this.sim.now, 'Decide');
  }

  private bindAll(): void {
    this.isPlanned = false;
    for (const pod of this.cluster.pods.values()) {
      if (pod.nodeName !== undefined || pod.isTerminating) continue;
      const node = [...this.cluster.nodes.values()].find((candidate) => hasRoom(candidate, pod));
      if (node) this.cluster.bindPod(pod, node, this.sim.now);
    }
  }
}

function hasRoom(node: Node, pod: Pod): boolean {
  const pin = pod.spec.affinity.node.required?.[0]?.matchFields[0]?.values[0];
  if (pin !== undefined) return pin === node.name;
  return !node.unschedulable && node.pods.size < (node.allocatable.pods ?? 0);
}
