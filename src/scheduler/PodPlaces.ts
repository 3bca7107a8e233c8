import { carriedOver } from '../sim/carriedOver.ts';
import type { GroupPart } from './PodGroup.ts';
import type { PodKind } from './PodKind.ts';

/**
 * Where each pod is, what kind it was when it came there (it may have become another kind since), and whether it is terminating.
 *
 * Most changes of a pod need only the four numbers in its slot. So they read one short piece of memory and neither another pod nor its
 * kind; there are so many kinds that it would not be in the cache.
 */
export class PodPlaces {
  private records: Int32Array;

  /** There is room for the first `slots` of pods from the start. */
  constructor(slots = 256) {
    this.records = new Int32Array(slots << BITS);
  }

  /** Notes that the pod with `slot`, which was nowhere, is of `kind` and on the node with this slot. */
  put(slot: number, node: number, { number, row, priority, isPlain, hasVolumes }: PlacedKind, part: GroupPart): void {
    const start = slot << BITS;
    if (start >= this.records.length) this.grow(start + (1 << BITS));
    this.records[start] = part === 'leaving' ? -node - 1 : node + 1;
    this.records[start | KIND] = number;
    this.records[start | HELD] = isPlain && !hasVolumes ? row : -row - 1;
    this.records[start | PRIORITY] = priority;
  }

  /** As `put`, but the pod in `slot`, for which there is room, is of the kind at index `model` of `models`. */
  putLike(models: PodPlaces, model: number, slot: number, node: number): void {
    const start = slot << BITS;
    const like = model << BITS;
    this.records[start] = node + 1;
    this.records[start | KIND] = models.records[like | KIND] ?? 0;
    this.records[start | HELD] = models.records[like | HELD] ?? 0;
    this.records[start | PRIORITY] = models.records[like | PRIORITY] ?? 0;
  }

  clear(slot: number): void {
    this.records[slot << BITS] = 0;
  }

  /** Notes that the pod with `slot` is terminating. @returns whether it is somewhere and was not. */
  markLeaving(slot: number): boolean {
    const place = this.records[slot << BITS] ?? 0;
    if (place <= 0) return false;
    this.records[slot << BITS] = -place;
    return true;
  }

  /** The slot of the node where the pod with `slot` is; below 0 when it is nowhere. */
  nodeOf(slot: number): number {
    return Math.abs(this.records[slot << BITS] ?? 0) - 1;
  }

  /** Of which kind, by number, the pod with `slot` was when it came. */
  kindOf(slot: number): number {
    return this.records[(slot << BITS) | KIND] ?? 0;
  }

  /** The row of the demands that says what the pod with `slot` adds to the sums of its node. */
  heldBy(slot: number): number {
    const held = this.records[(slot << BITS) | HELD] ?? 0;
    return held < 0 ? -held - 1 : held;
  }

  /** Whether its kind has to tell what else the pod with `slot` holds. */
  holdsMore(slot: number): boolean {
    return (this.records[(slot << BITS) | HELD] ?? 0) < 0;
  }

  priorityOf(slot: number): number {
    return this.records[(slot << BITS) | PRIORITY] ?? 0;
  }

  isLeaving(slot: number): boolean {
    return (this.records[slot << BITS] ?? 0) < 0;
  }

  private grow(least: number): void {
    this.records = carriedOver(this.records, new Int32Array(Math.max(least, 2 * this.records.length)));
  }
}

/** What has to be known of the kind of a pod that comes to a node. */
export type PlacedKind = Pick<PodKind, 'number' | 'row' | 'priority' | 'isPlain' | 'hasVolumes'>;

/**
 * A record is four numbers: the slot of the node plus 1, negative when the pod is terminating, or 0 without a node; the number of the kind;
 * the row of what it holds, negative when that row is incomplete; and its priority.
 */
const BITS = 2;
const KIND = 1;
const HELD = 2;
const PRIORITY = 3;
