import { setBit, setBits, wordsFor } from './bits.ts';
import type { TopologyColumn } from './TopologyColumn.ts';

/** Nodes that a decision must leave out, gathered from every rule between pods; used again for every decision. */
export class RefusedNodes {
  /** A bit for each position: what `none`, `own` or whoever left out so many holds. */
  words: Int32Array;
  /** Words without a bit. */
  readonly none: Int32Array;
  /** undefined as long as nobody had to be written down here. */
  private own: Int32Array | undefined = undefined;

  /** `none` has no bit set, and stays so. */
  private constructor(none: Int32Array) {
    this.none = none;
    this.words = none;
  }

  /** Of `nodes` nodes none is left out yet. */
  static among(nodes: number): RefusedNodes {
    return new RefusedNodes(new Int32Array(wordsFor(nodes)));
  }

  /** Others among the same nodes: none is left out yet. */
  others(): RefusedNodes {
    return new RefusedNodes(this.none);
  }

  /** Whether none is left out. */
  get isEmpty(): boolean {
    return this.words === this.none;
  }

  clear(): void {
    this.words = this.none;
  }

  refuse(position: number): void {
    setBit(this.toWrite(), position);
  }

  /** Leaves out `members`, which must not change until the next `clear`: usually nothing else is left out, so they need not be copied. */
  refuseAll(members: Int32Array): void {
    if (this.isEmpty) this.words = members;
    else setBits(this.toWrite(), members);
  }

  /** Leaves out the nodes of the domains for which `numbers` is above `most`; index 0 stands for nodes without the label. */
  refuseDomains(topology: TopologyColumn, numbers: Int32Array, most: number): void {
    const { domains, domainOf, isCoarse } = topology;
    if (isCoarse) {
      const members = topology.above(numbers, most);
      if (members) this.refuseAll(members);
      return;
    }
    for (let position = 0; position < domainOf.length; position += 1) {
      const domain = domainOf[position] ?? 0;
      if (domain < domains && (numbers[domain] ?? 0) > most) this.refuse(position);
    }
  }

  private toWrite(): Int32Array {
    if (this.words === this.own) return this.own;
    this.own ??= new Int32Array(this.none.length);
    this.own.set(this.words);
    this.words = this.own;
    return this.own;
  }
}
