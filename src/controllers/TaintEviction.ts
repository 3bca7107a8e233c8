import type { Cluster } from '../cluster/Cluster.ts';
import type { ChangeHandlers, ClusterListener } from '../cluster/ClusterChange.ts';
import type { Node, NodeState } from '../cluster/Node.ts';
import type { Pod } from '../cluster/Pod.ts';
import { type Taint, type Toleration, tolerates } from '../cluster/Taint.ts';
import { eventKind } from '../sim/EventKind.ts';
import { type EventId, NO_EVENT } from '../sim/EventQueue.ts';
import type { Simulation } from '../sim/Simulation.ts';
import { after, type Duration, type Instant, NEVER, seconds, ZERO } from '../units.ts';
import { deletePod } from './deletePod.ts';
import type { ControllerOptions } from './Reconciler.ts';

export interface TaintEvictionOptions extends ControllerOptions {
  /** Wall clock of t = 0, to which the times of given taints relate. */
  readonly startEpochMilliseconds?: number;
}

/**
 * Deletes the pods of nodes with NoExecute taints, each when its tolerations run out, without asking any budget.
 *
 * A deletion that is pending is called off when all NoExecute taints of the node are gone; other changes of taints do not restart the time.
 * A pod that is being deleted already has as long to end as before, but is disrupted from then on.
 * @see kubernetes/kubernetes pkg/controller/tainteviction/taint_eviction.go (processPodOnNode, addConditionAndDeletePod)
 */
export class TaintEviction implements ClusterListener {
  readonly on: ChangeHandlers = {
    nodeAdded: ({ node }) => this.noteNode(node),
    nodeUpdated: ({ node, before }) => {
      if (node.taints !== before.taints) this.noteTaints(node, before);
    },
    podBound: ({ pod, node }) => {
      if (this.tainted.size > 0 && this.tainted.has(node.host)) this.notePod(pod, node.taints);
    },
  };
  /** It is alert while a deletion is planned. */
  readonly onWhenAlert: ChangeHandlers = { podRemoved: ({ pod }) => this.callOff(pod) };
  private readonly sim: Simulation;
  private readonly cluster: Cluster;
  private readonly eviction = eventKind<Pod>({ name: 'taintEviction', phase: 'React', fire: (pod) => this.evict(pod) });
  private readonly planned = new Map<Pod, EventId>();
  /** The hosts of the nodes that have NoExecute taints: few if any, and nearly every pod is bound to another one. */
  private readonly tainted = new Set<number>();

  private readonly startEpochMilliseconds: number;

  /** Goes on with the pods of nodes that are tainted already: their time counts from the first taint whose time is known, otherwise from now. */
  constructor({ sim, cluster, startEpochMilliseconds = 0 }: TaintEvictionOptions) {
    this.sim = sim;
    this.cluster = cluster;
    this.startEpochMilliseconds = startEpochMilliseconds;
    for (const node of cluster.nodes.values()) this.noteNode(node);
  }

  private noteTaints(node: Node, before: NodeState): void {
    if (isNoExecuting(node) || isNoExecuting(before)) this.noteNode(node);
  }

  private noteNode(node: Node): void {
    const isTainted = isNoExecuting(node);
    if (isTainted) this.tainted.add(node.host);
    else this.tainted.delete(node.host);
    if (!isTainted && this.planned.size === 0) return;
    node.pods.forEach((pod) => {
      this.notePod(pod, node.taints);
    });
  }

  private notePod(pod: Pod, taints: readonly Taint[]): void {
    const delay = stayOf(pod, taints);
    if (delay === NEVER) this.callOff(pod);
    else if (!this.planned.has(pod) || delay === ZERO) this.plan(pod, after(this.firstSeen(pod, taints), delay));
  }

  private plan(pod: Pod, at: Instant): void {
    this.sim.callOff(this.planned.get(pod) ?? NO_EVENT);
    this.planned.set(pod, this.sim.expect(this.eviction, pod, pod.key, Math.max(this.sim.now, at) as Instant));
    this.cluster.alert(this);
  }

  /** Since when `pod` has been beside one of `taints` that is NoExecute. */
  private firstSeen({ boundAt, createdAt }: Pod, taints: readonly Taint[]): Instant {
    const times = taints.flatMap(({ addedEpoch }) => (addedEpoch === undefined ? [] : [addedEpoch - this.startEpochMilliseconds]));
    return Math.min(this.sim.now, Math.max(boundAt ?? createdAt, Math.min(...times))) as Instant;
  }

  /** The pod stays planned until it is gone, so that no other taint makes it go once more. */
  private evict(pod: Pod): void {
    this.planned.set(pod, NO_EVENT);
    deletePod(this.cluster, pod, { now: this.sim.now, cause: 'DeletionByTaintManager' });
  }

  private callOff(pod: Pod): void {
    if (this.planned.size === 0) return;
    const eviction = this.planned.get(pod);
    if (eviction === undefined) return;
    this.sim.callOff(eviction);
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

function isNoExecute({ effect }: Taint): boolean {
  return effect === 'NoExecute';
}

/** How long `pod` may stay beside those of `taints` that are NoExecute. */
function stayOf({ spec }: Pod, taints: readonly Taint[]): Duration {
  let stay: Duration = NEVER;
  for (const taint of taints) if (isNoExecute(taint)) stay = Math.min(stay, stayBeside(taint, spec.tolerations)) as Duration;
  return stay;
}

/** The shortest time that `tolerations` which match `taint` give; ZERO when none does. */
function stayBeside(taint: Taint, tolerations: readonly Toleration[]): Duration {
  let stay: Duration = NEVER;
  let isTolerated = false;
  for (const toleration of tolerations) {
    if (!tolerates(toleration, taint)) continue;
    const { tolerationSeconds } = toleration;
    if (tolerationSeconds !== undefined) stay = Math.min(stay, seconds(Math.max(0, tolerationSeconds))) as Duration;
    isTolerated = true;
  }
  return isTolerated ? stay : ZERO;
}
