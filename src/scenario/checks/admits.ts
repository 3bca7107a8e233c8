import type { NodeDescription } from '../../cluster/Node.ts';
import { nodeAffinityAdmits } from '../../cluster/nodeAffinity.ts';
import type { PodSpec } from '../../cluster/PodSpec.ts';
import { firstUntolerated } from '../../cluster/Taint.ts';

/**
 * Whether `node`, as given, accepts a pod of `spec` by its name, its labels and its taints, provided that it has room. The node needs a label
 * for each topology that the pod has to be spread over, or in which it has to be near others.
 * @see kubernetes/kubernetes pkg/scheduler/framework/plugins/podtopologyspread/filtering.go (Filter),
 * pkg/scheduler/framework/plugins/interpodaffinity/filtering.go (satisfyPodAffinity)
 */
export function admits(node: NodeDescription, spec: PodSpec): boolean {
  if ((spec.nodeName ?? node.name) !== node.name) return false;
  if (topologiesOf(spec).some((key) => !(key in node.labels))) return false;
  return nodeAffinityAdmits(spec, node) && !firstUntolerated(node.taints, spec.tolerations, ['NoSchedule', 'NoExecute']);
}

/** The topologies for which a node of a pod of this spec needs a label. */
export function topologiesOf({ affinity, topologySpreadConstraints }: PodSpec): readonly string[] {
  const hard = topologySpreadConstraints.filter(({ whenUnsatisfiable }) => whenUnsatisfiable === 'DoNotSchedule');
  return [...hard, ...affinity.pod.required].map(({ topologyKey }) => topologyKey);
}
