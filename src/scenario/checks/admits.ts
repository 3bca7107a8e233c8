import type { NodeDescription } from '../../cluster/Node.ts';
import { nodeAffinityAdmits } from '../../cluster/nodeAffinity.ts';
import type { PodSpec } from '../../cluster/PodSpec.ts';
import { firstUntolerated } from '../../cluster/Taint.ts';

/** Whether `node` as it is given takes a pod of `spec` by its name, its node affinity and its taints, if it has room. */
export function admits(node: NodeDescription, spec: PodSpec): boolean {
  if ((spec.nodeName ?? node.name) !== node.name) return false;
  return nodeAffinityAdmits(spec, node) && !firstUntolerated(node.taints, spec.tolerations, ['NoSchedule', 'NoExecute']);
}
