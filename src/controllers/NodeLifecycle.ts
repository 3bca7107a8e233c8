import type { Cluster } from '../cluster/Cluster.ts';
import type { ChangeHandlers, ClusterListener } from '../cluster/ClusterChange.ts';
import type { KubernetesVersion } from '../cluster/KubernetesVersion.ts';
import type { Node, NodeState } from '../cluster/Node.ts';
import type { Taint } from '../cluster/Taint.ts';
import { eventKind } from '../sim/EventKind.ts';
import { type EventId, NO_EVENT } from '../sim/EventQueue.ts';
import type { Simulation } from '../sim/Simulation.ts';
import { after, type Instant, instant, seconds } from '../units.ts';
import { ConditionTainting } from './ConditionTainting.ts';
import { conditionTaint, conformTaints, hasConditionTaint } from './conditionTaints.ts';

export interface NodeLifecycleOptions {
  readonly sim: Simulation;
  readonly cluster: Cluster;
  readonly version: KubernetesVersion;
}

/** How often a kubelet renews its lease. */
const RENEWAL = seconds(10);
/** How long after the last renewal a node counts as Ready (node-monitor-grace-period since 1.32). */
const GRACE = seconds(50);
/** How often the controller looks at the nodes, counted from t = 0. */
const PASS = seconds(5);

/**
 * Notices nodes whose kubelet is silent. At the first pass 50 s after the last lease renewal the node's Ready condition becomes Unknown,
 * its pods become not Ready, and it gets the taint `unreachable`.
 *
 * NoSchedule taints follow the Ready condition at once. NoExecute taints are added in the same pass (1.33: in the next one), node by node
 * as {@link ConditionTainting} allows, and removed in the pass after the node is Ready.
 * @see kubernetes/kubernetes pkg/controller/nodelifecycle/node_lifecycle_controller.go
 */
export class NodeLifecycle implements ClusterListener {
  readonly on: ChangeHandlers = {
    nodeAdded: (change) => {
      this.tainting.on.nodeAdded(change);
      if (change.node.ready !== 'True') this.conformLater(change.node, this.sim.now);
    },
    nodeUpdated: (change) => {
      this.tainting.on.nodeUpdated(change);
      this.noteUpdate(change.node, change.before);
    },
    nodeRemoved: (change) => {
      this.tainting.on.nodeRemoved(change);
      this.callOffLoss(change.node);
      this.tainting.forget(change.node);
    },
  };
  private readonly sim: Simulation;
  private readonly cluster: Cluster;
  private readonly version: KubernetesVersion;
  private readonly tainting: ConditionTainting;
  private readonly loss = eventKind<Node>({ name: 'nodeLifecycle', phase: 'React', fire: (node) => this.lose(node) });
  private readonly answer = eventKind<Node>({ name: 'nodeLifecycle', phase: 'React', fire: (node) => this.conform(node) });
  /** When nodes that are silent are noticed. */
  private readonly losses = new Map<Node, EventId>();

  /** Takes the conditions and taints of the cluster as they stand. */
  constructor({ sim, cluster, version }: NodeLifecycleOptions) {
    this.sim = sim;
    this.cluster = cluster;
    this.version = version;
    this.tainting = new ConditionTainting({ sim, cluster });
  }

  private noteUpdate(node: Node, before: NodeState): void {
    if (node.isPosting !== before.isPosting) this.notePosting(node);
    if (node.ready !== before.ready) this.conformLater(node, this.sim.now);
  }

  private notePosting(node: Node): void {
    this.callOffLoss(node);
    if (node.isPosting || node.ready === 'Unknown') return;
    const at = passFrom(after(this.lastRenewal(node), GRACE));
    this.losses.set(node, this.sim.expect(this.loss, node, node.name, at));
  }

  private callOffLoss(node: Node): void {
    this.sim.callOff(this.losses.get(node) ?? NO_EVENT);
    this.losses.delete(node);
  }

  /** Leases are renewed at a phase of the node's own. */
  private lastRenewal({ lot }: Node): Instant {
    const phase = Math.floor(this.sim.briefStream('lease', lot).next() * RENEWAL);
    return instant(Math.floor((this.sim.now - phase) / RENEWAL) * RENEWAL + phase);
  }

  private lose(node: Node): void {
    this.losses.delete(node);
    this.cluster.updateNode(node, { ready: 'Unknown' });
    node.pods.forEach((pod) => void this.cluster.markPodUnready(pod, this.sim.now));
  }

  private conformLater(node: Node, at: Instant): void {
    this.sim.expect(this.answer, node, node.name, at);
  }

  private conform(node: Node): void {
    if (this.cluster.nodes.get(node.name) !== node) return;
    this.setNoSchedule(node);
    const isSamePass = node.ready === 'Unknown' && this.version !== '1.33';
    const at = isSamePass ? this.sim.now : passFrom(after(this.sim.now, seconds(0.001)));
    this.tainting.review(node, at);
  }

  private setNoSchedule(node: Node): void {
    const wanted = conditionTaint(node, 'NoSchedule');
    const isAsWanted = wanted ? node.taints.some((taint) => isSame(taint, wanted)) : !hasConditionTaint(node.taints, 'NoSchedule');
    if (!isAsWanted) this.cluster.updateNode(node, { taints: conformTaints(node, 'NoSchedule') });
  }
}

function isSame(a: Taint, b: Taint): boolean {
  return a.key === b.key && a.effect === b.effect;
}

/** The first monitor pass at or after `at`. */
function passFrom(at: Instant): Instant {
  return instant(Math.ceil(at / PASS) * PASS);
}
