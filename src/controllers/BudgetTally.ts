import type { PodClass } from '../cluster/PodClass.ts';

/** The owner of some pods of a budget. */
export interface OwnerCount {
  /** A class of pods that have this owner. */
  readonly podClass: PodClass;
  pods: number;
}

/** Whether a pod is Ready and not terminating. */
export type CountedAs = 'serving' | 'idle';

/** The pods of one disruption budget, counted by what its status depends on. */
export class BudgetTally {
  /** How many pods it selects, terminating and finished ones too. */
  pods = 0;
  /** How many of them are Ready and not terminating. */
  serving = 0;
  /** The owners of its pods, by `Kind/namespace/name`. */
  readonly owners = new Map<string, OwnerCount>();
  /** How often an owner was added or went: what follows from the owners stays true as long as this does. */
  ownersVersion = 0;

  add(podClass: PodClass, as: CountedAs): void {
    this.pods += 1;
    if (as === 'serving') this.serving += 1;
    const { ownerKey } = podClass;
    if (ownerKey === undefined) return;
    const owner = this.owners.get(ownerKey);
    if (owner) owner.pods += 1;
    else {
      this.owners.set(ownerKey, { podClass, pods: 1 });
      this.ownersVersion += 1;
    }
  }

  /** Takes out a pod that was added as it is given. */
  remove({ ownerKey }: PodClass, as: CountedAs): void {
    this.pods -= 1;
    if (as === 'serving') this.serving -= 1;
    const owner = ownerKey === undefined ? undefined : this.owners.get(ownerKey);
    if (!owner || ownerKey === undefined) return;
    owner.pods -= 1;
    if (owner.pods > 0) return;
    this.owners.delete(ownerKey);
    this.ownersVersion += 1;
  }

  /** Begins anew, without any pod. */
  clear(): void {
    this.pods = 0;
    this.serving = 0;
    this.owners.clear();
    this.ownersVersion += 1;
  }
}
