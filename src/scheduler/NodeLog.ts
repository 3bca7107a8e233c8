import type { NodeInfo } from './NodeInfo.ts';

/**
 * Nodes that changed, in order, for readers that keep something per node up to date. Each reader remembers how far it has read.
 *
 * The log forgets its oldest part now and then; a reader that has not come that far starts anew.
 */
export class NodeLog {
  private entries: NodeInfo[] = [];
  private forgotten = 0;
  /** The number of the latest change of each node, by its slot. */
  private readonly latest: number[] = [];

  /** How many changes there have been. */
  get end(): number {
    return this.forgotten + this.entries.length;
  }

  note(node: NodeInfo): void {
    if (this.entries.length >= LONGEST) {
      this.forgotten += LONGEST / 2;
      this.entries = this.entries.slice(LONGEST / 2);
    }
    while (this.latest.length < node.slot) this.latest.push(-1);
    this.latest[node.slot] = this.end;
    this.entries.push(node);
  }

  /** Whether a reader that has seen the first `read` changes can still go on from there. */
  reachesBackTo(read: number): boolean {
    return read >= this.forgotten;
  }

  /** The node of the change with this number, counted from 0; undefined when it is forgotten or still to come. */
  at(change: number): NodeInfo | undefined {
    return this.entries[change - this.forgotten];
  }

  /** The node of the change with this number as `at` gives it, but undefined when it has changed again since. */
  lastAt(change: number): NodeInfo | undefined {
    const node = this.at(change);
    return node && this.latest[node.slot] === change ? node : undefined;
  }
}

const LONGEST = 16_384;
