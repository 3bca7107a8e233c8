import type { DisruptionBudget } from '../cluster/DisruptionBudget.ts';
import type { PodClass } from '../cluster/PodClass.ts';
import type { PodCounts } from '../cluster/PodCounts.ts';
import { type EventId, NO_EVENT } from '../sim/EventQueue.ts';
import { type Instant, NEVER } from '../units.ts';
import { type Ranked, UNRANKED } from './Round.ts';

/**
 * What the disruption controller knows of one budget: its pods, counted by what its status depends on, and the result of the last refresh.
 * All of it is one object, because every change of a pod needs it; fields that are needed most come first.
 */
export class WatchedBudget implements Ranked {
  /** How many of its pods are Ready and not terminating. */
  serving = 0;
  /**
   * How many changes of workloads there had been at the last refresh, which covered everything counted; {@link NEVER_YET} when more was
   * counted since.
   */
  private seenAt = NEVER_YET;
  /** Whether a look is under way. */
  isQueued = false;
  rank = UNRANKED;
  readonly budget: DisruptionBudget;
  /** After how many changes of workloads it was found out which pods it expects, by owners that it still has. */
  private expectsSince = NEVER_YET;
  isRemoved = false;
  /** Whether the last look has left accepted evictions that still count. */
  hasDisrupted = false;
  /** Whether the pods that it expects follow from their owners; otherwise they are those that it selects. */
  dependsOnOwners: boolean;
  /** How many pods it selected at the last look, if that matters. */
  private seenPods = 0;
  private readonly podCounts: PodCounts;
  /** The next look because an accepted eviction stops to count, and when it is. */
  recheck: EventId = NO_EVENT;
  recheckAt: Instant = NEVER;
  /** The classes that there are pods of, by `Kind/namespace/name` of their owner; those without one by an empty key. */
  private readonly classesByOwner = new Map<string, PodClass[]>();

  constructor(budget: DisruptionBudget, podCounts: PodCounts) {
    this.budget = budget;
    this.dependsOnOwners = dependsOnOwners(budget);
    this.podCounts = podCounts;
  }

  get key(): string {
    return this.budget.key;
  }

  /** How many pods it selects, terminating and finished ones too. */
  get pods(): number {
    let pods = 0;
    for (const classes of this.classesByOwner.values()) for (const podClass of classes) pods += this.podCounts.of(podClass);
    return pods;
  }

  /** For each owner of its pods a class of pods that have it. */
  get owners(): PodClass[] {
    const owners: PodClass[] = [];
    for (const [first] of this.classesByOwner.values()) if (first?.owner) owners.push(first);
    return owners;
  }

  /** Takes note of a look now, after so many changes of workloads. */
  markSeen(workloadChanges: number): void {
    if (!this.dependsOnOwners) this.seenPods = this.pods;
    this.seenAt = workloadChanges;
  }

  /** Whether another look would find what the last one found. */
  isSeen(workloadChanges: number): boolean {
    if (this.seenAt !== workloadChanges || this.hasDisrupted) return false;
    return this.dependsOnOwners || this.seenPods === this.pods;
  }

  /** Takes note that the pods which it expects were counted, after so many changes of workloads. */
  markExpected(workloadChanges: number): void {
    if (this.dependsOnOwners) this.expectsSince = workloadChanges;
  }

  /** Whether it expects the pods that are in its status, after so many changes of workloads. */
  stillExpects(workloadChanges: number): boolean {
    return this.expectsSince === workloadChanges;
  }

  /** Counts `serving` more of its pods as Ready and not terminating (fewer, below 0). */
  count(serving: number): void {
    this.serving += serving;
    this.seenAt = NEVER_YET;
  }

  /** Takes note that there are pods of a class now; it may be known already. */
  addClass(podClass: PodClass): void {
    const { ownerKey = '' } = podClass;
    const known = this.classesByOwner.get(ownerKey);
    if (!known) {
      this.classesByOwner.set(ownerKey, [podClass]);
      this.forgetOwners();
    } else if (!known.includes(podClass)) known.push(podClass);
  }

  /** Takes note that there are no pods of a class any more. */
  removeClass(podClass: PodClass): void {
    const { ownerKey = '' } = podClass;
    const left = this.classesByOwner.get(ownerKey)?.filter((one) => one !== podClass);
    if (!left) return;
    if (left.length > 0) this.classesByOwner.set(ownerKey, left);
    else {
      this.classesByOwner.delete(ownerKey);
      this.forgetOwners();
    }
  }

  /** Starts counting from zero, as the budget is now. */
  clear(): void {
    this.dependsOnOwners = dependsOnOwners(this.budget);
    this.serving = 0;
    this.classesByOwner.clear();
    this.forgetOwners();
  }

  /** What was derived from the owners may no longer be true. */
  private forgetOwners(): void {
    this.expectsSince = NEVER_YET;
    this.seenAt = NEVER_YET;
  }
}

/** Less than any number of changes. */
const NEVER_YET = -1;

function dependsOnOwners({ description: { maxUnavailable, minAvailable } }: DisruptionBudget): boolean {
  return maxUnavailable !== undefined || typeof minAvailable !== 'number';
}
