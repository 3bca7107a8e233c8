import { type Labels, requirementHolds } from './LabelSelector.ts';
import type { NodeSelectorTerm, PodSpec } from './PodSpec.ts';

/** The part of a node that node affinity looks at. */
export interface NodeIdentity {
  readonly name: string;
  readonly labels: Labels;
}

/**
 * Whether `node` satisfies the node selector and the required node affinity of `spec`.
 * @see kubernetes/kubernetes staging/src/k8s.io/component-helpers/scheduling/corev1/nodeaffinity/nodeaffinity.go (RequiredNodeAffinity)
 */
export function nodeAffinityAdmits(spec: Pick<PodSpec, 'nodeSelector' | 'affinity'>, node: NodeIdentity): boolean {
  for (const key in spec.nodeSelector) {
    if (node.labels[key] !== spec.nodeSelector[key]) return false;
  }
  const required = spec.affinity.node.required;
  return required === undefined || anyTermMatches(required, node);
}

/** Whether one of `terms` holds for `node`; no term at all holds for none. */
export function anyTermMatches(terms: readonly NodeSelectorTerm[], node: NodeIdentity): boolean {
  return terms.some((term) => termMatches(term, node));
}

/** Whether every requirement of `term` holds for `node`; a term without requirements holds for none. */
export function termMatches({ matchExpressions, matchFields }: NodeSelectorTerm, node: NodeIdentity): boolean {
  if (matchExpressions.length === 0 && matchFields.length === 0) return false;
  return (
    matchExpressions.every((requirement) => requirementHolds(requirement, node.labels[requirement.key])) &&
    matchFields.every((requirement) => requirementHolds(requirement, requirement.key === 'metadata.name' ? node.name : undefined))
  );
}
