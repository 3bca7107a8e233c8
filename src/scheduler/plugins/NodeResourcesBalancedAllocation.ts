import { balancedAllocation } from '../balancedAllocation.ts';
import type { ScorePlugin } from '../Plugin.ts';

/**
 * Prefers nodes where CPU and memory would be used to the same degree. Says nothing of a pod that requests neither.
 * @see kubernetes/kubernetes pkg/scheduler/framework/plugins/noderesources/balanced_allocation.go
 */
export const NodeResourcesBalancedAllocation: ScorePlugin = {
  name: 'NodeResourcesBalancedAllocation',
  prepareScore(pod, { demands }) {
    const { requests } = demands.of(pod);
    if (requests.milliCpu === 0 && requests.memory === 0) return undefined;
    return { score: (node) => balancedAllocation(node, requests) };
  },
};
