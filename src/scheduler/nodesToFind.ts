/**
 * How many feasible nodes a search may stop after, out of `nodes` to be tried; `percentage` 0 means adaptive.
 * @see kubernetes/kubernetes pkg/scheduler/schedule_one.go (numFeasibleNodesToFind)
 */
export function nodesToFind(nodes: number, percentage: number): number {
  if (nodes < MIN_FEASIBLE_NODES) return nodes;
  const share = percentage === 0 ? Math.max(50 - Math.trunc(nodes / 125), 5) : percentage;
  return Math.max(Math.trunc((nodes * share) / 100), MIN_FEASIBLE_NODES);
}

const MIN_FEASIBLE_NODES = 100;
