import { MAX_NODE_SCORE } from './normalizeScores.ts';

/** Sums of real requests on a node, and what it allows. */
export interface BalancedResources {
  readonly allocatableMilliCpu: number;
  readonly allocatableMemory: number;
  readonly requestedMilliCpu: number;
  readonly requestedMemory: number;
}

/**
 * How evenly CPU and memory would be used with a pod more, in [0, 100]. The order of the floating-point steps is Kubernetes':
 * truncation shows every rounding.
 * @see kubernetes/kubernetes pkg/scheduler/framework/plugins/noderesources/balanced_allocation.go
 */
export function balancedAllocation(node: BalancedResources, pod: { readonly milliCpu: number; readonly memory: number }): number {
  if (node.allocatableMilliCpu === 0 || node.allocatableMemory === 0) return MAX_NODE_SCORE;
  const cpu = Math.min(1, (node.requestedMilliCpu + pod.milliCpu) / node.allocatableMilliCpu);
  const memory = Math.min(1, (node.requestedMemory + pod.memory) / node.allocatableMemory);
  return Math.trunc((1 - Math.abs((cpu - memory) / 2)) * MAX_NODE_SCORE);
}
