import type { Cluster } from '../cluster/Cluster.ts';
import type { ChangeHandlers, ClusterListener } from '../cluster/ClusterChange.ts';
import type { Labels } from '../cluster/LabelSelector.ts';
import type { Node } from '../cluster/Node.ts';
import type { EventHandle } from '../sim/OneOffEvents.ts';
import type { Simulation } from '../sim/Simulation.ts';
import { after, type Duration, ZERO } from '../units.ts';

/** How long after a node is Ready the last things about it come. */
export interface RegistrationTiming {
  /** Until labels that no kubelet sets are on a Node object that is new: those of feature discovery and of controllers. */
  readonly labelsAfter: Duration;
  /** Until its device plugins have told of extended resources such as `nvidia.com/gpu`. */
  readonly devicesAfter: Duration;
}

export interface LateRegistrationOptions {
  readonly sim: Simulation;
  readonly cluster: Cluster;
  readonly timing: (node: Node) => RegistrationTiming;
}

/**
 * Nodes that come back without their devices, or new ones without their labels, and get them later: a starting kubelet sets extended
 * resources to 0 until the device plugins have registered. Pods with devices that are still bound to the node are not refused.
 * @see kubernetes/kubernetes pkg/kubelet/kubelet_node_status.go (reconcileExtendedResource)
 */
export class LateRegistration implements ClusterListener {
  readonly on: ChangeHandlers = {
    nodeAdded: ({ node }) => this.react(node, () => this.hide(node, this.timing(node))),
    nodeUpdated: ({ node, before }) => {
      if (node.isPosting && !before.isPosting) this.react(node, () => this.hide(node, { ...this.timing(node), labelsAfter: ZERO }));
    },
    nodeRemoved: ({ node }) => this.cancel(node),
  };
  private readonly sim: Simulation;
  private readonly cluster: Cluster;
  private readonly timing: (node: Node) => RegistrationTiming;
  private readonly missing = new Map<Node, EventHandle[]>();

  constructor({ sim, cluster, timing }: LateRegistrationOptions) {
    this.sim = sim;
    this.cluster = cluster;
    this.timing = timing;
  }

  private react(node: Node, fire: () => void): void {
    this.sim.schedule({ kind: 'kubelet', entity: node.name, fire }, this.sim.now, 'React');
  }

  private hide(node: Node, { labelsAfter, devicesAfter }: RegistrationTiming): void {
    this.cancel(node);
    const { labels, description } = node;
    if (labelsAfter === ZERO && devicesAfter === ZERO) return;
    const devices = Object.fromEntries(Object.entries(description.allocatable).filter(([name]) => isExtended(name)));
    const none = Object.fromEntries(Object.keys(devices).map((name) => [name, 0]));
    if (devicesAfter > 0 && Object.keys(devices).length > 0) {
      this.cluster.updateNode(node, { allocatable: { ...node.allocatable, ...none } });
      this.comeLater(node, devicesAfter, () => this.cluster.updateNode(node, { allocatable: { ...node.allocatable, ...devices } }));
    }
    if (labelsAfter > 0) {
      this.cluster.updateNode(node, { labels: ownLabels(labels) });
      this.comeLater(node, labelsAfter, () => this.cluster.updateNode(node, { labels: { ...labels, ...node.labels } }));
    }
  }

  private comeLater(node: Node, time: Duration, fire: () => void): void {
    if (!Number.isFinite(time)) return;
    const handle = this.sim.schedule({ kind: 'registration', entity: node.name, fire }, after(this.sim.now, time), 'Change');
    this.missing.set(node, [...(this.missing.get(node) ?? []), handle]);
  }

  private cancel(node: Node): void {
    for (const handle of this.missing.get(node) ?? []) handle.cancel();
    this.missing.delete(node);
  }
}

function isExtended(resource: string): boolean {
  return resource.includes('/') && !resource.startsWith('kubernetes.io/');
}

/** The labels that a kubelet sets when it registers: those under `kubernetes.io`. */
function ownLabels(labels: Labels): Labels {
  return Object.fromEntries(Object.entries(labels).filter(([key]) => /^([a-z-]+\.)?kubernetes\.io\//.test(key)));
}
