import { hasBit } from './bits.ts';

/** One property in which nodes differ: every node is in exactly one part, the nodes that are in all sets of it. */
export interface OffsetProperty {
  readonly parts: readonly (readonly Int32Array[])[];
  /** What each part gets above the local score; written anew for every decision. */
  readonly offsets: Int32Array;
}

/** The offset of a part without any found node: lower than any other, so that nothing is tried there. */
export const ABSENT = -100_000;

/** Makes a property whose offsets are still to be written. */
export function propertyOf(parts: readonly (readonly Int32Array[])[]): OffsetProperty {
  return { parts, offsets: new Int32Array(parts.length) };
}

/** The classes of nodes that several properties make together: one for each way to choose a part of each property. */
export class OffsetClasses {
  readonly count: number;
  /** By class, after `rank`. */
  readonly offsets: Int32Array;
  /** The classes, best first, after `rank`. */
  readonly ranking: Int32Array;
  private readonly properties: readonly OffsetProperty[];
  private readonly sets: readonly (readonly Int32Array[])[];

  constructor(properties: readonly OffsetProperty[]) {
    this.properties = properties;
    this.count = classesOf(properties);
    this.offsets = new Int32Array(this.count);
    this.ranking = Int32Array.from({ length: this.count }, (_, i) => i);
    this.sets = Array.from({ length: this.count }, (_, i) => setsOf(properties, i));
  }

  /** Adds up the offsets of the properties and puts the best class first. */
  rank(): void {
    const { offsets, ranking, properties, count } = this;
    offsets.fill(0);
    let stride = 1;
    for (const property of properties) {
      const parts = property.offsets.length;
      for (let i = 0; i < count; i += 1) offsets[i] = (offsets[i] ?? 0) + (property.offsets[Math.trunc(i / stride) % parts] ?? 0);
      stride *= parts;
    }
    for (let i = 1; i < count; i += 1) {
      const moved = ranking[i] ?? 0;
      const offset = offsets[moved] ?? 0;
      let place = i;
      for (; place > 0 && (offsets[ranking[place - 1] ?? 0] ?? 0) < offset; place -= 1) ranking[place] = ranking[place - 1] ?? 0;
      ranking[place] = moved;
    }
  }

  /** Those of `bits` in `block` that belong to class `number`. */
  membersIn(number: number, block: number, bits: number): number {
    const sets = this.sets[number] ?? NO_SETS;
    let rest = bits;
    for (let i = 0; i < sets.length && rest !== 0; i += 1) rest &= sets[i]?.[block] ?? 0;
    return rest;
  }
}

const NO_SETS: readonly Int32Array[] = [];

/** How many classes `properties` make together. */
export function classesOf(properties: readonly OffsetProperty[]): number {
  return properties.reduce((product, { parts }) => product * parts.length, 1);
}

/** What the node at `position` gets by all of `properties`. */
export function offsetAt(properties: readonly OffsetProperty[], position: number): number {
  let sum = 0;
  for (const { parts, offsets } of properties) {
    const part = parts.findIndex((sets) => sets.every((set) => hasBit(set, position)));
    sum += offsets[part] ?? 0;
  }
  return sum;
}

/** The most that any node can get by all of `properties`. */
export function mostOf(properties: readonly OffsetProperty[]): number {
  let sum = 0;
  for (const { offsets } of properties) {
    let most = ABSENT;
    for (let i = 0; i < offsets.length; i += 1) most = Math.max(most, offsets[i] ?? 0);
    sum += most;
  }
  return sum;
}

/** The sets of the class with this number: its parts are the digits of the number, the first property's last. */
function setsOf(properties: readonly OffsetProperty[], number: number): readonly Int32Array[] {
  const sets: Int32Array[] = [];
  let rest = number;
  for (const { parts } of properties) {
    sets.push(...(parts[rest % parts.length] ?? NO_SETS));
    rest = Math.trunc(rest / parts.length);
  }
  return sets;
}
