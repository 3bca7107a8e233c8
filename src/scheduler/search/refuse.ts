import type { Pod } from '../../cluster/Pod.ts';
import type { UnschedulableDecision } from '../Decision.ts';
import { prepareFilters } from '../Filters.ts';
import { fitErrorMessage, tallyOf } from '../FitError.ts';
import type { NodeInfo } from '../NodeInfo.ts';
import type { NodeVerdict } from '../NodeVerdict.ts';
import { type PostFilterResult, postFilterWithoutVictims, runPostFilters } from '../postFilters.ts';
import type { SchedulerState } from '../SchedulerState.ts';
import { FirstRefusals } from './FirstRefusals.ts';
import type { SearchPlan } from './SearchPlan.ts';

/**
 * The decision for a pod that no node fits, as the plugins would make it; to be called right after the search. Where there are pods of
 * lower priority it is left to the plugins to choose victims.
 */
export function refuse(state: SchedulerState, pod: Pod, plan: SearchPlan): UnschedulableDecision {
  const { nodes } = state.snapshot;
  const first = new FirstRefusals(plan, nodes.length, state.version);
  const verdicts = nodes.map((node) => first.verdictOn(node));
  const tally = tallyOf(verdicts);
  const after = state.snapshot.hasPodsBelow(pod.spec.priority)
    ? lookForVictims(state, pod, byName(nodes, verdicts))
    : postFilterWithoutVictims(state, pod, worthTrying(tally));
  const message = fitErrorMessage({ nodes: nodes.length, verdicts: tally, after: after.message });
  const rejectedBy = new Set([...tally.keys()].map(({ plugin }) => plugin));
  return new UnfitDecision({ ...after, message, rejectedBy }, { nodes, verdicts });
}

/** What was said against each node is looked up by name only when somebody asks for it. */
class UnfitDecision implements UnschedulableDecision {
  readonly kind = 'unschedulable';
  readonly message: string;
  readonly rejectedBy: ReadonlySet<string>;
  readonly nominated: string | undefined;
  readonly victims: readonly Pod[];
  readonly clearsNomination: boolean;
  private readonly nodes: readonly NodeInfo[];
  private readonly verdicts: readonly NodeVerdict[];

  constructor(decision: Omit<UnschedulableDecision, 'kind' | 'refusals'>, { nodes, verdicts }: Said) {
    this.message = decision.message;
    this.rejectedBy = decision.rejectedBy;
    this.nominated = decision.nominated;
    this.victims = decision.victims;
    this.clearsNomination = decision.clearsNomination;
    this.nodes = nodes;
    this.verdicts = verdicts;
  }

  get refusals(): ReadonlyMap<string, NodeVerdict> {
    return byName(this.nodes, this.verdicts);
  }
}

/** Nodes, and by the same index what was said against each. */
interface Said {
  readonly nodes: readonly NodeInfo[];
  readonly verdicts: readonly NodeVerdict[];
}

function byName(nodes: readonly NodeInfo[], verdicts: readonly NodeVerdict[]): ReadonlyMap<string, NodeVerdict> {
  const refusals = new Map<string, NodeVerdict>();
  for (const [i, { name }] of nodes.entries()) {
    const verdict = verdicts[i];
    if (verdict) refusals.set(name, verdict);
  }
  return refusals;
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
