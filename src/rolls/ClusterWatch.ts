import type { ChangeKind, ClusterChange, ClusterListener } from '../cluster/ClusterChange.ts';
import type { Pod } from '../cluster/Pod.ts';
import { Signal } from '../sim/Process.ts';
import { BudgetLots } from './BudgetLots.ts';

/** Whoever is told of every change of the pods that it follows. */
export interface PodFollower {
  onPodChange(pod: Pod, kind: ChangeKind): void;
}

/** Lets processes of a roll wait for changes of one pod, one budget or one node. */
export class ClusterWatch implements ClusterListener {
  readonly hears = [
    ...(['podPhaseChanged', 'podReadyChanged', 'podTerminating', 'podUpdated', 'podReleased', 'podRemoved', 'nodeRemoved'] as const),
    ...(['budgetAdded', 'budgetUpdated', 'budgetStatusChanged', 'budgetCharged', 'budgetRemoved'] as const),
  ];
  /** Evictions that wait for their budgets. */
  readonly lots = new BudgetLots();
  private readonly podSignals = new Map<Pod, Signal>();
  private readonly nodeSignals = new Map<string, Signal>();
  /** By slot of the pod: one at a time. Without holes, for most changes concern pods that nobody follows. */
  private readonly followers: (PodFollower | undefined)[] = [];

  /** Takes note of a change; processes that wait for its object go on in the same instant. */
  onChange(change: ClusterChange): void {
    switch (change.kind) {
      case 'budgetStatusChanged':
      case 'budgetCharged':
        // A status that allows no disruption helps nobody whose pod is Ready.
        this.lots.noteChange(change.budget, change.budget.status.disruptionsAllowed === 0 ? 'closed' : 'open');
        break;
      case 'budgetAdded':
      case 'budgetUpdated':
        this.lots.noteChange(change.budget, 'open');
        break;
      case 'budgetRemoved':
        this.lots.noteRemoval(change.budget);
        break;
      case 'nodeRemoved':
        fire(this.nodeSignals, change.node.name);
        break;
      case 'podRemoved':
      case 'podPhaseChanged':
      case 'podReadyChanged':
      case 'podTerminating':
      case 'podUpdated':
      case 'podReleased':
        this.notePod(change.pod, change.kind);
    }
  }

  /** Tells `follower` of every change of `pod` from now on, up to its removal. */
  follow({ slot }: Pod, follower: PodFollower): void {
    while (this.followers.length <= slot) this.followers.push(undefined);
    this.followers[slot] = follower;
  }

  /** Tells `follower` no more of `pod`. */
  unfollow({ slot }: Pod, follower: PodFollower): void {
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
    if (follower) this.tell(follower, pod, kind);
    if (this.podSignals.size > 0) fire(this.podSignals, pod);
  }

  private tell(follower: PodFollower, pod: Pod, kind: ChangeKind): void {
    follower.onPodChange(pod, kind);
    if (kind === 'podRemoved') this.unfollow(pod, follower);
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
