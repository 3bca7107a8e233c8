import type { ScoringRequests } from '../cluster/podRequests.ts';
import { MAX_NODE_SCORE } from './normalizeScores.ts';

/** What NodeResourcesFit looks at when it scores a node. */
export interface ScoredResources {
  readonly allocatableMilliCpu: number;
  readonly allocatableMemory: number;
  readonly scoringMilliCpu: number;
  readonly scoringMemory: number;
}

/**
 * How much of CPU and memory would be left with a pod more, in [0, 100].
 * @see kubernetes/kubernetes pkg/scheduler/framework/plugins/noderesources/least_allocated.go
 */
export function leastAllocated(node: ScoredResources, pod: ScoringRequests): number {
  const { allocatableMilliCpu, allocatableMemory, scoringMilliCpu, scoringMemory } = node;
  return shareOfBothLeft(scoringMilliCpu + pod.milliCpu, allocatableMilliCpu, scoringMemory + pod.memory, allocatableMemory);
}

/**
 * How much of two resources is left, in [0, 100]; the arguments give for each what is requested and what there is. The mean of both,
 * truncated twice as in Kubernetes. A resource that the node does not have is left out.
 */
export function shareOfBothLeft(milliCpu: number, allocatableMilliCpu: number, memory: number, allocatableMemory: number): number {
  const sum = shareLeft(milliCpu, allocatableMilliCpu) + shareLeft(memory, allocatableMemory);
  return allocatableMilliCpu === 0 || allocatableMemory === 0 ? sum : sum >> 1;
}

/**
 * Percent of `allocatable` left beside `requested`, truncated by `|`, which yields a small integer; 0 when nothing is left, or there is
 * none.
 */
function shareLeft(requested: number, allocatable: number): number {
  return requested > allocatable ? 0 : (((allocatable - requested) * MAX_NODE_SCORE) / allocatable) | 0;
}
