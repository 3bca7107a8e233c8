/**
 * Why a node is refused, or the pod before any node is looked at. `canPreemptionHelp` is Kubernetes' Unschedulable, its opposite
 * UnschedulableAndUnresolvable.
 * @see kubernetes/kubernetes staging/src/k8s.io/kube-scheduler/framework/interface.go (Code)
 */
export interface Refusal {
  /** At least one; each is counted by itself in the message. */
  readonly reasons: readonly string[];
  readonly canPreemptionHelp: boolean;
}

/** A refusal with the plugin that gave it; the framework adds the name. */
export interface NodeVerdict extends Refusal {
  readonly plugin: string;
}

/** A refusal that removing pods of lower priority might lift. */
export function unschedulable(...reasons: readonly string[]): Refusal {
  return { reasons, canPreemptionHelp: true };
}

/** A refusal that no preemption can lift. */
export function unresolvable(...reasons: readonly string[]): Refusal {
  return { reasons, canPreemptionHelp: false };
}
