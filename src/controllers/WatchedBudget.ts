import type { DisruptionBudget } from '../cluster/DisruptionBudget.ts';
import type { PodClass } from '../cluster/PodClass.ts';
import { type EventId, NO_EVENT } from '../sim/EventQueue.ts';
import { type Instant, NEVER } from '../units.ts';
import type { CountFailure, ExpectedPods } from './budgetArithmetic.ts';

/** An owner of pods of a budget. */
export interface OwnerCount {
  /** A class of pods that have this owner. */
  podClass: PodClass;
  /** How many pods of the budget it has; 0 when there were some once. */
  pods: number;
}

/** The pods that a budget expects, and what they were counted from. */
export interface CountedPods {
  readonly workloadChanges: number;
  readonly ownersVersion: number;
  readonly expected: ExpectedPods | CountFailure;
}

/**
 * What the disruption controller knows of one budget: its pods, counted by what its status depends on, and what it found when it last
 * looked. All of it is one object, because every change of a pod asks for it.
 */
export class WatchedBudget {
  /** How many pods it selects, terminating and finished ones too. */
  pods = 0;
  /** How many of them are Ready and not terminating. */
  serving = 0;
  /** How often an owner was added or went: what follows from the owners stays true as long as this does. */
  ownersVersion = 0;
  /** Whether a look is under way. */
  isQueued = false;
  private seenPods = 0;
  private seenServing = 0;
  private seenOwnersVersion = 0;
  private seenWorkloadChanges = -1;
  readonly budget: DisruptionBudget;
  isRemoved = false;
  /** The next look because an accepted eviction stops to count, and when it is. */
  recheck: EventId = NO_EVENT;
  recheckAt: Instant = NEVER;
  counted: CountedPods | undefined = undefined;
  private readonly ownersByKey = new Map<string, OwnerCount>();

  constructor(budget: DisruptionBudget) {
    this.budget = budget;
  }

  /** Whether the pods that it expects follow from their owners; otherwise they are those that it selects. */
  get dependsOnOwners(): boolean {
    const { maxUnavailable, minAvailable } = this.budget.description;
    return maxUnavailable !== undefined || typeof minAvailable !== 'number';
  }

  /** The owners of its pods. */
  get owners(): OwnerCount[] {
    return [...this.ownersByKey.values()].filter(({ pods }) => pods > 0);
  }

  /** Takes note of a look now, after so many changes of workloads. */
  markSeen(workloadChanges: number): void {
    this.seenPods = this.pods;
    this.seenServing = this.serving;
    this.seenOwnersVersion = this.ownersVersion;
    this.seenWorkloadChanges = workloadChanges;
  }

  /** Whether another look would find what the last one found. */
  isSeen(workloadChanges: number): boolean {
    if (this.seenServing !== this.serving || this.seenOwnersVersion !== this.ownersVersion) return false;
    if (this.seenWorkloadChanges !== workloadChanges || this.budget.status.disruptedPods.size > 0) return false;
    return this.seenPods === this.pods || this.dependsOnOwners;
  }

  /** Where the pods of a class are counted by owner; undefined when they have none. */
  ownerOf(podClass: PodClass): OwnerCount | undefined {
    const { ownerKey } = podClass;
    if (ownerKey === undefined) return undefined;
    const known = this.ownersByKey.get(ownerKey);
    if (known) return known;
    const owner = { podClass, pods: 0 };
    this.ownersByKey.set(ownerKey, owner);
    return owner;
  }

  /** Counts a pod of a class, with its owner as `ownerOf` gives it; `serves` is 1 for one that is Ready and not terminating, else 0. */
  add(podClass: PodClass, owner: OwnerCount | undefined, serves: number): void {
    this.pods += 1;
    this.serving += serves;
    if (!owner) return;
    if (owner.pods === 0) {
      owner.podClass = podClass;
      this.ownersVersion += 1;
    }
    owner.pods += 1;
  }

  /** Takes out a pod that was added as it is given. */
  remove(owner: OwnerCount | undefined, serves: number): void {
    this.pods -= 1;
    this.serving -= serves;
    if (!owner) return;
    owner.pods -= 1;
    if (owner.pods === 0) this.ownersVersion += 1;
  }

  /** Begins to count anew, without any pod. */
  clear(): void {
    this.pods = 0;
    this.serving = 0;
    this.ownersByKey.clear();
    this.ownersVersion += 1;
    this.counted = undefined;
  }
}
