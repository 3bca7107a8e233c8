import type { Cluster } from '../cluster/Cluster.ts';
import type { ClusterChange, ClusterListener } from '../cluster/ClusterChange.ts';
import type { Node, NodeState } from '../cluster/Node.ts';
import type { Pod } from '../cluster/Pod.ts';
import { type Taint, tolerates } from '../cluster/Taint.ts';
import type { EventHandle } from '../sim/OneOffEvents.ts';
import type { Simulation } from '../sim/Simulation.ts';
import { after, type Duration, NEVER, seconds, ZERO } from '../units.ts';
import { deletePod } from './deletePod.ts';
import type { ControllerOptions } from './Reconciler.ts';

/**
 * Deletes the pods of nodes with NoExecute taints, each when its tolerations run out, without asking any budget.
 *
 * A deletion that is pending is called off when all NoExecute taints of the node are gone; other changes of taints do not restart the time.
 * @see kubernetes/kubernetes pkg/controller/tainteviction/taint_eviction.go
 */
export class TaintEviction implements ClusterListener {
  readonly hears = ['nodeAdded', 'nodeUpdated', 'podBound'] as const;
  /** It is alert while a deletion is planned. */
  readonly hearsWhenAlert = ['podRemoved', 'podTerminating'] as const;
  private readonly sim: Simulation;
  private readonly cluster: Cluster;
  private readonly planned = new Map<Pod, EventHandle>();
  /** By place of the node: whether it has NoExecute taints. Nearly every pod is bound to one that has none. */
  private readonly isTainted: boolean[] = [];

  /** Counts from now for the pods of nodes that are tainted already. */
  constructor({ sim, cluster }: ControllerOptions) {
    this.sim = sim;
    this.cluster = cluster;
    for (const node of cluster.nodes.values()) this.noteNode(node);
  }

  onChange(change: ClusterChange): void {
    switch (change.kind) {
      case 'nodeAdded':
        this.noteNode(change.node);
        break;
      case 'nodeUpdated':
        if (change.node.taints !== change.before.taints) this.noteTaints(change.node, change.before);
        break;
      case 'podBound':
        if (this.isTainted[change.node.place]) this.notePod(change.pod, noExecuteTaints(change.node));
        break;
      case 'podRemoved':
      case 'podTerminating':
        this.callOff(change.pod);
        break;
    }
  }

  private noteTaints(node: Node, before: NodeState): void {
    if (isNoExecuting(node) || isNoExecuting(before)) this.noteNode(node);
  }

  private noteNode(node: Node): void {
    const taints = noExecuteTaints(node);
    while (this.isTainted.length < node.place) this.isTainted.push(false);
    this.isTainted[node.place] = taints.length > 0;
    if (taints.length === 0 && this.planned.size === 0) return;
    node.pods.forEach((pod) => {
      this.notePod(pod, taints);
    });
  }

  private notePod(pod: Pod, taints: readonly Taint[]): void {
    const delay = stayOf(pod, taints);
    if (delay === NEVER) this.callOff(pod);
    else if (!this.planned.has(pod) || delay === ZERO) this.plan(pod, delay);
  }

  private plan(pod: Pod, delay: Duration): void {
    if (pod.isTerminating) return;
    this.planned.get(pod)?.cancel();
    const fire = () => {
      this.forget(pod);
      deletePod(this.cluster, pod, { now: this.sim.now, cause: 'DeletionByTaintManager' });
    };
    this.planned.set(pod, this.sim.schedule({ kind: 'taintEviction', entity: pod.key, fire }, after(this.sim.now, delay), 'React'));
    this.cluster.alert(this);
  }

  private callOff(pod: Pod): void {
    if (this.planned.size === 0) return;
    this.planned.get(pod)?.cancel();
    this.forget(pod);
  }

  private forget(pod: Pod): void {
    this.planned.delete(pod);
    if (this.planned.size === 0) this.cluster.calm(this);
  }
}

function isNoExecuting({ taints }: Pick<Node, 'taints'>): boolean {
  return taints.some(isNoExecute);
}

function noExecuteTaints({ taints }: Node): readonly Taint[] {
  return taints.filter(isNoExecute);
}

function isNoExecute({ effect }: Taint): boolean {
  return effect === 'NoExecute';
}

/** How long `pod` may stay beside `taints`: the shortest of the tolerations that match; ZERO when one taint has none. */
function stayOf({ spec }: Pod, taints: readonly Taint[]): Duration {
  let stay: Duration = NEVER;
  for (const taint of taints) {
    const matching = spec.tolerations.filter((toleration) => tolerates(toleration, taint));
    if (matching.length === 0) return ZERO;
    for (const { tolerationSeconds } of matching) {
      if (tolerationSeconds !== undefined) stay = Math.min(stay, seconds(Math.max(0, tolerationSeconds))) as Duration;
    }
  }
  return stay;
}
