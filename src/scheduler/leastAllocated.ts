import type { ScoringRequests } from '../cluster/podRequests.ts';
import { MAX_NODE_SCORE } from './normalizeScores.ts';

/** What the resource scores look at: a node's sums, or a column's row with the same fields. */
export interface ScoredResources {
  readonly allocatableMilliCpu: number;
  readonly allocatableMemory: number;
  readonly scoringMilliCpu: number;
  readonly scoringMemory: number;
}

/**
 * How much of CPU and memory would be left with a pod more, in [0, 100]: the mean of both, truncated twice as Kubernetes does.
 * A resource that the node does not have is left out.
 * @see kubernetes/kubernetes pkg/scheduler/framework/plugins/noderesources/least_allocated.go
 */
export function leastAllocated(node: ScoredResources, pod: ScoringRequests): number {
  const hasCpu = node.allocatableMilliCpu !== 0;
  const hasMemory = node.allocatableMemory !== 0;
  const cpu = hasCpu ? shareLeft(node.scoringMilliCpu + pod.milliCpu, node.allocatableMilliCpu) : 0;
  const memory = hasMemory ? shareLeft(node.scoringMemory + pod.memory, node.allocatableMemory) : 0;
  return hasCpu && hasMemory ? Math.trunc((cpu + memory) / 2) : cpu + memory;
}

/** Percent of `allocatable` left beside `requested`, truncated; 0 when there is none left. */
export function shareLeft(requested: number, allocatable: number): number {
  return requested > allocatable ? 0 : Math.trunc(((allocatable - requested) * MAX_NODE_SCORE) / allocatable);
}
