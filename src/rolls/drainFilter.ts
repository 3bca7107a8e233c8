import type { Cluster } from '../cluster/Cluster.ts';
import { selectorMatches } from '../cluster/LabelSelector.ts';
import type { Node } from '../cluster/Node.ts';
import type { Pod } from '../cluster/Pod.ts';
import type { DrainPlan } from './RollPlan.ts';

const MIRROR = 'kubernetes.io/config.mirror';

/**
 * The pods of `node` that a drain takes away: all but those of DaemonSets and static pods, in order of namespace and name. Pods that
 * have finished are among them.
 */
export function toDrain(cluster: Cluster, node: Node, plan: DrainPlan): Pod[] {
  return selected(cluster, node, plan).filter((pod) => !staysOnNode(pod));
}

/**
 * Whether `pod` belongs to its node: it is ignored by drains and comes back with the node. A pod of a DaemonSet that has finished does
 * not; one whose DaemonSet is not in the input does.
 */
export function staysOnNode(pod: Pod): boolean {
  return (isOfDaemonSet(pod) && !pod.isFinished) || pod.owner?.kind === 'Node' || MIRROR in pod.annotations;
}

/** DaemonSets of other API groups are controllers like any other (as of kubectl 1.34). */
function isOfDaemonSet({ owner }: Pod): boolean {
  return owner?.kind === 'DaemonSet' && owner.apiVersion === 'apps/v1';
}

/**
 * Why the whole drain of `node` is refused before anything is evicted, in kubectl's words; undefined when it may go on.
 *
 * Of a pod that is forbidden for more than one reason only the last counts. Pods that have finished forbid nothing.
 * @see kubernetes/kubectl pkg/drain/filters.go
 */
export function refusalToDrain(cluster: Cluster, node: Node, plan: DrainPlan): string | undefined {
  const forbidden = new Map<string, Pod[]>();
  for (const pod of selected(cluster, node, plan)) {
    const message = objectionTo(pod, plan);
    if (message !== undefined) forbidden.set(message, [...(forbidden.get(message) ?? []), pod]);
  }
  const messages = [...forbidden].map(([message, pods]) => `cannot delete ${message}: ${pods.map((pod) => pod.key).join(', ')}`);
  return messages.length > 1 ? `[${messages.join(', ')}]` : messages[0];
}

function selected(cluster: Cluster, node: Node, { mode, podSelector }: DrainPlan): Pod[] {
  if (mode === 'none') return [];
  const pods = [...node.pods, ...cluster.finishedPodsOn(node.name)].filter(
    (pod) => !podSelector || selectorMatches(podSelector, pod.labels),
  );
  return pods.sort((a, b) => (a.key < b.key ? -1 : 1));
}

function objectionTo(pod: Pod, { pods: rules }: DrainPlan): string | undefined {
  if (pod.isFinished || pod.owner?.kind === 'Node' || MIRROR in pod.annotations) return undefined;
  if (isOfDaemonSet(pod))
    return rules.daemonSets === 'refuseDrain' ? 'DaemonSet-managed Pods (use --ignore-daemonsets to ignore)' : undefined;
  if (!pod.owner && rules.unmanaged === 'refuseDrain') return 'cannot delete Pods that declare no controller (use --force to override)';
  const isLocal = rules.emptyDir === 'refuseDrain' && pod.spec.volumes.some(({ source }) => source === 'emptyDir');
  return isLocal ? 'Pods with local storage (use --delete-emptydir-data to override)' : undefined;
}
