import type { ChangeHandlers } from '../../cluster/ClusterChange.ts';
import type { Pod } from '../../cluster/Pod.ts';
import type { BoundDecision, UnschedulableDecision } from '../Decision.ts';
import { prepareFilters } from '../Filters.ts';
import type { NodeVerdict } from '../NodeVerdict.ts';
import { nodesToFind } from '../nodesToFind.ts';
import type { PodKind } from '../PodKind.ts';
import { namespaceLabelsOf } from '../plugins/affinityFilter.ts';
import type { SchedulerState } from '../SchedulerState.ts';
import type { IndexedTieBreak } from '../TieBreak.ts';
import { AffinityIndex } from './AffinityIndex.ts';
import { Columns } from './Columns.ts';
import { refuseSkewed } from './hardSpread.ts';
import { PlanBook } from './PlanBook.ts';
import type { RefusedNodes } from './RefusedNodes.ts';
import { refuse } from './refuse.ts';
import type { SearchPlan } from './SearchPlan.ts';
import { SearchSpace } from './SearchSpace.ts';

/**
 * Finds the node that the plugins would choose, without asking them.
 *
 * **Columns.** What plugins work out for every node and every pod is kept in columns by node. Pods with the same requests, the same
 * placement rules or the same images share a column. Logs of changed nodes bring a column up to date when it is next read; what follows
 * from requests, only for the nodes that are looked at. Which nodes accept a pod takes one word of 32 bits per block in each column. Pods
 * nearby are counted by the snapshot.
 *
 * **Offsets.** The total of a node is its *local* score (by requests: a byte column), plus an *offset* that all nodes of a profile share
 * (by soft taints, preferred node affinity, and the domain of soft spreading), plus one for its images. The few *exceptions* are nodes that
 * hold pods which spreading over single nodes counts. Normalization by a plugin needs only the lowest and highest raw scores that occur, so
 * it can work on profiles.
 *
 * **Bounds.** A column ranks blocks of 32 nodes by the highest local score in each. The search begins with the blocks that have the highest
 * score of all, and ends at a score that not even the best offset lifts to the best total so far. When no sample is taken it does not even
 * determine which nodes of the other blocks are feasible. Where profiles are not enough (scored pod affinity, several spread
 * constraints), totals are worked out node by node.
 */
export class FastSearch {
  /** Forgets plans when it may be others who are spread together: Services and owners say so. */
  readonly on = {
    workloadAdded: () => this.forgetPlans(),
    workloadUpdated: ({ workload, before }) => {
      if (workload.selector !== before.selector) this.forgetPlans();
    },
    workloadRemoved: () => this.forgetPlans(),
    serviceChanged: () => this.forgetPlans(),
  } satisfies ChangeHandlers;
  /** Decisions that had to go the slow way for want of a fast form. */
  slowDecisions = 0;
  private readonly state: SchedulerState;
  private readonly affinities: AffinityIndex;
  /** undefined before the first search: the snapshot settles the order of nodes when it is first asked. */
  private space: SearchSpace | undefined = undefined;
  /** The state's tie break over the nodes of `space`, if it has such a form. */
  private tieBreak: IndexedTieBreak | undefined = undefined;
  /** The equally good nodes, filled for every decision in which the tie break needs names. */
  private readonly names: string[] = [];

  constructor(state: SchedulerState) {
    this.state = state;
    this.affinities = new AffinityIndex(state.snapshot.groups, namespaceLabelsOf(state));
  }

