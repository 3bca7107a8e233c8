import { tolerates, UNSCHEDULABLE } from '../../cluster/Taint.ts';
import type { RequeueHints } from './RequeueHints.ts';

/** Waits for a schedulable node, or for a toleration of its own. @see pkg/scheduler/framework/plugins/nodeunschedulable */
export const NodeUnschedulable: RequeueHints = {
  NodeAdd: ({ node }) => !node.unschedulable,
  NodeUpdateNodeTaint: ({ node, before }) => before.unschedulable && !node.unschedulable,
  UnschedulablePodUpdatePodToleration: ({ pod }, waiting) =>
    pod === waiting && pod.spec.tolerations.some((toleration) => tolerates(toleration, UNSCHEDULABLE)),
};
