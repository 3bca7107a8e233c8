import type { Labels } from '../../src/cluster/LabelSelector.ts';
import type { Affinity, PodAffinityTerm, TopologySpreadConstraint } from '../../src/cluster/PodSpec.ts';
import { selecting } from './builders.ts';

/** A term about the pods with `labels` in the namespace of the pod that has it. */
export function aPodAffinityTerm(labels: Labels, topologyKey: string): PodAffinityTerm {
  const labelSelector = selecting(labels);
  return { labelSelector, topologyKey, namespaces: [], namespaceSelector: undefined, matchLabelKeys: [], mismatchLabelKeys: [] };
}

type AffinityParts = { readonly [Part in keyof Affinity]?: Partial<Affinity[Part]> };

/** An affinity that asks for nothing but what is given. */
export function anAffinity({ node, pod, podAnti }: AffinityParts): Affinity {
  return {
    node: { required: undefined, preferred: [], ...node },
    pod: { required: [], preferred: [], ...pod },
    podAnti: { required: [], preferred: [], ...podAnti },
  };
}

/** A hard constraint that spreads the pods with `labels` over zones, with a skew of at most 1 unless told otherwise. */
export function aSpreadConstraint(labels: Labels, options: Partial<TopologySpreadConstraint> = {}): TopologySpreadConstraint {
  return {
    maxSkew: 1,
    topologyKey: 'zone',
    whenUnsatisfiable: 'DoNotSchedule',
    labelSelector: selecting(labels),
    minDomains: undefined,
    nodeAffinityPolicy: 'Honor',
    nodeTaintsPolicy: 'Ignore',
    matchLabelKeys: [],
    ...options,
  };
}
