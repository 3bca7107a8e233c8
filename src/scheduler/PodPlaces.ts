import { carriedOver } from '../sim/carriedOver.ts';
import type { GroupPart } from './PodGroup.ts';

/**
 * Where pods are and what they were when they came there: they may have become another kind since. And which of them are terminating.
 *
 * Two numbers for each pod, by its slot, so that a change of a pod reads one short piece of memory and none of another pod.
 */
export class PodPlaces {
  private records: Int32Array;

  /** There is room for the first `slots` of pods from the start. */
  constructor(slots = 256) {
    this.records = new Int32Array(RECORD * slots);
  }

  /** Notes that the pod with `slot`, which was nowhere, is of the kind with this number and on the node with this slot. */
  put(slot: number, node: number, kind: number, part: GroupPart): void {
    const start = RECORD * slot;
    if (start >= this.records.length) this.grow(start + RECORD);
    this.records[start] = part === 'leaving' ? -node - 1 : node + 1;
    this.records[start + KIND] = kind;
  }

  clear(slot: number): void {
    this.records[RECORD * slot] = 0;
  }

  /** Notes that the pod with `slot` is terminating. @returns whether it is somewhere and was not. */
  markLeaving(slot: number): boolean {
    const place = this.records[RECORD * slot] ?? 0;
    if (place <= 0) return false;
    this.records[RECORD * slot] = -place;
    return true;
  }

  /** The slot of the node where the pod with `slot` is; below 0 when it is nowhere. */
  nodeOf(slot: number): number {
    return Math.abs(this.records[RECORD * slot] ?? 0) - 1;
  }

  /** Of which kind, by number, the pod with `slot` was when it came. */
  kindOf(slot: number): number {
    return this.records[RECORD * slot + KIND] ?? 0;
  }

  isLeaving(slot: number): boolean {
    return (this.records[RECORD * slot] ?? 0) < 0;
  }

  private grow(least: number): void {
    this.records = carriedOver(this.records, new Int32Array(Math.max(least, 2 * this.records.length)));
  }
}

/** A record: the slot of the node plus 1, as a negative number when the pod is terminating, or 0; and the number of the kind. */
const RECORD = 2;
const KIND = 1;
