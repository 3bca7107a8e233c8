import type { Cluster } from '../cluster/Cluster.ts';
import { selectorMatches } from '../cluster/LabelSelector.ts';
import type { Node } from '../cluster/Node.ts';
import type { Pod } from '../cluster/Pod.ts';
import { isTolerated, UNSCHEDULABLE } from '../cluster/Taint.ts';
import { after, type Duration, type Instant, seconds } from '../units.ts';
import { aggregate } from './aggregate.ts';
import { autoscalerObjection } from './autoscalerObjection.ts';
import type { DrainPlan } from './RollPlan.ts';

/**
 * The pods of `node` that a drain removes: all but those of DaemonSets and static pods, in order of namespace and name. Finished pods are
 * among them.
 */
export function toDrain(cluster: Cluster, node: Node, plan: DrainPlan): Pod[] {
  return selected(cluster, node, plan, (pod) => !isLeftAlone(pod, plan) && (!staysOnNode(pod) || isOrphanToEvict(cluster, pod, plan)));
}

function isLeftAlone({ spec }: Pod, { pods }: DrainPlan): boolean {
  return pods.tolerating === 'ignore' && isTolerated(UNSCHEDULABLE, spec.tolerations);
}

/** The pods on `node` that do not belong to it, whatever a drain covered, in order of namespace and name. */
export function guestsOn(cluster: Cluster, node: Node): Pod[] {
  return onNode(cluster, node, (pod) => !staysOnNode(pod));
}

/** Those of `pods` that a drain looking at `now` evicts or waits for: all but pods that should have been gone long ago. */
export function withoutSkipped(pods: readonly Pod[], plan: DrainPlan, now: Instant): readonly Pod[] {
  return plan.skipTerminatingAfter === undefined ? pods : pods.filter((pod) => !isSkipped(pod, plan, now));
}

/** Whether a drain that looks at `pod` now leaves it alone, or waits for it no longer, because it should have been gone long ago. */
export function isSkipped(pod: Pod, { skipTerminatingAfter }: DrainPlan, now: Instant): boolean {
  return skipTerminatingAfter !== undefined && isOverdue(pod, skipTerminatingAfter, now);
}

/** Whether the deletion timestamp of `pod` passed more than `time` ago, in whole seconds. */
function isOverdue({ termination }: Pod, time: Duration, now: Instant): boolean {
  if (!termination) return false;
  const deletionTimestamp = after(termination.requestedAt, seconds(termination.gracePeriodSeconds));
  return Math.floor((now - deletionTimestamp) / seconds(1)) * seconds(1) > time;
}

function isOrphanToEvict(cluster: Cluster, pod: Pod, { pods }: DrainPlan): boolean {
  return pods.orphanedDaemons === 'evict' && isOrphan(cluster, pod);
}

/** Whether the DaemonSet of `pod` is not there. */
function isOrphan(cluster: Cluster, pod: Pod): boolean {
  return pod.podClass.isDaemon && cluster.ownerOf(pod) === undefined;
}

/**
 * Whether `pod` belongs to its node: drains ignore it and it comes back with the node. A finished pod of a DaemonSet does not belong; one
 * whose DaemonSet is missing from the input does.
 */
function staysOnNode(pod: Pod): boolean {
  return pod.podClass.isStatic || (pod.podClass.isDaemon && !pod.isFinished);
}

/**
 * Why the whole drain of `node` is refused before anything is evicted, in the words of its client; undefined when it may go ahead.
 *
 * If several reasons apply to a pod, only the first is given: its DaemonSet, then its local storage, then that it has no controller.
 * Finished pods and pods that should have been gone long before `now` forbid nothing.
 * @see kubernetes/kubectl pkg/drain/filters.go (makeFilters), pkg/drain/drain.go (GetPodsForDeletion)
 */
