import { type NodeIdentity, nodeAffinityAdmits, termMatches } from '../../cluster/nodeAffinity.ts';
import type { NodeSelectorTerm, PodSpec } from '../../cluster/PodSpec.ts';
import { unresolvable } from '../NodeVerdict.ts';
import { normalizeScores } from '../normalizeScores.ts';
import { type FilterPlugin, type ScorePlugin, SKIP } from '../Plugin.ts';

/**
 * Refuses nodes that do not satisfy the pod's node selector and required node affinity, and prefers those that match its preferred terms.
 * If every term of a pod names nodes (as for a DaemonSet), only these nodes are tried.
 * @see kubernetes/kubernetes pkg/scheduler/framework/plugins/nodeaffinity/node_affinity.go
 */
export const NodeAffinity: FilterPlugin & ScorePlugin = {
  name: 'NodeAffinity',
  prepareFilter({ spec }) {
    if (!requiresAnything(spec)) return SKIP;
    const onlyNodes = namedNodes(spec.affinity.node.required);
    if (onlyNodes?.size === 0) return { kind: 'refuse', refusal: unresolvable('pod affinity terms conflict') };
    return {
      kind: 'filter',
      filter: { check: ({ node }) => (nodeAffinityAdmits(spec, node) ? undefined : NOT_SELECTED) },
      ...(onlyNodes ? { onlyNodes } : {}),
    };
  },
  prepareScore({ spec }) {
    const { preferred } = spec.affinity.node;
    if (preferred.length === 0) return undefined;
    return { score: ({ node }) => preferenceFor(spec, node), normalize: normalizeScores };
  },
};

/** The summed weights of the preferred terms of `spec` that match `node`. */
export function preferenceFor(spec: PodSpec, node: NodeIdentity): number {
  let sum = 0;
  for (const { weight, term } of spec.affinity.node.preferred) if (termMatches(term, node)) sum += weight;
  return sum;
}

/** Of a node that the selector or the required terms leave out. */
export const NOT_SELECTED = unresolvable("node(s) didn't match Pod's node affinity/selector");

function requiresAnything(spec: PodSpec): boolean {
  return spec.affinity.node.required !== undefined || Object.keys(spec.nodeSelector).length > 0;
}

/** The nodes that the terms name, undefined unless every term names some by `metadata.name In`. */
export function namedNodes(terms: readonly NodeSelectorTerm[] | undefined): ReadonlySet<string> | undefined {
  if (!terms || terms.length === 0) return undefined;
  const names = new Set<string>();
  for (const term of terms) {
    const lists = term.matchFields.filter(({ key, operator }) => key === 'metadata.name' && operator === 'In').map(({ values }) => values);
    const [first, ...rest] = lists;
    if (!first) return undefined;
    for (const name of first) if (rest.every((values) => values.includes(name))) names.add(name);
  }
  return names;
}
