import type { Pod } from '../../cluster/Pod.ts';
import type { UnschedulableDecision } from '../Decision.ts';
import { prepareFilters } from '../Filters.ts';
import { fitErrorMessage } from '../FitError.ts';
import type { NodeInfo } from '../NodeInfo.ts';
import type { NodeVerdict } from '../NodeVerdict.ts';
import { type PostFilterResult, postFilterWithoutVictims, runPostFilters } from '../postFilters.ts';
import type { SchedulerState } from '../SchedulerState.ts';
import { FirstRefusals } from './FirstRefusals.ts';
import type { RefusedNodes } from './RefusedNodes.ts';
import type { SearchPlan } from './SearchPlan.ts';

/**
 * The decision for a pod that no node fits, as the plugins would make it; to be called right after the search, which left out `refused`. If
 * there are pods of lower priority, choosing victims is left to the plugins.
 */
export function refuse(state: SchedulerState, pod: Pod, plan: SearchPlan, refused: RefusedNodes): UnschedulableDecision {
  const { nodes } = state.snapshot;
  const first = new FirstRefusals(plan, refused);
  const tally = first.tally(nodes);
  const after = state.snapshot.hasPodsBelow(pod.spec.priority)
    ? lookForVictims(state, pod, byName(nodes, first))
    : postFilterWithoutVictims(state, pod, worthTrying(tally));
  const message = fitErrorMessage({ nodes: nodes.length, verdicts: tally, after: after.message });
  const rejectedBy = new Set([...tally.keys()].map(({ plugin }) => plugin));
  return new UnfitDecision({ ...after, message, rejectedBy }, nodes, first);
}

/** The verdicts of the nodes are worked out when somebody asks for them, which has to be before anything changes. */
class UnfitDecision implements UnschedulableDecision {
  readonly kind = 'unschedulable';
  readonly message: string;
  readonly rejectedBy: ReadonlySet<string>;
  readonly nominated: string | undefined;
  readonly victims: readonly Pod[];
  readonly clearsNomination: boolean;
  private readonly nodes: readonly NodeInfo[];
  private readonly first: FirstRefusals;

  constructor(decision: Omit<UnschedulableDecision, 'kind' | 'refusals'>, nodes: readonly NodeInfo[], first: FirstRefusals) {
    this.message = decision.message;
    this.rejectedBy = decision.rejectedBy;
    this.nominated = decision.nominated;
    this.victims = decision.victims;
    this.clearsNomination = decision.clearsNomination;
    this.nodes = nodes;
    this.first = first;
  }

  get refusals(): ReadonlyMap<string, NodeVerdict> {
    return byName(this.nodes, this.first);
  }
}

function byName(nodes: readonly NodeInfo[], first: FirstRefusals): ReadonlyMap<string, NodeVerdict> {
  return new Map(nodes.map((node) => [node.name, first.verdictOn(node)]));
}

function lookForVictims(state: SchedulerState, pod: Pod, refusals: ReadonlyMap<string, NodeVerdict>): PostFilterResult {
  const prepared = prepareFilters(state.profile.filters, pod, state);
  return runPostFilters({ state, pod, filters: prepared.kind === 'ready' ? prepared.filters : undefined, refusals });
}

/** On how many nodes removing pods might help. */
function worthTrying(tally: ReadonlyMap<NodeVerdict, number>): number {
  let nodes = 0;
  for (const [{ canPreemptionHelp }, times] of tally) if (canPreemptionHelp) nodes += times;
  return nodes;
}
