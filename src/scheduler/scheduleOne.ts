import type { Node } from '../cluster/Node.ts';
import type { Pod } from '../cluster/Pod.ts';
import { bestNodes } from './bestNodes.ts';
import { bindClaims } from './bindClaims.ts';
import type { BoundDecision, Decision, UnschedulableDecision } from './Decision.ts';
import { type Filters, prepareFilters } from './Filters.ts';
import { fitErrorMessage, tallyOf } from './FitError.ts';
import type { NodeVerdict } from './NodeVerdict.ts';
import { runPostFilters } from './postFilters.ts';
import type { SchedulerState } from './SchedulerState.ts';
import { scoreNodes } from './scoreNodes.ts';
import { type FeasibleNodes, searchFeasible } from './searchFeasible.ts';

/**
 * Decides where `pod` goes, or why it goes nowhere. Changes nothing in the cluster; in `state` only the start index and the count of ties.
 * @see kubernetes/kubernetes pkg/scheduler/schedule_one.go (schedulingCycle, schedulePod)
 */
export function scheduleOne(state: SchedulerState, pod: Pod): Decision {
  if (state.snapshot.nodes.length === 0) return { kind: 'error', message: 'no nodes available to schedule pods' };
  const prepared = prepareFilters(state.profile.filters, pod, state);
  if (prepared.kind === 'refuse') return refusedOutright(state, pod, prepared.verdict);
  const refusals = new Map<string, NodeVerdict>();
  const nominated = pod.nominatedNodeName === undefined ? undefined : state.snapshot.node(pod.nominatedNodeName);
  const verdict = nominated && prepared.filters.check(nominated);
  if (nominated && !verdict) return boundTo(nominated.name, { state, pod, feasible: [nominated.name], scores: undefined, refusals });
  if (nominated && verdict) refusals.set(nominated.name, verdict);
  const { feasible } = searchFeasible(state, prepared.filters, refusals);
  return feasible.length === 0 ? refusedByNodes(state, pod, prepared.filters, refusals) : choose(state, pod, { feasible, refusals });
}

function choose(state: SchedulerState, pod: Pod, { feasible, refusals }: FeasibleNodes): Decision {
  const names = feasible.map(({ name }) => name);
  const [only] = names;
  if (names.length === 1 && only !== undefined) return boundTo(only, { state, pod, feasible: names, scores: undefined, refusals });
  const scores = scoreNodes(state, pod, feasible);
  const best = bestNodes(names, scores.totals);
  const [first] = best;
  const node = best.length === 1 && first !== undefined ? first : state.tieBreak(pod, best, state.decisions++);
  return boundTo(node, { state, pod, feasible: names, scores, refusals });
}

type Finding = Pick<BoundDecision, 'feasible' | 'scores' | 'refusals'> & { readonly state: SchedulerState; readonly pod: Pod };

function boundTo(node: string, { state, pod, ...finding }: Finding): BoundDecision {
  const target = state.cluster.nodes.get(node);
  if (!target) throw new Error(`the scheduler chose node ${node}, which does not exist`);
  return { kind: 'bound', node, target, ...finding, claims: claimsOn(target, state, pod) };
}

function claimsOn(node: Node, { cluster, demands }: SchedulerState, pod: Pod): BoundDecision['claims'] {
  const keys = demands.of(pod).claims;
  if (keys.length === 0) return [];
  const claims = keys.flatMap((key) => cluster.storage.claims.get(key) ?? []);
  const waiting = claims.filter(({ volumeName }) => volumeName === undefined);
  return bindClaims(node, waiting, cluster.storage) ?? [];
}

function refusedOutright(state: SchedulerState, pod: Pod, verdict: NodeVerdict): UnschedulableDecision {
  const after = runPostFilters({ state, pod, filters: undefined, refusals: new Map() });
  const nodes = state.snapshot.nodes.length;
  const message = fitErrorMessage({ nodes, outright: verdict.reasons.join(', '), verdicts: [], after: after.message });
  return { kind: 'unschedulable', rejectedBy: new Set([verdict.plugin]), ...after, message, refusals: new Map() };
}

function refusedByNodes(state: SchedulerState, pod: Pod, filters: Filters, refusals: Map<string, NodeVerdict>): UnschedulableDecision {
  for (const { name } of state.snapshot.nodes) if (!refusals.has(name)) refusals.set(name, OUTSIDE);
  const after = runPostFilters({ state, pod, filters, refusals });
  const verdicts = [...refusals.values()];
  const message = fitErrorMessage({ nodes: state.snapshot.nodes.length, verdicts: tallyOf(verdicts), after: after.message });
  const rejectedBy = new Set(verdicts.map(({ plugin }) => plugin));
  if (filters.onlyNodes) rejectedBy.add(NAMING);
  return { kind: 'unschedulable', rejectedBy, ...after, message, refusals };
}

/** The only plugin that names the nodes to be tried. It counts among those that refused the pod, even if it names every node. */
const NAMING = 'NodeAffinity';

/** The verdict on nodes that a pod's own node names leave out. */
const OUTSIDE: NodeVerdict = {
  plugin: NAMING,
  reasons: ["node(s) didn't satisfy plugin(s) [NodeAffinity]"],
  canPreemptionHelp: false,
};
