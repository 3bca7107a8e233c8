import { MAX_NODE_SCORE } from './normalizeScores.ts';

/** Sums of real requests on a node, and what it allows. */
export interface BalancedResources {
  readonly allocatableMilliCpu: number;
  readonly allocatableMemory: number;
  readonly requestedMilliCpu: number;
  readonly requestedMemory: number;
}

/**
 * How evenly CPU and memory would be used with a pod more, in [0, 100].
 * @see kubernetes/kubernetes pkg/scheduler/framework/plugins/noderesources/balanced_allocation.go
 */
export function balancedAllocation(node: BalancedResources, pod: { readonly milliCpu: number; readonly memory: number }): number {
  const { allocatableMilliCpu, allocatableMemory, requestedMilliCpu, requestedMemory } = node;
  return balanceOf(requestedMilliCpu + pod.milliCpu, allocatableMilliCpu, requestedMemory + pod.memory, allocatableMemory);
}

/**
 * How evenly two resources are used, in [0, 100]; the arguments give for each what is requested and what there is. The floating-point steps
 * are in Kubernetes' order, because the final truncation makes every rounding visible. It is done by `|`, which yields a small integer.
 */
export function balanceOf(milliCpu: number, allocatableMilliCpu: number, memory: number, allocatableMemory: number): number {
  if (allocatableMilliCpu === 0 || allocatableMemory === 0) return MAX_NODE_SCORE;
  const cpuShare = milliCpu > allocatableMilliCpu ? 1 : milliCpu / allocatableMilliCpu;
  const memoryShare = memory > allocatableMemory ? 1 : memory / allocatableMemory;
  return ((1 - Math.abs((cpuShare - memoryShare) / 2)) * MAX_NODE_SCORE) | 0;
}
