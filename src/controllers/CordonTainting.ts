import type { Cluster } from '../cluster/Cluster.ts';
import type { ChangeHandlers, ClusterListener } from '../cluster/ClusterChange.ts';
import type { Node } from '../cluster/Node.ts';
import { cordonTaints } from '../cluster/Taint.ts';
import type { Simulation } from '../sim/Simulation.ts';
import { after } from '../units.ts';
import { type Latency, NO_LATENCY } from './Latency.ts';
import type { ControllerOptions } from './Reconciler.ts';

/**
 * Adds the taint `unschedulable` to cordoned nodes and removes it again, where the cluster does not do that in the same step.
 * @see kubernetes/kubernetes pkg/controller/nodelifecycle/node_lifecycle_controller.go (doNoScheduleTaintingPass)
 */
export class CordonTainting implements ClusterListener {
  readonly on: ChangeHandlers = {
    nodeUpdated: ({ node, before }) => {
      if (node.unschedulable !== before.unschedulable) this.taintLater(node);
    },
  };
  private readonly sim: Simulation;
  private readonly cluster: Cluster;
  private readonly latency: Latency;

  constructor({ sim, cluster, latency = NO_LATENCY }: ControllerOptions) {
    this.sim = sim;
    this.cluster = cluster;
    this.latency = latency;
  }

  private taintLater(node: Node): void {
    const latency = this.latency(node.unschedulable ? 'cordonTaint' : 'uncordonTaint', node.name);
    const fire = () => this.conform(node);
    this.sim.schedule({ kind: 'nodeLifecycle', entity: node.name, fire }, after(this.sim.now, latency), 'React');
  }

  private conform(node: Node): void {
    if (this.cluster.nodes.get(node.name) === node)
      this.cluster.updateNode(node, { taints: cordonTaints(node.taints, node.unschedulable) });
  }
}
