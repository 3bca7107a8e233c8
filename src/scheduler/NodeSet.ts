import { carriedOver } from '../sim/carriedOver.ts';
import type { NodeInfo } from './NodeInfo.ts';

/** A set of nodes: a bit for each, by its slot. */
export class NodeSet {
  /** How many nodes are in it. */
  size = 0;
  /** How often one came or went. */
  version = 0;
  private words = new Int32Array(1);

  has({ slot }: NodeInfo): boolean {
    return (((this.words[slot >> 5] ?? 0) >> (slot & 31)) & 1) === 1;
  }

  add(node: NodeInfo): void {
    if (this.has(node)) return;
    if (node.slot >> 5 >= this.words.length) this.grow(node.slot);
    this.flip(node);
    this.size += 1;
  }

  delete(node: NodeInfo): void {
    if (!this.has(node)) return;
    this.flip(node);
    this.size -= 1;
  }

  private flip({ slot }: NodeInfo): void {
    this.version += 1;
    this.words[slot >> 5] = (this.words[slot >> 5] ?? 0) ^ (1 << (slot & 31));
  }

  private grow(slot: number): void {
    this.words = carriedOver(this.words, new Int32Array(Math.max(2 * this.words.length, (slot >> 5) + 1)));
  }
}
