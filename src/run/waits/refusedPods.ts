import type { DisruptionBudget } from '../../cluster/DisruptionBudget.ts';
import type { Pod } from '../../cluster/Pod.ts';
import { evict } from '../../controllers/evict.ts';
import type { EvictionResponse } from '../../controllers/evictionResponse.ts';
import { toDrain } from '../../rolls/drainFilter.ts';
import type { Remains } from '../Remains.ts';

/** A pod that a drain did not get rid of, and what the Eviction API still answers when the run has ended. */
export interface RefusedPod {
  readonly node: string;
  readonly pod: Pod;
  readonly response: EvictionResponse;
}

/** The pods that still hold up nodes whose drains are stuck or have failed, by node in the order of the roll, then by name of the pod. */
export function refusedPods({ scenario, world: { cluster, sim }, facts }: Remains): RefusedPod[] {
  const { drain } = scenario.roll;
  const held = facts.resets.filter(({ outcome, resetAt }) => (outcome === 'stuck' || outcome === 'failed') && resetAt === undefined);
  return held.flatMap(({ node: name }) => {
    const node = cluster.nodes.get(name);
    if (!node || drain.mode !== 'evict') return [];
    const left = toDrain(cluster, node, drain).filter((pod) => !pod.isTerminating);
    const answers = left.map((pod) => ({ node: name, pod, response: evict(cluster, pod, { now: sim.now, dryRun: 'All' }) }));
    return answers.filter(({ response }) => response.code !== 201);
  });
}

/** The budgets that refuse some of these pods and would refuse them again. */
export function refusingBudgets(refused: readonly RefusedPod[]): ReadonlySet<DisruptionBudget> {
  return new Set(refused.flatMap(({ response: { code, budget } }) => (code === 429 && budget ? [budget] : [])));
}
