import { hasBit } from './bits.ts';

/** Some nodes and what they get above their local score for one property. */
export interface OffsetPart {
  readonly members: Int32Array;
  readonly offset: number;
}

/** One property in which nodes differ: every node that was found is in exactly one part. */
export type OffsetProperty = readonly OffsetPart[];

/**
 * Classes of nodes that get the same above their local score, best first. Each property divides all classes; a class is the nodes that are
 * in all of its sets. One is used again and again.
 */
export class OffsetClasses {
  /** How many classes there are. */
  count = 0;
  /** By class, in descending order after `sort`. */
  readonly offsets = new Int32Array(MOST);
  private readonly sets: (readonly Int32Array[])[] = [];

  /** Begins with one class of all nodes. */
  clear(): void {
    this.count = 1;
    this.offsets[0] = 0;
    this.sets[0] = ALL;
  }

  /** Divides every class by `parts`. @returns false when that makes too many. */
  split(parts: OffsetProperty): boolean {
    const { count } = this;
    if (count * parts.length > MOST) return false;
    // The first part goes last: it takes the place of the classes that are divided.
    for (let part = parts.length - 1; part >= 0; part -= 1) this.divide(count, part * count, parts[part] ?? NOTHING);
    this.count = count * parts.length;
    return true;
  }

  /** Puts the best class first. */
  sort(): void {
    for (let i = 1; i < this.count; i += 1) {
      const offset = this.offsets[i] ?? 0;
      const sets = this.sets[i] ?? ALL;
      let place = i;
      for (; place > 0 && (this.offsets[place - 1] ?? 0) < offset; place -= 1) {
        this.offsets[place] = this.offsets[place - 1] ?? 0;
        this.sets[place] = this.sets[place - 1] ?? ALL;
      }
      this.offsets[place] = offset;
      this.sets[place] = sets;
    }
  }

  /** Those of `bits` in `block` that belong to the class with this index. */
  membersIn(index: number, block: number, bits: number): number {
    const sets = this.sets[index] ?? ALL;
    let rest = bits;
    for (let i = 0; i < sets.length; i += 1) rest &= sets[i]?.[block] ?? 0;
    return rest;
  }

  private divide(count: number, place: number, { members, offset }: OffsetPart): void {
    for (let i = 0; i < count; i += 1) {
      this.offsets[place + i] = (this.offsets[i] ?? 0) + offset;
      this.sets[place + i] = [...(this.sets[i] ?? ALL), members];
    }
  }
}

const MOST = 128;
const ALL: readonly Int32Array[] = [];
const NOTHING: OffsetPart = { members: new Int32Array(0), offset: 0 };

/** What the node at `position` gets by all of `properties`. */
export function offsetAt(properties: readonly OffsetProperty[], position: number): number {
  let sum = 0;
  for (const parts of properties) sum += parts.find(({ members }) => hasBit(members, position))?.offset ?? 0;
  return sum;
}

/** The most that any node can get by all of `properties`. */
export function mostOf(properties: readonly OffsetProperty[]): number {
  let sum = 0;
  for (const parts of properties) sum += Math.max(...parts.map(({ offset }) => offset));
  return sum;
}
