import type { Pod } from '../cluster/Pod.ts';

/**
 * Where pods are and what they were when they came there: they may have become another kind since. And which of them are terminating.
 *
 * Two numbers for each pod, by its slot, so that a change of a pod reads one short piece of memory and none of another pod.
 */
export class PodPlaces {
  private records = new Int32Array(RECORD * 256);
  /** Slots of pods that were terminating here, each once; some may have gone since. */
  private leavers: number[] = [];
  private mostLeavers = FEW;

  /** Slots of the pods that are here and terminating, in no order. */
  get leaving(): readonly number[] {
    this.tidyLeavers();
    return this.leavers;
  }

  /** Notes that `pod`, which was nowhere, is of the kind with this number and on the node with this slot. */
  put({ slot, isTerminating }: Pod, node: number, kind: number): void {
    const start = RECORD * slot;
    if (start >= this.records.length) this.grow(start + RECORD);
    this.records[start] = node + 1;
    this.records[start + KIND] = (kind << 1) | ((this.records[start + KIND] ?? 0) & LISTED);
    if (isTerminating) this.markLeaving(slot);
  }

  clear({ slot }: Pod): void {
    this.records[RECORD * slot] = 0;
  }

  /** Notes that the pod with `slot`, which was not, is terminating. */
  markLeaving(slot: number): void {
    const start = RECORD * slot;
    const kind = this.records[start + KIND] ?? 0;
    this.records[start] = -(this.records[start] ?? 0);
    if ((kind & LISTED) !== 0) return;
    this.records[start + KIND] = kind | LISTED;
    this.leavers.push(slot);
    if (this.leavers.length > this.mostLeavers) this.tidyLeavers();
  }

  /** The slot of the node where the pod with `slot` is; below 0 when it is nowhere. */
  nodeOf(slot: number): number {
    return Math.abs(this.records[RECORD * slot] ?? 0) - 1;
  }

  /** Of which kind, by number, the pod with `slot` was when it came. */
  kindOf(slot: number): number {
    return (this.records[RECORD * slot + KIND] ?? 0) >> 1;
  }

  isLeaving(slot: number): boolean {
    return (this.records[RECORD * slot] ?? 0) < 0;
  }

  /** Strikes off those that have gone. They may come to twice as many as are left before it happens again, so that it costs little. */
  private tidyLeavers(): void {
    this.leavers = this.leavers.filter((slot) => {
      if (this.isLeaving(slot)) return true;
      this.records[RECORD * slot + KIND] = (this.records[RECORD * slot + KIND] ?? 0) & ~LISTED;
      return false;
    });
    this.mostLeavers = FEW + 2 * this.leavers.length;
  }

  private grow(least: number): void {
    const larger = new Int32Array(Math.max(least, 2 * this.records.length));
    larger.set(this.records);
    this.records = larger;
  }
}

/**
 * A record: the slot of the node plus 1, as a negative number when the pod is terminating, or 0; and twice the number of the kind, plus 1
 * when the pod is listed among the leavers.
 */
const RECORD = 2;
const KIND = 1;
const LISTED = 1;

const FEW = 64;
