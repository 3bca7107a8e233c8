import type { LabelSelector } from '../cluster/LabelSelector.ts';
import type { NodeInfo } from './NodeInfo.ts';
import type { GroupTraits } from './PodGroup.ts';

/** What plugins ask about the pods that are on nodes. */
export interface PodsByNode {
  /** How many pods of `namespace` that are not terminating match `selector`. */
  lastingPods(namespace: string, selector: LabelSelector): CountsByNode;
  /** All pods on nodes, terminating ones too. */
  all(): Iterable<AlikePods>;
  /** Those of `all` that have any term of pod affinity or anti-affinity. */
  allWithAffinity(): Iterable<AlikePods>;
}

/** A number of pods for each node; undefined stands for none. */
export interface CountsByNode {
  get(node: NodeInfo): number | undefined;
}

/** One pod or more that no selector and no term of affinity tells apart. */
export interface AlikePods extends GroupTraits {
  /** Nodes with numbers of pods on them; a node may come several times. */
  readonly nodes: readonly (readonly [NodeInfo, number])[];
}
