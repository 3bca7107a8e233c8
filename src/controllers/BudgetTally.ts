import type { OwnerReference } from '../cluster/OwnerReference.ts';
import type { Pod } from '../cluster/Pod.ts';

/** The pods of one disruption budget, sorted by what its status counts, so that no count looks at all of them. */
export class BudgetTally {
  /** Every pod that the budget selects, terminating and finished ones too, in the order in which it came to select them. */
  readonly pods = new Set<Pod>();
  /** Those that are Ready and not terminating. */
  readonly serving = new Set<Pod>();
  /** Those with an owner, by its kind and name. */
  readonly byOwner = new Map<string, Set<Pod>>();
  private readonly owners = new Map<Pod, OwnerReference>();

  constructor(pods: Iterable<Pod> = []) {
    for (const pod of pods) this.put(pod);
  }

  /** Takes `pod` in, or takes note that it is Ready, terminating or owned by somebody else now. */
  put(pod: Pod): void {
    this.pods.add(pod);
    if (pod.isServing) this.serving.add(pod);
    else this.serving.delete(pod);
    if (pod.owner === this.owners.get(pod)) return;
    this.disown(pod);
    if (pod.owner) this.own(pod, pod.owner);
  }

  drop(pod: Pod): void {
    this.pods.delete(pod);
    this.serving.delete(pod);
    this.disown(pod);
  }

  private own(pod: Pod, owner: OwnerReference): void {
    this.owners.set(pod, owner);
    const pods = this.byOwner.get(keyOf(owner));
    if (pods) pods.add(pod);
    else this.byOwner.set(keyOf(owner), new Set([pod]));
  }

  private disown(pod: Pod): void {
    const owner = this.owners.get(pod);
    if (!owner) return;
    this.owners.delete(pod);
    const pods = this.byOwner.get(keyOf(owner));
    pods?.delete(pod);
    if (pods?.size === 0) this.byOwner.delete(keyOf(owner));
  }
}

function keyOf({ kind, name }: OwnerReference): string {
  return `${kind}/${name}`;
}
