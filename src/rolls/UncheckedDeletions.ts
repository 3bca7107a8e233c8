import type { Cluster } from '../cluster/Cluster.ts';
import type { DisruptionBudget } from '../cluster/DisruptionBudget.ts';
import type { Pod } from '../cluster/Pod.ts';
import { evict } from '../controllers/evict.ts';
import { EVICTED } from '../controllers/evictionResponse.ts';
import { type Instant, START } from '../units.ts';

/**
 * Tells which deletions violate a budget that was not asked: those that the Eviction API would have refused. The deletions of one instant
 * are judged as successive evictions, although the status of the budget does not show them yet.
 */
export class UncheckedDeletions {
  private at = START;
  /** How many pods of a budget were deleted in that instant. */
  private readonly taken = new Map<DisruptionBudget, number>();

  /** Whether the deletion of `pod`, which is about to happen, is against its budget. To be asked once for each. */
  isAgainstBudget(cluster: Cluster, pod: Pod, now: Instant): boolean {
    const { code } = evict(cluster, pod, { now, dryRun: 'All' });
    const budget = pod.isServing ? cluster.onlyBudgetOf(pod) : null;
    if (code !== EVICTED.code || !budget) return code !== EVICTED.code;
    return this.take(budget, now) > budget.status.disruptionsAllowed;
  }

  /** @returns how many pods of `budget` are deleted in this instant by now. */
  private take(budget: DisruptionBudget, now: Instant): number {
    if (this.at !== now) this.taken.clear();
    this.at = now;
    const taken = (this.taken.get(budget) ?? 0) + 1;
    this.taken.set(budget, taken);
    return taken;
  }
}
