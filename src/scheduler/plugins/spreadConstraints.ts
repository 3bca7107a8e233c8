import type { LabelSelector } from '../../cluster/LabelSelector.ts';
import type { Node } from '../../cluster/Node.ts';
import { nodeAffinityAdmits } from '../../cluster/nodeAffinity.ts';
import type { Pod } from '../../cluster/Pod.ts';
import type { TopologySpreadConstraint } from '../../cluster/PodSpec.ts';
import { firstUntolerated } from '../../cluster/Taint.ts';
import { mergeLabelKeys } from '../AffinityTerms.ts';
import type { CycleContext } from '../CycleContext.ts';
import { defaultSpreadSelector } from '../defaultSpreadSelector.ts';
import type { NodeInfo } from '../NodeInfo.ts';
import type { CountsByNode } from '../PodsByNode.ts';

/** A spread constraint of one pod, its label keys merged into the selector. */
export interface SpreadConstraint {
  readonly topologyKey: string;
  readonly maxSkew: number;
  readonly minDomains: number;
  /** undefined matches no pod. */
  readonly selector: LabelSelector | undefined;
  readonly nodeAffinityPolicy: 'Honor' | 'Ignore';
  readonly nodeTaintsPolicy: 'Honor' | 'Ignore';
}

/** The constraints of `pod` itself that are of the kind asked for. */
export function ownConstraints(pod: Pod, kind: TopologySpreadConstraint['whenUnsatisfiable']): readonly SpreadConstraint[] {
  return pod.spec.topologySpreadConstraints
    .filter(({ whenUnsatisfiable }) => whenUnsatisfiable === kind)
    .map(({ topologyKey, maxSkew, minDomains, labelSelector, matchLabelKeys, nodeAffinityPolicy, nodeTaintsPolicy }) => ({
      topologyKey,
      maxSkew,
      minDomains: minDomains ?? 1,
      selector: mergeLabelKeys(labelSelector, matchLabelKeys, pod.labels),
      nodeAffinityPolicy,
      nodeTaintsPolicy,
    }));
}

/**
 * The constraints that the scheduler adds for a pod without any: softly over nodes and over zones. None when its siblings are not known, or
 * when the scheduler is configured with a list of its own.
 * @see kubernetes/kubernetes pkg/scheduler/framework/plugins/podtopologyspread/plugin.go (systemDefaultConstraints)
 */
export function defaultConstraints(pod: Pod, { cluster, spreadDefaulting }: CycleContext): readonly SpreadConstraint[] {
  const selector = spreadDefaulting === 'System' ? defaultSpreadSelector(cluster, pod) : undefined;
  return selector ? [defaultConstraint(HOSTNAME, 3, selector), defaultConstraint('topology.kubernetes.io/zone', 5, selector)] : [];
}

function defaultConstraint(topologyKey: string, maxSkew: number, selector: LabelSelector): SpreadConstraint {
  return { topologyKey, maxSkew, minDomains: 1, selector, nodeAffinityPolicy: 'Honor', nodeTaintsPolicy: 'Ignore' };
}

export const HOSTNAME = 'kubernetes.io/hostname';

/** Whether the constraint counts the pods of `node`, as its inclusion policies say. */
export function isCounted(constraint: SpreadConstraint, pod: Pod, node: Node): boolean {
  if (constraint.nodeAffinityPolicy === 'Honor' && !nodeAffinityAdmits(pod.spec, node)) return false;
  return constraint.nodeTaintsPolicy === 'Ignore' || !firstUntolerated(node.taints, pod.spec.tolerations, ['NoSchedule', 'NoExecute']);
}

/** How many pods the constraint of `pod` counts on each node. */
export function countsByNode(constraint: SpreadConstraint, { namespace }: Pod, { podsByNode }: CycleContext): CountsByNode {
  const selector = countingSelector(constraint);
  return selector ? podsByNode.lastingPods(namespace, selector) : new Map<NodeInfo, number>();
}

/** What the constraint counts pods by; a selector without requirements counts none, as no selector does. */
export function countingSelector({ selector }: SpreadConstraint): LabelSelector | undefined {
  return selector && selector.requirements.length > 0 ? selector : undefined;
}

/** Whether `node` has a label for every constraint. */
export function hasAllKeys(node: Node, constraints: readonly SpreadConstraint[]): boolean {
  return constraints.every(({ topologyKey }) => node.labels[topologyKey] !== undefined);
}
