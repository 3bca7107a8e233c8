import type { Pod } from '../cluster/Pod.ts';
import type { PodClass } from '../cluster/PodClass.ts';

/** The owner of some pods of a budget. */
export interface OwnerCount {
  /** A class of pods that have this owner. */
  readonly podClass: PodClass;
  pods: number;
}

/** The pods of one disruption budget, sorted by what its status counts, so that no count looks at all of them. */
export class BudgetTally {
  /** The owners of its pods, by `Kind/namespace/name`. */
  readonly owners = new Map<string, OwnerCount>();
  /** How often an owner was added or went: what follows from the owners stays true as long as this does. */
  ownersVersion = 0;
  private servingPods = 0;
  /** How each pod was counted. */
  private readonly entries = new Map<Pod, Entry>();

  constructor(pods: Iterable<Pod> = []) {
    for (const pod of pods) this.put(pod);
  }

  /** Every pod that the budget selects, terminating and finished ones too, in the order in which it came to select them. */
  get pods(): Iterable<Pod> {
    return this.entries.keys();
  }

  /** How many it selects. */
  get size(): number {
    return this.entries.size;
  }

  has(pod: Pod): boolean {
    return this.entries.has(pod);
  }

  /** How many are Ready and not terminating. */
  get serving(): number {
    return this.servingPods;
  }

  /** Whether `pod` is counted as Ready and not terminating. */
  isServing(pod: Pod): boolean {
    return this.entries.get(pod)?.isServing ?? false;
  }

  /** Takes `pod` in, or takes note that it is Ready, terminating or owned by somebody else now. */
  put(pod: Pod): void {
    const entry = this.entries.get(pod) ?? this.enter(pod);
    if (entry.isServing !== pod.isServing) this.servingPods += pod.isServing ? 1 : -1;
    entry.isServing = pod.isServing;
    if (entry.ownerKey === pod.podClass.ownerKey) return;
    this.disown(entry);
    entry.ownerKey = pod.podClass.ownerKey;
    this.own(pod.podClass);
  }

  drop(pod: Pod): void {
    const entry = this.entries.get(pod);
    if (!entry) return;
    this.entries.delete(pod);
    if (entry.isServing) this.servingPods -= 1;
    this.disown(entry);
  }

  private enter(pod: Pod): Entry {
    const entry = { isServing: false, ownerKey: undefined };
    this.entries.set(pod, entry);
    return entry;
  }

  private own(podClass: PodClass): void {
    if (podClass.ownerKey === undefined) return;
    const owner = this.owners.get(podClass.ownerKey);
    if (owner) owner.pods += 1;
    else {
      this.owners.set(podClass.ownerKey, { podClass, pods: 1 });
      this.ownersVersion += 1;
    }
  }

  private disown({ ownerKey }: Entry): void {
    const owner = ownerKey === undefined ? undefined : this.owners.get(ownerKey);
    if (!owner || ownerKey === undefined) return;
    owner.pods -= 1;
    if (owner.pods > 0) return;
    this.owners.delete(ownerKey);
    this.ownersVersion += 1;
  }
}

interface Entry {
  isServing: boolean;
  ownerKey: string | undefined;
}
