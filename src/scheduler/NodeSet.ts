import { NumberSet } from '../sim/NumberSet.ts';
import type { NodeInfo } from './NodeInfo.ts';

/** A set of nodes: a bit for each, by its slot. */
export class NodeSet {
  /** How many nodes are in it. */
  size = 0;
  /** How often one came or went. */
  version = 0;
  private readonly slots = new NumberSet();

  has({ slot }: NodeInfo): boolean {
    return this.slots.has(slot);
  }

  add(node: NodeInfo): void {
    if (this.has(node)) return;
    this.slots.add(node.slot);
    this.version += 1;
    this.size += 1;
  }

  delete(node: NodeInfo): void {
    if (!this.has(node)) return;
    this.slots.delete(node.slot);
    this.version += 1;
    this.size -= 1;
  }
}
