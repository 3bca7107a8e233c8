import type { Pod } from '../../cluster/Pod.ts';
import type { CycleContext } from '../CycleContext.ts';
import type { Filters } from '../Filters.ts';
import type { NodeInfo } from '../NodeInfo.ts';
import { type Refusal, unresolvable } from '../NodeVerdict.ts';
import { byImportance, type PreemptionCandidate } from './preemptionCandidates.ts';
import { splitByBudgets } from './splitByBudgets.ts';

/** A node with its victims, or why removing all pods of lower priority would not do. */
export type VictimSelection =
  | { readonly kind: 'selected'; readonly candidate: PreemptionCandidate }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

/**
 * Takes all pods of lower priority off a copy of `node`, then puts back as many as still fit, the most important first: first the pods
 * whose budgets allow no disruption, then the others.
 * @see kubernetes/kubernetes pkg/scheduler/framework/plugins/defaultpreemption/default_preemption.go (SelectVictimsOnNode)
 */
export function selectVictims(context: CycleContext, preemptor: Pod, node: NodeInfo, filters: Filters): VictimSelection {
  const lower = [...node.pods].filter(({ spec }) => spec.priority < preemptor.spec.priority);
  if (lower.length === 0) return { kind: 'refused', refusal: NO_VICTIMS };
  const trial = node.copy();
  for (const pod of lower) filters.removePod(pod, trial);
  const refusal = filters.check(trial);
  const victims = refusal ? lower : reprieve(context, lower, trial, filters);
  // The filters' counts are shared by all nodes of the dry run: leave them as they were.
  for (const pod of victims) filters.addPod(pod, trial);
  if (refusal) return { kind: 'refused', refusal };
  return { kind: 'selected', candidate: candidateOf(context, node, lower, victims) };
}

/** Of a node without any pod of lower priority. */
export const NO_VICTIMS = unresolvable('No preemption victims found for incoming pod');

/** Returns the pods that cannot stay, most important first; the others are back on `trial`. */
function reprieve(context: CycleContext, lower: readonly Pod[], trial: NodeInfo, filters: Filters): Pod[] {
  const ordered = byImportance(lower);
  const { violating, sparing } = splitByBudgets(context.cluster, ordered);
  const victims = new Set<Pod>();
  for (const pod of [...violating, ...sparing]) {
    filters.addPod(pod, trial);
    if (!filters.check(trial)) continue;
    filters.removePod(pod, trial);
    victims.add(pod);
  }
  return ordered.filter((pod) => victims.has(pod));
}

function candidateOf(context: CycleContext, node: NodeInfo, lower: readonly Pod[], victims: readonly Pod[]): PreemptionCandidate {
  const { violating } = splitByBudgets(context.cluster, byImportance(lower));
  return { node: node.name, victims, violations: victims.filter((pod) => violating.includes(pod)).length };
}
