import type { DisruptionBudget } from '../cluster/DisruptionBudget.ts';
import type { PodClass } from '../cluster/PodClass.ts';
import type { PodCounts } from '../cluster/PodCounts.ts';
import { type EventId, NO_EVENT } from '../sim/EventQueue.ts';
import { type Instant, NEVER } from '../units.ts';
import { type Ranked, UNRANKED } from './Round.ts';

/**
 * What the disruption controller knows of one budget: its pods, counted by what its status depends on, and what it found when it last
 * looked. All of it is one object, because every change of a pod asks for it, and what they ask for most comes first.
 */
export class WatchedBudget implements Ranked {
  /** How many of its pods are Ready and not terminating. */
  serving = 0;
  /** Whether a look is under way. */
  isQueued = false;
  /** Whether something was counted since the last look that it depends on. */
  private hasNews = true;
  rank = UNRANKED;
  readonly budget: DisruptionBudget;
  isRemoved = false;
  /** Whether it goes on to expect the pods that are in its status since the last look, as long as no workload changes. */
  expectsAsBefore = false;
  private seenWorkloadChanges = -1;
  /** Whether the pods that it expects follow from their owners; otherwise they are those that it selects. */
  dependsOnOwners: boolean;
  /** Whether the last look has left accepted evictions that still count. */
  hasDisrupted = false;
  private seenPods: number;
  private readonly podCounts: PodCounts;
  /** The next look because an accepted eviction stops to count, and when it is. */
  recheck: EventId;
  recheckAt: Instant;
  /** The classes that there are pods of, by `Kind/namespace/name` of their owner; those without one by an empty key. */
  private readonly classesByOwner: Map<string, PodClass[]>;

  constructor(budget: DisruptionBudget, podCounts: PodCounts) {
    this.budget = budget;
    this.dependsOnOwners = dependsOnOwners(budget);
    this.seenPods = 0;
    this.podCounts = podCounts;
    this.recheck = NO_EVENT;
    this.recheckAt = NEVER;
    this.classesByOwner = new Map();
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
    this.hasNews = false;
    this.seenWorkloadChanges = workloadChanges;
  }

  /** Whether another look would find what the last one found. */
  isSeen(workloadChanges: number): boolean {
    if (this.hasNews || this.hasDisrupted || this.seenWorkloadChanges !== workloadChanges) return false;
    return this.dependsOnOwners || this.seenPods === this.pods;
  }

  /** Whether it expects the pods that are in its status, after so many changes of workloads: it has the same owners as at the last look. */
  stillExpects(workloadChanges: number): boolean {
    return this.expectsAsBefore && this.seenWorkloadChanges === workloadChanges;
  }

  /** Counts `serving` more of its pods as Ready and not terminating (fewer, below 0). */
  count(serving: number): void {
    this.serving += serving;
    this.hasNews = true;
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

  /** Begins to count anew, as it is described now, without any pod. */
  clear(): void {
    this.dependsOnOwners = dependsOnOwners(this.budget);
    this.serving = 0;
    this.classesByOwner.clear();
    this.forgetOwners();
  }

  /** What follows from the owners may be true no more. */
  private forgetOwners(): void {
    this.expectsAsBefore = false;
    this.hasNews = true;
  }
}

function dependsOnOwners({ description: { maxUnavailable, minAvailable } }: DisruptionBudget): boolean {
  return maxUnavailable !== undefined || typeof minAvailable !== 'number';
}