export function refusalToDrain(cluster: Cluster, node: Node, plan: DrainPlan, now: Instant): string | undefined {
  if (!mayRefuse(plan)) return undefined;
  const objecting = withoutSkipped(
    selected(cluster, node, plan, (pod) => objectionTo(cluster, pod, plan) !== undefined),
    plan,
    now,
  );
  if (objecting.length === 0) return undefined;
  const forbidden = new Map<string, Pod[]>();
  for (const pod of objecting) {
    const message = objectionTo(cluster, pod, plan) ?? '';
    forbidden.set(message, [...(forbidden.get(message) ?? []), pod]);
  }
  const messages = [...forbidden].map(([message, pods]) => `cannot delete ${message}: ${pods.map((pod) => pod.key).join(', ')}`);
  return aggregate(messages);
}

function mayRefuse({ objections, pods: { unmanaged, emptyDir, daemonSets, orphanedDaemons } }: DrainPlan): boolean {
  return objections !== undefined || [unmanaged, emptyDir, daemonSets, orphanedDaemons].includes('refuseDrain');
}

/** The pods of `node` that the drain covers and for which `isWanted` is true, in order of namespace and name. */
function selected(cluster: Cluster, node: Node, { mode, podSelector }: DrainPlan, isWanted: (pod: Pod) => boolean): Pod[] {
  if (mode === 'none') return [];
  return onNode(cluster, node, (pod) => isWanted(pod) && (!podSelector || selectorMatches(podSelector, pod.labels)));
}

function onNode(cluster: Cluster, node: Node, isWanted: (pod: Pod) => boolean): Pod[] {
  const pods: Pod[] = [];
  const add = (pod: Pod) => {
    if (isWanted(pod)) putByName(pods, pod);
  };
  node.pods.forEach(add);
  cluster.finishedPodsOn(node.name).forEach(add);
  return pods;
}

/**
 * Inserts `pod` by namespace and name. It mostly goes last, because clusters are given in that order. The check for place 0 comes first:
 * reading before the start of an array is slow.
 */
function putByName(pods: Pod[], pod: Pod): void {
  const last = pods.length === 0 ? undefined : pods[pods.length - 1];
  if (!last || last.key < pod.key) pods.push(pod);
  else pods.splice(placeFor(pod.key, pods), 0, pod);
}

/** Where a pod of that key belongs among `pods`. */
function placeFor(key: string, pods: readonly Pod[]): number {
  let from = 0;
  let to = pods.length - 1;
  while (from < to) {
    const middle = (from + to) >> 1;
    const other = pods[middle];
    if (other && other.key < key) from = middle + 1;
    else to = middle;
  }
  return from;
}

function objectionTo(cluster: Cluster, pod: Pod, { pods: rules, objections }: DrainPlan): string | undefined {
  if (pod.isFinished || pod.podClass.isStatic) return undefined;
  if (objections === 'clusterAutoscaler' && !pod.podClass.isDaemon) return objectionOfAutoscaler(cluster, pod, rules);
  if (rules.orphanedDaemons !== undefined && isOrphan(cluster, pod)) {
    return rules.orphanedDaemons === 'refuseDrain' ? `daemonsets.apps "${pod.owner?.name}" not found` : objectionToStorage(pod, rules);
  }
  if (pod.podClass.isDaemon)
    return rules.daemonSets === 'refuseDrain' ? 'DaemonSet-managed Pods (use --ignore-daemonsets to ignore)' : undefined;
  return objectionToStorage(pod, rules) ?? objectionToBarePod(pod, rules);
}

function objectionOfAutoscaler(cluster: Cluster, pod: Pod, rules: DrainPlan['pods']): string | undefined {
  const { namespace, annotations, spec, owner, podClass } = pod;
  const judged = { namespace, annotations, spec, ownerKind: owner?.kind };
  return autoscalerObjection(judged, rules, () => cluster.budgetsOfClass(podClass).length > 0);
}

function objectionToStorage(pod: Pod, { emptyDir }: DrainPlan['pods']): string | undefined {
  const isLocal = emptyDir === 'refuseDrain' && pod.spec.volumes.some(({ source }) => source === 'emptyDir');
  return isLocal ? 'Pods with local storage (use --delete-emptydir-data to override)' : undefined;
}

function objectionToBarePod(pod: Pod, { unmanaged }: DrainPlan['pods']): string | undefined {
  const isRefused = unmanaged === 'refuseDrain' && !pod.owner;
  return isRefused ? 'cannot delete Pods that declare no controller (use --force to override)' : undefined;
}
