import type { Node } from '../cluster/Node.ts';
import type { Pod } from '../cluster/Pod.ts';
import type { DrainPlan } from './RollPlan.ts';

const MIRROR = 'kubernetes.io/config.mirror';

/** The pods of `node` that a drain takes away: all but those of DaemonSets and static pods, in order of namespace and name. */
export function toDrain(node: Node, plan: DrainPlan): Pod[] {
  if (plan.mode === 'none') return [];
  return [...node.pods].filter((pod) => !staysOnNode(pod)).sort((a, b) => (a.key < b.key ? -1 : 1));
}

/** Whether `pod` belongs to its node: it is ignored by drains and comes back with the node. */
export function staysOnNode(pod: Pod): boolean {
  return pod.owner?.kind === 'DaemonSet' || pod.owner?.kind === 'Node' || MIRROR in pod.annotations;
}

/**
 * Why the whole drain is refused before anything is evicted, in kubectl's words; undefined when it may go on.
 * @see kubernetes/kubectl pkg/drain/filters.go
 */
export function refusalToDrain(pods: readonly Pod[], { pods: rules }: DrainPlan): string | undefined {
  const unmanaged = pods.filter((pod) => rules.unmanaged === 'refuseDrain' && !pod.owner);
  if (unmanaged.length > 0) return refusal('cannot delete Pods that declare no controller (use --force to override)', unmanaged);
  const local = pods.filter((pod) => rules.emptyDir === 'refuseDrain' && pod.spec.volumes.some(({ source }) => source === 'emptyDir'));
  return local.length > 0 ? refusal('Pods with local storage (use --delete-emptydir-data to override)', local) : undefined;
}

function refusal(message: string, pods: readonly Pod[]): string {
  return `cannot delete ${message}: ${pods.map((pod) => pod.key).join(', ')}`;
}
