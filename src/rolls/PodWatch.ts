import type { ChangeHandlers, ChangeKind, ChangeOfPod, ClusterListener } from '../cluster/ClusterChange.ts';
import type { Pod } from '../cluster/Pod.ts';
import { NumberSet } from '../sim/NumberSet.ts';
import { Signals } from './Signals.ts';

/** Is told of every change of the pods that it follows. */
export interface PodFollower {
  onPodChange(pod: Pod, kind: ChangeKind): void;
}

/** Passes changes of pods on to those who follow them. Most changes concern pods that nothing follows. */
export class PodWatch implements ClusterListener {
  readonly on: ChangeHandlers = {
    podPhaseChanged: (change) => this.note(change),
    podReadyChanged: (change) => this.note(change),
    podTerminating: (change) => this.note(change),
    podUpdated: (change) => this.note(change),
    podOwnerChanged: (change) => this.note(change),
    podRemoved: (change) => this.note(change),
  };
  /** By pod. */
  readonly signals = new Signals<Pod>();
  /** By slot of the pod: one at a time. Without holes, which are slower to read. */
  private followers: (PodFollower | undefined)[] = [];
  /** The slots that have one; most changes end at this look-up. */
  private readonly followed = new NumberSet();

  /** Tells `follower` of every change of `pod` from now on, up to its removal. */
  follow({ slot }: Pod, follower: PodFollower): void {
    if (slot >= this.followers.length) this.makeRoom(2 * slot);
    this.followers[slot] = follower;
    this.followed.add(slot);
  }

  /** No longer tells `follower` of `pod`. */
  unfollow({ slot }: Pod, follower: PodFollower): void {
    if (this.followers[slot] !== follower) return;
    this.followers[slot] = undefined;
    this.followed.delete(slot);
  }

  private note({ pod, kind }: ChangeOfPod): void {
    const follower = this.followed.has(pod.slot) ? this.followers[pod.slot] : undefined;
    if (follower) this.tell(follower, pod, kind);
    this.signals.fire(pod);
  }

  private tell(follower: PodFollower, pod: Pod, kind: ChangeKind): void {
    follower.onPodChange(pod, kind);
    if (kind === 'podRemoved') this.unfollow(pod, follower);
  }

  private makeRoom(slots: number): void {
    const { length } = this.followers;
    this.followers.length = slots + 1;
    this.followers.fill(undefined, length);
  }
}
