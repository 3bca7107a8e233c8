import type { Pod } from '../../cluster/Pod.ts';
import { firstUntolerated, type Taint } from '../../cluster/Taint.ts';
import type { RequeueHints } from './RequeueHints.ts';

/** Waits for a node whose taints it tolerates and did not before. @see pkg/scheduler/framework/plugins/tainttoleration */
export const TaintToleration: RequeueHints = {
  NodeAdd: ({ node }, waiting) => toleratesAll(waiting, node.taints),
  NodeUpdateNodeTaint: ({ node, before }, waiting) => toleratesAll(waiting, node.taints) && !toleratesAll(waiting, before.taints),
  UnschedulablePodUpdatePodToleration: ({ pod }, waiting) => pod === waiting,
};

function toleratesAll(pod: Pod, taints: readonly Taint[]): boolean {
  return firstUntolerated(taints, pod.spec.tolerations, ['NoSchedule', 'NoExecute']) === undefined;
}
