import type { NodeInfo } from './NodeInfo.ts';

/**
 * Nodes that changed, in order, for readers that keep something per node up to date. Each reader remembers how far it has read.
 *
 * The log is a ring that holds only the latest changes, about as many as there are nodes; a reader that has fallen behind further than that
 * starts again from all nodes.
 */
export class NodeLog {
  /** How many changes there have been. */
  end = 0;
  private readonly ring: NodeInfo[] = [];
  /** How many changes the ring holds, a power of 2. */
  private length = FEWEST;
  /** Of the changes before this one nothing is known: the ring was shorter. */
  private begin = 0;
  /** The number of the latest change of each node, by its slot. */
  private readonly latest: number[] = [];

  note(node: NodeInfo): void {
    if (node.slot >= this.length) this.lengthen(node);
    while (this.latest.length < node.slot) this.latest.push(-1);
    this.latest[node.slot] = this.end;
    this.ring[this.end & (this.length - 1)] = node;
    this.end += 1;
  }

  /** Whether a reader that has seen the first `read` changes can still go on from there. */
  reachesBackTo(read: number): boolean {
    return read >= this.begin && read >= this.end - this.length;
  }

  /** The node of the change with this number, counted from 0; undefined when it is forgotten or still to come. */
  at(change: number): NodeInfo | undefined {
    return change < this.end && this.reachesBackTo(change) ? this.ring[change & (this.length - 1)] : undefined;
  }

  /** The node of the change with this number as `at` gives it, but undefined when it has changed again since. */
  lastAt(change: number): NodeInfo | undefined {
    const node = this.ring[change & (this.length - 1)];
    // Of a change that is forgotten or still to come there is another one here, if any.
    return node !== undefined && this.latest[node.slot] === change ? node : undefined;
  }

  /** Makes room for as many changes as there are nodes up to `node`, and forgets those before. */
  private lengthen(node: NodeInfo): void {
    while (this.length <= node.slot) this.length *= 2;
    // Arrays without gaps are faster.
    while (this.ring.length < this.length) this.ring.push(node);
    this.begin = this.end;
  }
}

/** Readers that often look read every few changes. */
const FEWEST = 1024;
