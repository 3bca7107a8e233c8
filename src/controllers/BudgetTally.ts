import type { PodClass } from '../cluster/PodClass.ts';

/** The owner of some pods of a budget. */
export interface OwnerCount {
  /** A class of pods that have this owner. */
  readonly podClass: PodClass;
  pods: number;
}

/** How one pod counts for a budget. */
export interface Counted {
  readonly podClass: PodClass;
  /** Ready and not terminating. */
  readonly isServing: boolean;
}

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

  add({ podClass, isServing }: Counted): void {
    this.pods += 1;
    if (isServing) this.serving += 1;
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
  remove({ podClass: { ownerKey }, isServing }: Counted): void {
    this.pods -= 1;
    if (isServing) this.serving -= 1;
    const owner = ownerKey === undefined ? undefined : this.owners.get(ownerKey);
    if (!owner || ownerKey === undefined) return;
    owner.pods -= 1;
    if (owner.pods > 0) return;
    this.owners.delete(ownerKey);
    this.ownersVersion += 1;
  }
}
