import type { Labels } from '../../cluster/LabelSelector.ts';
import type { Pod } from '../../cluster/Pod.ts';
import { type AffinityTarget, type AffinityTerm, affinityTermMatches } from '../AffinityTerms.ts';
import type { PodDemands } from '../PodDemands.ts';
import type { NodeUpdate, PodUpdate } from './ClusterEvent.ts';
import type { RequeueHints } from './RequeueHints.ts';

/**
 * Waits for a pod that matches all its affinity terms, for the removal of one that matched all its anti-affinity terms, or for a node in a
 * domain of these terms.
 *
 * Two gaps of Kubernetes up to 1.35 are kept: a pod that is kept away only by another pod's anti-affinity does not hear of that pod's
 * deletion, and terms are evaluated without the labels of namespaces. Of changed labels the queue tells only pods that could want to be
 * near the changed one.
 * @see kubernetes/kubernetes pkg/scheduler/framework/plugins/interpodaffinity/plugin.go
 */
export const InterPodAffinity: RequeueHints = {
  AssignedPodAdd: ({ pod }, waiting, demands) => matchesAll(affinityOf(waiting, demands), pod),
  AssignedPodUpdatePodLabel: (update, waiting, demands) => changesMatch(update, waiting, demands),
  AssignedPodDelete: ({ pod }, waiting, demands) => pod.nodeName !== undefined && matchesAll(antiAffinityOf(waiting, demands), pod),
  NodeAdd: ({ node }, waiting, demands) =>
    antiAffinityOf(waiting, demands).length > 0 || affinityOf(waiting, demands).some(({ topologyKey }) => topologyKey in node.labels),
  NodeUpdateNodeLabel: (update, waiting, demands) => movesDomain(update, waiting, demands),
};

/** Whether some required affinity of `waiting` asks for a pod like `pod`, the labels of namespaces apart. */
export function wantsNear(waiting: Pod, pod: Pod, demands: PodDemands): boolean {
  return affinityOf(waiting, demands).some((term) => affinityTermMatches(term, pod, unknownLabels));
}

function affinityOf(waiting: Pod, demands: PodDemands): readonly AffinityTerm[] {
  return demands.of(waiting).affinity?.required ?? [];
}

function antiAffinityOf(waiting: Pod, demands: PodDemands): readonly AffinityTerm[] {
  return demands.of(waiting).affinity?.requiredAnti ?? [];
}

function matchesAll(terms: readonly AffinityTerm[], target: AffinityTarget): boolean {
  return terms.length > 0 && terms.every((term) => affinityTermMatches(term, target, unknownLabels));
}

function changesMatch({ pod, before }: PodUpdate, waiting: Pod, demands: PodDemands): boolean {
  const earlier = { namespace: pod.namespace, labels: before.labels };
  const affinity = affinityOf(waiting, demands);
  const antiAffinity = antiAffinityOf(waiting, demands);
  return (
    (matchesAll(affinity, pod) && !matchesAll(affinity, earlier)) || (!matchesAll(antiAffinity, pod) && matchesAll(antiAffinity, earlier))
  );
}

function movesDomain({ node, before }: NodeUpdate, waiting: Pod, demands: PodDemands): boolean {
  const differs = ({ topologyKey }: AffinityTerm) => node.labels[topologyKey] !== before.labels[topologyKey];
  return (
    affinityOf(waiting, demands).some((term) => differs(term) && term.topologyKey in node.labels) ||
    antiAffinityOf(waiting, demands).some((term) => differs(term) && term.topologyKey in before.labels)
  );
}

const NO_LABELS: Labels = {};

function unknownLabels(): Labels {
  return NO_LABELS;
}
