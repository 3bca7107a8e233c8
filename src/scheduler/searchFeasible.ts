import type { Filters } from './Filters.ts';
import type { NodeInfo } from './NodeInfo.ts';
import type { NodeVerdict } from './NodeVerdict.ts';
import { nodesToFind } from './nodesToFind.ts';
import type { SchedulerState } from './SchedulerState.ts';

/** What a search over the nodes found. */
export interface FeasibleNodes {
  /** In the order visited. */
  readonly feasible: readonly NodeInfo[];
  readonly refusals: ReadonlyMap<string, NodeVerdict>;
}

/**
 * Visits nodes from the start index on until one more than enough of them pass, and moves the start index to where it stopped.
 *
 * This is what kube-scheduler does with a single worker; its real parallel search may see a few nodes more.
 * @see kubernetes/kubernetes pkg/scheduler/schedule_one.go (findNodesThatPassFilters)
 */
export function searchFeasible(state: SchedulerState, filters: Filters, refusals: Map<string, NodeVerdict>): FeasibleNodes {
  const { nodes } = state.snapshot;
  const { onlyNodes } = filters;
  const tried = onlyNodes ? named(onlyNodes, state) : nodes;
  const enough = nodesToFind(tried.length, state.percentageOfNodesToScore);
  const feasible: NodeInfo[] = [];
  for (let i = 0; i < tried.length; i += 1) {
    const node = tried[(state.nextStartIndex + i) % tried.length];
    const verdict = node && filters.check(node);
    if (!node) continue;
    if (verdict) refusals.set(node.name, verdict);
    else if (feasible.length === enough) break;
    else feasible.push(node);
  }
  state.nextStartIndex = (state.nextStartIndex + feasible.length + refusals.size) % nodes.length;
  return { feasible, refusals };
}

/** The nodes with one of `names`, in the order in which nodes are tried; a DaemonSet's pod names a single one. */
function named(names: ReadonlySet<string>, { snapshot }: SchedulerState): NodeInfo[] {
  return [...names].flatMap((name) => snapshot.node(name) ?? []).sort((a, b) => a.position - b.position);
}
