import type { Pod } from '../cluster/Pod.ts';
import type { Filters } from './Filters.ts';
import type { NodeVerdict } from './NodeVerdict.ts';
import { NEVER_PREEMPTS, noCandidate } from './plugins/DefaultPreemption.ts';
import { NO_VICTIMS } from './plugins/selectVictims.ts';
import { DefaultPreemption, DynamicResources } from './registry.ts';
import type { SchedulerState } from './SchedulerState.ts';

/** A pod that fits nowhere, and why. */
export interface FailedSearch {
  readonly state: SchedulerState;
  readonly pod: Pod;
  /** undefined when a plugin refused the pod outright. */
  readonly filters: Filters | undefined;
  readonly refusals: ReadonlyMap<string, NodeVerdict>;
}

/** What came of trying to make room. */
export interface PostFilterResult {
  /** Empty after success. */
  readonly message: string;
  readonly nominated: string | undefined;
  readonly victims: readonly Pod[];
  readonly clearsNomination: boolean;
}

/**
 * Lets DynamicResources and DefaultPreemption try to make room; an error of the first ends it.
 * @see kubernetes/kubernetes pkg/scheduler/framework/runtime/framework.go (RunPostFilterPlugins)
 */
export function runPostFilters({ state, pod, filters, refusals }: FailedSearch): PostFilterResult {
  const claims = DynamicResources.postFilter(state.version, filters ? 'filtered' : 'refusedOutright');
  if (claims.kind === 'error') return { message: claims.message, nominated: undefined, victims: [], clearsNomination: false };
  const preemption = DefaultPreemption.postFilter({ context: state, pod, filters, refusals, chooseNode: chooserOf(state, pod) });
  if (preemption.kind === 'made room') {
    return { message: '', nominated: preemption.node, victims: preemption.victims, clearsNomination: false };
  }
  const message = [...claims.messages, preemption.message].join(', ');
  return { message, nominated: undefined, victims: [], clearsNomination: preemption.kind === 'no candidate' };
}

/**
 * The result of `runPostFilters` for a pod that was not refused outright and is not nominated, when no pod anywhere has a lower priority.
 */
export function postFilterWithoutVictims(state: SchedulerState, pod: Pod, nodesWorthTrying: number): PostFilterResult {
  const claims = DynamicResources.postFilter(state.version, 'filtered');
  if (claims.kind === 'error') return { message: claims.message, nominated: undefined, victims: [], clearsNomination: false };
  const mayPreempt = pod.spec.preemptionPolicy !== 'Never';
  const tried = new Map(nodesWorthTrying > 0 ? ([[NO_VICTIMS, nodesWorthTrying]] as const) : []);
  const preemption = mayPreempt ? noCandidate(state.snapshot.nodes.length, tried) : `preemption: ${NEVER_PREEMPTS}`;
  return { message: [...claims.messages, preemption].join(', '), nominated: undefined, victims: [], clearsNomination: mayPreempt };
}

function chooserOf(state: SchedulerState, pod: Pod): (candidates: readonly string[]) => string {
  return (candidates) => state.tieBreak(pod, candidates, state.decisions++);
}
