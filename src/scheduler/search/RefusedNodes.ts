import { wordsFor } from './bits.ts';
import type { TopologyColumn } from './TopologyColumn.ts';

/** Nodes that a decision must leave out, gathered from every rule between pods; used again for every decision. */
export class RefusedNodes {
  /** Whether none is left out: then `words` need not be looked at. */
  isEmpty = true;
  readonly words: Int32Array;

  constructor(nodes: number) {
    this.words = new Int32Array(wordsFor(nodes));
  }

  clear(): void {
    if (!this.isEmpty) this.words.fill(0);
    this.isEmpty = true;
  }

  /** The nodes of `block` that are not left out. */
  othersIn(block: number): number {
    return this.isEmpty ? -1 : ~(this.words[block] ?? 0);
  }

  refuse(position: number): void {
    const index = position >> 5;
    this.words[index] = (this.words[index] ?? 0) | (1 << (position & 31));
    this.isEmpty = false;
  }

  /** Leaves out `nodes`, at least one, of `block`. */
  refuseIn(block: number, nodes: number): void {
    this.words[block] = (this.words[block] ?? 0) | nodes;
    this.isEmpty = false;
  }

  /** Leaves out the nodes whose domain has the mark 1; index 0 stands for nodes without the label. */
  refuseDomains({ domains, domainOf, classes, isCoarse }: TopologyColumn, marks: Uint8Array): void {
    if (isCoarse) {
      for (const { number, members } of classes) if (marks[number] === 1) this.refuseAll(members);
      return;
    }
    for (let position = 0; position < domainOf.length; position += 1) {
      const domain = domainOf[position] ?? 0;
      if (domain < domains && marks[domain] === 1) this.refuse(position);
    }
  }

  private refuseAll(members: Int32Array): void {
    const { words } = this;
    for (let i = 0; i < words.length; i += 1) words[i] = (words[i] ?? 0) | (members[i] ?? 0);
    this.isEmpty = false;
  }
}
