import type { ClusterChange } from '../cluster/ClusterChange.ts';
import type { DisruptionBudget } from '../cluster/DisruptionBudget.ts';
import type { Pod } from '../cluster/Pod.ts';
import { Signal } from '../sim/Process.ts';

/** Lets processes of a roll wait for changes of one pod, one budget or one node. */
export class ClusterWatch {
  private readonly signals = new Map<Pod | string, Signal>();

  /** Takes note of a change; processes that wait for its object go on in the same instant. */
  onChange(change: ClusterChange): void {
    if ('pod' in change) this.fire(change.pod);
    else if ('budget' in change) this.fireBudget(change);
    else if (change.kind === 'nodeRemoved') this.fire(`node ${change.node.name}`);
  }

  /** Fires whenever `pod` changes or is removed. */
  pod(pod: Pod): Signal {
    return this.signal(pod);
  }

  /** Fires whenever the spec or the status of the budget `key` changes, or it is removed. */
  budget(key: string): Signal {
    return this.signal(`budget ${key}`);
  }

  /** As `budget`, but for changes of the status that allow no disruption: these help nobody whose pod is Ready. */
  openingBudget(key: string): Signal {
    return this.signal(`opening ${key}`);
  }

  /** Fires when the Node object `name` is removed. */
  nodeRemoved(name: string): Signal {
    return this.signal(`node ${name}`);
  }

  private fireBudget({ kind, budget }: Extract<ClusterChange, { budget: DisruptionBudget }>): void {
    this.fire(`budget ${budget.key}`);
    if (kind !== 'budgetStatusChanged' || budget.status.disruptionsAllowed !== 0) this.fire(`opening ${budget.key}`);
  }

  private signal(key: Pod | string): Signal {
    const known = this.signals.get(key);
    if (known) return known;
    const signal = new Signal();
    this.signals.set(key, signal);
    return signal;
  }

  private fire(key: Pod | string): void {
    const signal = this.signals.get(key);
    if (!signal) return;
    this.signals.delete(key);
    signal.fire();
  }
}
