import type { Pod } from '../cluster/Pod.ts';

/**
 * Where pods are and what they were when they came there: they may have become another kind since. And which of them are terminating.
 *
 * One short record of numbers for each pod, by its slot, so that a change of a pod reads one piece of memory.
 */
export class PodPlaces {
  private records = new Int32Array(RECORD * 256);
  private readonly leavers: number[] = [];

  /** Slots of the pods that are here and terminating, in no order. */
  get leaving(): readonly number[] {
    return this.leavers;
  }

  /** Notes that `pod`, which was nowhere, is of the kind with this number and on the node with this slot. */
  put({ slot, isTerminating }: Pod, node: number, kind: number): void {
    const start = RECORD * slot;
    if (start >= this.records.length) this.grow(start + RECORD);
    this.records[start] = node + 1;
    this.records[start + KIND] = kind;
    this.records[start + LEAVER] = 0;
    if (isTerminating) this.markLeaving(slot);
  }

  clear({ slot }: Pod): void {
    const start = RECORD * slot;
    this.records[start] = 0;
    const leaver = this.records[start + LEAVER] ?? 0;
    if (leaver > 0) this.forgetLeaver(leaver - 1);
  }

  /** Notes that the pod with `slot`, which was not, is terminating. */
  markLeaving(slot: number): void {
    this.records[RECORD * slot + LEAVER] = this.leavers.push(slot);
  }

  /** The slot of the node where the pod with `slot` is; below 0 when it is nowhere. */
  nodeOf(slot: number): number {
    return (this.records[RECORD * slot] ?? 0) - 1;
  }

  /** Of which kind, by number, the pod with `slot` was when it came. */
  kindOf(slot: number): number {
    return this.records[RECORD * slot + KIND] ?? 0;
  }

  isLeaving(slot: number): boolean {
    return (this.records[RECORD * slot + LEAVER] ?? 0) > 0;
  }

  /** Lets the last of the leavers take the place of the one at `index`. */
  private forgetLeaver(index: number): void {
    const last = this.leavers.pop();
    if (last === undefined || index === this.leavers.length) return;
    this.leavers[index] = last;
    this.records[RECORD * last + LEAVER] = index + 1;
  }

  private grow(least: number): void {
    const larger = new Int32Array(Math.max(least, 2 * this.records.length));
    larger.set(this.records);
    this.records = larger;
  }
}

/** A record: the slot of the node plus 1, or 0; the number of the kind; the place among the leavers plus 1, or 0; and one unused. */
const RECORD = 4;
const KIND = 1;
const LEAVER = 2;
