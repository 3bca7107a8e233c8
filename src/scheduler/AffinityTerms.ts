import type { LabelSelector, Labels, Requirement } from '../cluster/LabelSelector.ts';
import { selectorMatches } from '../cluster/LabelSelector.ts';
import type { PodAffinityTerm, PodSpec } from '../cluster/PodSpec.ts';

/** One term of pod (anti-)affinity, ready to be asked: its own namespace and label keys are resolved. */
export interface AffinityTerm {
  readonly topologyKey: string;
  readonly selector: LabelSelector | undefined;
  readonly namespaces: ReadonlySet<string>;
  readonly namespaceSelector: LabelSelector | undefined;
}

export interface WeightedTerm {
  readonly weight: number;
  readonly term: AffinityTerm;
}

/** All terms of pod affinity and anti-affinity of one pod. */
export interface AffinityTerms {
  readonly required: readonly AffinityTerm[];
  readonly requiredAnti: readonly AffinityTerm[];
  readonly preferred: readonly WeightedTerm[];
  readonly preferredAnti: readonly WeightedTerm[];
}

/** The part of a pod that a term looks at. */
export interface AffinityTarget {
  readonly namespace: string;
  readonly labels: Labels;
}

/** Labels of a namespace by its name; one that is not known has none. */
export type NamespaceLabels = (namespace: string) => Labels;

/** The terms of a pod; undefined when it has none. `matchLabelKeys` are merged as the API server does at creation. */
export function affinityTermsOf(pod: AffinityTarget & { readonly spec: PodSpec }): AffinityTerms | undefined {
  const { pod: affinity, podAnti } = pod.spec.affinity;
  const count = affinity.required.length + affinity.preferred.length + podAnti.required.length + podAnti.preferred.length;
  if (count === 0) return undefined;
  const resolve = (term: PodAffinityTerm) => resolveTerm(term, pod);
  const weigh = ({ weight, term }: { readonly weight: number; readonly term: PodAffinityTerm }) => ({ weight, term: resolve(term) });
  return {
    required: affinity.required.map(resolve),
    requiredAnti: podAnti.required.map(resolve),
    preferred: affinity.preferred.map(weigh),
    preferredAnti: podAnti.preferred.map(weigh),
  };
}

/**
 * Whether `target` is in one of the term's namespaces and its labels match. A term without a label selector matches no pod.
 * @see kubernetes/kubernetes staging/src/k8s.io/kube-scheduler/framework/types.go (AffinityTerm.Matches)
 */
export function affinityTermMatches(term: AffinityTerm, target: AffinityTarget, namespaceLabels: NamespaceLabels): boolean {
  if (!term.selector) return false;
  const isInNamespace =
    term.namespaces.has(target.namespace) ||
    (term.namespaceSelector !== undefined && selectorMatches(term.namespaceSelector, namespaceLabels(target.namespace)));
  return isInNamespace && selectorMatches(term.selector, target.labels);
}

/** Adds `key In (value)` for each of `keys` that the labels have; no selector stays no selector. */
export function mergeLabelKeys(
  selector: LabelSelector | undefined,
  keys: readonly string[],
  labels: Labels,
  operator: 'In' | 'NotIn' = 'In',
): LabelSelector | undefined {
  if (!selector || keys.length === 0) return selector;
  const added: Requirement[] = keys.flatMap((key) => {
    const value = labels[key];
    return value === undefined ? [] : [{ key, operator, values: [value] }];
  });
  return { requirements: [...selector.requirements, ...added] };
}

function resolveTerm(term: PodAffinityTerm, pod: AffinityTarget): AffinityTerm {
  const merged = mergeLabelKeys(term.labelSelector, term.matchLabelKeys, pod.labels);
  const isDefault = term.namespaces.length === 0 && term.namespaceSelector === undefined;
  return {
    topologyKey: term.topologyKey,
    selector: mergeLabelKeys(merged, term.mismatchLabelKeys, pod.labels, 'NotIn'),
    namespaces: new Set(isDefault ? [pod.namespace] : term.namespaces),
    namespaceSelector: term.namespaceSelector,
  };
}
