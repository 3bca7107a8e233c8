import { clearBit, hasBit, setBit, wordsFor } from './bits.ts';

/** The nodes with one number. */
export interface NodeClass {
  readonly number: number;
  readonly members: Int32Array;
}

/**
 * A number for every node, by position, where few different numbers occur; then the nodes of each number are also kept as a bit set.
 *
 * With many different numbers (host names as domains) only the list by position is kept.
 */
export class NodeClasses {
  readonly numberOf: Int32Array;
  /** In order of appearance; a class may have lost all members. Empty when there are too many. */
  classes: readonly NodeClass[];
  /** How often a node was given another number. */
  version = 0;
  /** Whether `classes` is complete. */
  isCoarse = true;
  private readonly words: number;

  constructor(nodes: number) {
    this.numberOf = new Int32Array(nodes);
    this.words = wordsFor(nodes);
    const all = new Int32Array(this.words);
    for (let position = 0; position < nodes; position += 1) setBit(all, position);
    this.classes = [{ number: 0, members: all }];
  }

  /** Gives the node at `position` a number. */
  put(position: number, number: number): void {
    if (this.isIn(number, position)) return;
    const before = this.numberOf[position] ?? 0;
    this.numberOf[position] = number;
    this.version += 1;
    if (!this.isCoarse) return;
    const joined = this.membersOf(number) ?? this.found(number);
    const left = this.membersOf(before);
    if (joined) setBit(joined, position);
    if (left) clearBit(left, position);
  }

  /** Whether the node at `position` has `number`. Bits, where there are any, take fewer cache lines than numbers. */
  private isIn(number: number, position: number): boolean {
    const members = this.membersOf(number);
    return members ? hasBit(members, position) : this.numberOf[position] === number;
  }

  /** The nodes with `number`; undefined when no node ever had it, or when there are too many numbers. */
  membersOf(number: number): Int32Array | undefined {
    for (const known of this.classes) if (known.number === number) return known.members;
    return undefined;
  }

  private found(number: number): Int32Array | undefined {
    if (this.classes.length === MOST) {
      this.isCoarse = false;
      this.classes = [];
      return undefined;
    }
    const members = new Int32Array(this.words);
    this.classes = [...this.classes, { number, members }];
    return members;
  }
}

/** With more classes than this, telling them apart by bit sets no longer pays. */
const MOST = 24;
