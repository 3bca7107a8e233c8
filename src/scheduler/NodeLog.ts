import type { NodeInfo } from './NodeInfo.ts';

/**
 * Nodes that changed, in order, for readers that keep something per node up to date. Each reader remembers how far it has read.
 *
 * The log forgets its oldest part now and then; a reader that has not come that far starts anew.
 */
export class NodeLog {
  private entries: NodeInfo[] = [];
  private forgotten = 0;

  /** How many changes there have been. */
  get end(): number {
    return this.forgotten + this.entries.length;
  }

  note(node: NodeInfo): void {
    if (this.entries.length >= LONGEST) {
      this.forgotten += LONGEST / 2;
      this.entries = this.entries.slice(LONGEST / 2);
    }
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
}

const LONGEST = 16_384;
