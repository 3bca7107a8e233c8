import { type LabelSelector, type Labels, selectorMatches } from '../../cluster/LabelSelector.ts';
import type { Pod } from '../../cluster/Pod.ts';
import type { TopologySpreadConstraint } from '../../cluster/PodSpec.ts';
import { mergeLabelKeys } from '../AffinityTerms.ts';
import type { NodeUpdate, PodUpdate } from './ClusterEvent.ts';
import type { RequeueHints } from './RequeueHints.ts';

/**
 * Waits until a pod that counts for one of its hard constraints comes or goes, or a node enters, leaves or changes a domain.
 * @see kubernetes/kubernetes pkg/scheduler/framework/plugins/podtopologyspread/plugin.go
 */
export const PodTopologySpread: RequeueHints = {
  AssignedPodAdd: ({ pod }, waiting) => counts(pod, waiting),
  AssignedPodDelete: ({ pod }, waiting) => counts(pod, waiting),
  AssignedPodUpdatePodLabel: (update, waiting) => update.pod.namespace === waiting.namespace && changesMatch(update, waiting),
  UnschedulablePodUpdatePodLabel: (update, waiting) => update.pod === waiting && changesMatch(update, waiting),
  UnschedulablePodUpdatePodToleration: ({ pod }, waiting) =>
    pod === waiting && hardConstraints(waiting).some(({ nodeTaintsPolicy }) => nodeTaintsPolicy === 'Honor'),
  NodeAdd: ({ node }, waiting) => hasAllKeys(node.labels, waiting),
  NodeDelete: ({ node }, waiting) => hasAllKeys(node.labels, waiting),
  NodeUpdateNodeLabel: (update, waiting) => changesDomain(update, waiting),
  NodeUpdateNodeTaint: (update, waiting) => changesDomain(update, waiting),
};

function isHard({ whenUnsatisfiable }: TopologySpreadConstraint): boolean {
  return whenUnsatisfiable === 'DoNotSchedule';
}

function hardConstraints({ spec }: Pod): readonly TopologySpreadConstraint[] {
  return spec.topologySpreadConstraints.filter(isHard);
}

/** A nominated pod without a node does not count. Asked of every waiting pod whenever one comes or goes, so that it makes no list. */
function counts(pod: Pod, waiting: Pod): boolean {
  if (pod.nodeName === undefined || pod.namespace !== waiting.namespace) return false;
  for (const constraint of waiting.spec.topologySpreadConstraints)
    if (isHard(constraint) && matches(selectorOf(constraint, waiting), pod.labels)) return true;
  return false;
}

function changesMatch({ pod, before }: PodUpdate, waiting: Pod): boolean {
  return hardConstraints(waiting).some((constraint) => {
    const selector = selectorOf(constraint, waiting);
    return matches(selector, pod.labels) !== matches(selector, before.labels);
  });
}

function selectorOf({ labelSelector, matchLabelKeys }: TopologySpreadConstraint, { labels }: Pod): LabelSelector | undefined {
  return mergeLabelKeys(labelSelector, matchLabelKeys, labels);
}

function matches(selector: LabelSelector | undefined, labels: Labels): boolean {
  return selector !== undefined && selectorMatches(selector, labels);
}

function hasAllKeys(labels: Labels, waiting: Pod): boolean {
  return hardConstraints(waiting).every(({ topologyKey }) => topologyKey in labels);
}

function changesDomain({ node, before }: NodeUpdate, waiting: Pod): boolean {
  const isIn = hasAllKeys(node.labels, waiting);
  if (isIn !== hasAllKeys(before.labels, waiting)) return true;
  const moves = hardConstraints(waiting).some(({ topologyKey }) => node.labels[topologyKey] !== before.labels[topologyKey]);
  return isIn && (moves || JSON.stringify(node.taints) !== JSON.stringify(before.taints));
}
