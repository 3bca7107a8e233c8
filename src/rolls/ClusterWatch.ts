import type { ChangeKind, ClusterChange, ClusterListener } from '../cluster/ClusterChange.ts';
import type { DisruptionBudget } from '../cluster/DisruptionBudget.ts';
import type { Pod } from '../cluster/Pod.ts';
import { Signal } from '../sim/Process.ts';
import { BudgetLots } from './BudgetLots.ts';

/** Whoever is told of every change of one pod, as long as it follows it. */
export interface PodFollower {
  readonly pod: Pod;
  onPodChange(kind: ChangeKind): void;
}

/** Lets processes of a roll wait for changes of one pod, one budget or one node. */
export class ClusterWatch implements ClusterListener {
  readonly hears = [
    ...(['podPhaseChanged', 'podReadyChanged', 'podTerminating', 'podUpdated', 'podReleased', 'podRemoved', 'nodeRemoved'] as const),
    ...(['budgetAdded', 'budgetUpdated', 'budgetStatusChanged', 'budgetRemoved'] as const),
  ];
  /** Evictions that wait for their budgets. */
  readonly lots = new BudgetLots();
  private readonly podSignals = new Map<Pod, Signal>();
  private readonly nodeSignals = new Map<string, Signal>();
  /** By slot of the pod: one at a time. */
  private readonly followers: (PodFollower | undefined)[] = [];

  /** Takes note of a change; processes that wait for its object go on in the same instant. */
  onChange(change: ClusterChange): void {
    if ('pod' in change) this.notePod(change.pod, change.kind);
    else if ('budget' in change) this.noteBudget(change);
    else if (change.kind === 'nodeRemoved') fire(this.nodeSignals, change.node.name);
  }

  /** Tells `follower` of every change of its pod from now on. */
  follow(follower: PodFollower): void {
    this.followers[follower.pod.slot] = follower;
  }

  unfollow(follower: PodFollower): void {
    const { slot } = follower.pod;
    if (this.followers[slot] === follower) this.followers[slot] = undefined;
  }

  /** Fires whenever `pod` changes or is removed. */
  pod(pod: Pod): Signal {
    return signal(this.podSignals, pod);
  }

  /** Fires when the Node object `name` is removed. */
  nodeRemoved(name: string): Signal {
    return signal(this.nodeSignals, name);
  }

  private notePod(pod: Pod, kind: ChangeKind): void {
    const follower = this.followers[pod.slot];
    if (follower?.pod === pod) follower.onPodChange(kind);
    if (this.podSignals.size > 0) fire(this.podSignals, pod);
  }

  /** A status that allows no disruption helps nobody whose pod is Ready. */
  private noteBudget({ kind, budget }: Extract<ClusterChange, { budget: DisruptionBudget }>): void {
    const isClosed = kind === 'budgetStatusChanged' && budget.status.disruptionsAllowed === 0;
    this.lots.noteChange(budget.key, isClosed ? 'closed' : 'open');
  }
}

function signal<Key>(signals: Map<Key, Signal>, key: Key): Signal {
  const known = signals.get(key);
  if (known) return known;
  const made = new Signal();
  signals.set(key, made);
  return made;
}

/** Whoever waits afterwards gets a new signal. */
function fire<Key>(signals: Map<Key, Signal>, key: Key): void {
  const known = signals.get(key);
  if (!known) return;
  signals.delete(key);
  known.fire();
}
