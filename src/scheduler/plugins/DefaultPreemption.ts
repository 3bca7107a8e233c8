import type { Pod } from '../../cluster/Pod.ts';
import type { CycleContext } from '../CycleContext.ts';
import type { Filters } from '../Filters.ts';
import { fitErrorMessage, tallyOf } from '../FitError.ts';
import { type NodeVerdict, type Refusal, unresolvable } from '../NodeVerdict.ts';
import { bestCandidates, candidatesWanted, type PreemptionCandidate } from './preemptionCandidates.ts';
import { selectVictims } from './selectVictims.ts';

/** A pod that fits nowhere, with what its filters said of every node. */
export interface PreemptionAttempt {
  readonly context: CycleContext;
  readonly pod: Pod;
  /** undefined when the pod was refused before any node was looked at. */
  readonly filters: Filters | undefined;
  readonly refusals: ReadonlyMap<string, NodeVerdict>;
  /** Chooses among nodes that are equally good by every rule. */
  readonly chooseNode: (candidates: readonly string[]) => string;
}

/** `message` goes into the pod's message; a pod that is not eligible keeps the nomination that it has. */
export type PreemptionResult =
  | { readonly kind: 'made room'; readonly node: string; readonly victims: readonly Pod[] }
  | { readonly kind: 'not eligible' | 'no candidate'; readonly message: string };

/**
 * Finds the node where removing pods of lower priority makes room at the least cost.
 * @see kubernetes/kubernetes pkg/scheduler/framework/preemption/preemption.go
 */
export const DefaultPreemption = {
  name: 'DefaultPreemption',
  postFilter(attempt: PreemptionAttempt): PreemptionResult {
    const obstacle = whyNotEligible(attempt);
    if (obstacle) return { kind: 'not eligible', message: `preemption: ${obstacle}` };
    const { candidates, refusals } = dryRun(attempt);
    const best = bestCandidates(candidates);
    const [first] = best;
    if (!first) return { kind: 'no candidate', message: noCandidate(attempt.context.snapshot.nodes.length, tallyOf(refusals)) };
    const node = best.length === 1 ? first.node : attempt.chooseNode(best.map((candidate) => candidate.node));
    const victims = best.find((candidate) => candidate.node === node)?.victims ?? first.victims;
    return { kind: 'made room', node, victims };
  },
} as const;

/** @see kubernetes/kubernetes pkg/scheduler/framework/plugins/defaultpreemption/default_preemption.go (PodEligibleToPreemptOthers) */
function whyNotEligible({ context, pod, filters, refusals }: PreemptionAttempt): string | undefined {
  if (pod.spec.preemptionPolicy === 'Never') return NEVER_PREEMPTS;
  const nominated = pod.nominatedNodeName;
  if (nominated === undefined || !filters || refusals.get(nominated)?.canPreemptionHelp === false) return undefined;
  const pods = [...(context.snapshot.node(nominated)?.pods ?? [])];
  const isWaiting = pods.some((other) => other.spec.priority < pod.spec.priority && other.termination?.cause === 'PreemptionByScheduler');
  return isWaiting ? 'not eligible due to a terminating pod on the nominated node.' : undefined;
}

/** Of a pod that must not preempt. */
export const NEVER_PREEMPTS = 'not eligible due to preemptionPolicy=Never.';

interface DryRun {
  readonly candidates: readonly PreemptionCandidate[];
  /** Of the nodes that were tried in vain. */
  readonly refusals: readonly Refusal[];
}

function dryRun({ context, pod, filters, refusals }: PreemptionAttempt): DryRun {
  const nodes = filters ? context.snapshot.nodes.filter(({ name }) => refusals.get(name)?.canPreemptionHelp) : [];
  const wanted = candidatesWanted(nodes.length);
  const kept: { readonly sparing: PreemptionCandidate[]; readonly violating: PreemptionCandidate[] } = { sparing: [], violating: [] };
  const refused: Refusal[] = [];
  for (const node of nodes) {
    if (kept.sparing.length > 0 && kept.sparing.length + kept.violating.length >= wanted) break;
    const selection = filters && selectVictims(context, pod, node, filters);
    if (selection?.kind === 'refused') refused.push(selection.refusal);
    else if (selection) keep(selection.candidate, kept, wanted);
  }
  return { candidates: [...kept.sparing, ...kept.violating], refusals: refused };
}

function keep(
  candidate: PreemptionCandidate,
  kept: { readonly sparing: PreemptionCandidate[]; readonly violating: PreemptionCandidate[] },
  wanted: number,
): void {
  const list = candidate.violations === 0 ? kept.sparing : kept.violating;
  if (list.length < wanted) list.push(candidate);
}

/** The message when removing pods helps on none of `nodes` nodes; `tried` are the refusals from the nodes where that was tried. */
export function noCandidate(nodes: number, tried: ReadonlyMap<Refusal, number>): string {
  const untried = nodes - [...tried.values()].reduce((sum, times) => sum + times, 0);
  const verdicts = untried === 0 ? tried : new Map([...tried, [NOT_HELPFUL, untried]]);
  return `preemption: ${fitErrorMessage({ nodes, verdicts })}`;
}

const NOT_HELPFUL = unresolvable('Preemption is not helpful for scheduling');
