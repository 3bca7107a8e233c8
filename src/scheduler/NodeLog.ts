import type { NodeInfo } from './NodeInfo.ts';

/**
 * Nodes that changed, in order, for readers that keep something per node up to date. Each reader remembers how far it has read.
 *
 * The log is a ring that holds only the latest changes; a reader that has fallen behind further than that starts again from all nodes.
 */
export class NodeLog {
  /** How many changes there have been. */
  end = 0;
  private readonly ring: NodeInfo[] = [];
  /** The number of the latest change of each node, by its slot. */
  private readonly latest: number[] = [];

  note(node: NodeInfo): void {
    while (this.latest.length < node.slot) this.latest.push(-1);
    this.latest[node.slot] = this.end;
    this.ring[this.end % LONGEST] = node;
    this.end += 1;
  }

  /** Whether a reader that has seen the first `read` changes can still go on from there. */
  reachesBackTo(read: number): boolean {
    return read >= this.end - LONGEST;
  }

  /** The node of the change with this number, counted from 0; undefined when it is forgotten or still to come. */
  at(change: number): NodeInfo | undefined {
    return change < this.end && this.reachesBackTo(change) ? this.ring[change % LONGEST] : undefined;
  }

  /** The node of the change with this number as `at` gives it, but undefined when it has changed again since. */
  lastAt(change: number): NodeInfo | undefined {
    const node = this.ring[change % LONGEST];
    // Of a change that is forgotten or still to come there is another one here, if any.
    return node !== undefined && this.latest[node.slot] === change ? node : undefined;
  }
}

/** Readers that often look read every few changes; for one that comes this late, starting anew costs little more. */
const LONGEST = 1024;
