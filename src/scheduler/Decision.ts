import type { Node } from '../cluster/Node.ts';
import type { Pod } from '../cluster/Pod.ts';
import type { ClaimBinding } from './bindClaims.ts';
import type { NodeVerdict } from './NodeVerdict.ts';

/** What one scheduling cycle decided for one pod. A decision changes nothing; the caller binds, deletes victims and nominates. */
export type Decision = BoundDecision | UnschedulableDecision | ErrorDecision;

/** The pod goes to `node`. */
export interface BoundDecision {
  readonly kind: 'bound';
  /** Its name. */
  readonly node: string;
  /** The node itself, so that nobody has to look for it among thousands. */
  readonly target: Node;
  /**
   * Names of the nodes that passed every filter, in the order visited; only the nominated node when that one was chosen. Empty from the
   * fast search.
   */
  readonly feasible: readonly string[];
  /** undefined when nothing was scored, a single feasible node, and from the fast search. */
  readonly scores: NodeScores | undefined;
  /** What becomes of the pod's claims that waited for their first consumer; usually empty. */
  readonly claims: readonly ClaimBinding[];
  /** Refusals by node name, as far as nodes were visited. */
  readonly refusals: ReadonlyMap<string, NodeVerdict>;
}

/** Scores of the feasible nodes; every list has the order of `BoundDecision.feasible`. */
export interface NodeScores {
  readonly totals: readonly number[];
  /** One entry per plugin that took part, in profile order; a plugin that skipped the pod is absent. */
  readonly plugins: readonly PluginScores[];
}

/** One plugin's scores; `normalized` times `weight` goes into the total. */
export interface PluginScores {
  readonly plugin: string;
  readonly weight: number;
  readonly raw: readonly number[];
  readonly normalized: readonly number[];
}

/** No node fits. */
export interface UnschedulableDecision {
  readonly kind: 'unschedulable';
  /** The whole text of the PodScheduled condition, as the version writes it. */
  readonly message: string;
  /** Plugins that refused a node or the pod; the events that they registered for lead to the next attempt. */
  readonly rejectedBy: ReadonlySet<string>;
  /** The node won by preemption: the pod is to be nominated there and `victims` to be deleted. */
  readonly nominated: string | undefined;
  /** Pods to be deleted to make room, most important first; those that are terminating already are among them. */
  readonly victims: readonly Pod[];
  /** Whether an existing nomination is to be removed: preemption was tried and found no candidate. */
  readonly clearsNomination: boolean;
  /** Refusals by node name; empty when a plugin refused the pod before any node was looked at. */
  readonly refusals: ReadonlyMap<string, NodeVerdict>;
}

/** The cycle failed without any plugin refusing the pod: it is retried by a timer, not by events. */
export interface ErrorDecision {
  readonly kind: 'error';
  /** Such as `no nodes available to schedule pods`. */
  readonly message: string;
}