  /**
   * Decides for a node without the detail of a decision, or refuses the pod; the start index and the count of ties move as with the
   * plugins.
   * @returns undefined when there is no fast form and the plugins have to decide; nothing has changed then.
   */
  decide(pod: Pod, kind: PodKind): BoundDecision | UnschedulableDecision | undefined {
    const { state } = this;
    const space = this.presentSpace();
    const plan = planFor(pod, kind, space);
    if (!plan) return this.goSlow();
    prepare(plan, space);
    const claimed = state.nominated.nodesRespectedBy(pod);
    if (claimed.length > 0) refuseClaimed(state, pod, claimed, space.refused);
    const nodes = space.columns.nodes.length;
    const visited = space.findBest(plan, state.nextStartIndex);
    const isFound = !space.ties.isEmpty;
    if (!isFound && claimed.length > 0) return this.goSlow();
    state.nextStartIndex = (state.nextStartIndex + visited) % nodes;
    return isFound ? boundTo(space, this.choose(pod, space)) : refuse(state, pod, plan, space.refused);
  }

  private goSlow(): undefined {
    this.slowDecisions += 1;
    return undefined;
  }

  private forgetPlans(): void {
    this.space?.plans.forget();
  }

  /** The space over the nodes as they are now; another one after a node came or went. */
  private presentSpace(): SearchSpace {
    const { snapshot, version, percentageOfNodesToScore } = this.state;
    const { nodes } = snapshot;
    if (this.space?.columns.nodes === nodes) return this.space;
    const columns = new Columns(snapshot, version, this.affinities);
    this.space = new SearchSpace(columns, new PlanBook(columns, this.state), nodesToFind(nodes.length, percentageOfNodesToScore));
    this.tieBreak = this.state.tieBreak.among?.(columns.names);
    return this.space;
  }

  /** The position of one of the best nodes. */
  private choose(pod: Pod, space: SearchSpace): number {
    const { ties } = space;
    ties.list();
    if (ties.count === 1) return ties.positions[0] ?? 0;
    if (this.tieBreak) return this.tieBreak(ties.positions, ties.count, this.state.decisions++);
    return this.chooseByName(pod, space);
  }

  private chooseByName(pod: Pod, { ties, found, columns }: SearchSpace): number {
    const { names } = this;
    ties.arrange(found.start);
    for (let i = 0; i < ties.count; i += 1) names[i] = columns.names[ties.positions[i] ?? 0] ?? '';
    while (names.length > ties.count) names.pop();
    const chosen = names.indexOf(this.state.tieBreak(pod, names, this.state.decisions++));
    return ties.positions[chosen] ?? -1;
  }
}

function planFor(pod: Pod, kind: PodKind, { columns, plans }: SearchSpace): SearchPlan | undefined {
  if (columns.nodes.length === 0 || pod.nominatedNodeName !== undefined) return undefined;
  const plan = plans.planOf(pod, kind);
  return plan && columns.refreshTopologies() && plan.softSpread?.isUnclear ? undefined : plan;
}

/** Brings up to date all that says which nodes let the pod in. */
function prepare({ resources, placement, ports, hardSpread, affinity }: SearchPlan, { refused }: SearchSpace): void {
  placement.refresh();
  resources.refresh();
  refused.clear();
  if (ports) {
    ports.refresh();
    refused.refuseAll(ports.taken);
  }
  refuseSkewed(hardSpread, refused);
  affinity.refuseIn(refused);
}

/** Asks the plugins about the nodes that other pods were nominated to, as if these were there. */
function refuseClaimed(state: SchedulerState, pod: Pod, names: readonly string[], refused: RefusedNodes): void {
  const prepared = prepareFilters(state.profile.filters, pod, state);
  if (prepared.kind === 'refuse') return;
  for (const name of names) {
    const node = state.snapshot.node(name);
    if (node && prepared.filters.check(node)) refused.refuse(node.position);
  }
}

const NO_REFUSALS: ReadonlyMap<string, NodeVerdict> = new Map();
const NOTHING: readonly never[] = [];

function boundTo({ columns }: SearchSpace, position: number): BoundDecision {
  const target = columns.targets[position];
  if (!target) throw new Error(`the search chose position ${position}, where no node is`);
  return {
    kind: 'bound',
    node: target.name,
    target,
    feasible: NOTHING,
    scores: undefined,
    claims: NOTHING,
    refusals: NO_REFUSALS,
  };
}
