import { nodeAffinityAdmits } from '../../cluster/nodeAffinity.ts';
import type { RequeueHints } from './RequeueHints.ts';

/** Waits for a node that matches and did not before. @see pkg/scheduler/framework/plugins/nodeaffinity */
export const NodeAffinity: RequeueHints = {
  NodeAdd: ({ node }, { spec }) => nodeAffinityAdmits(spec, node),
  NodeUpdateNodeLabel: ({ node, before }, { spec }) =>
    nodeAffinityAdmits(spec, node) && !nodeAffinityAdmits(spec, { name: node.name, labels: before.labels }),
};
