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
      this.forgotten += this.entries.length;
      this.entries = [];
    }
    this.entries.push(node);
  }

  /** The nodes that changed since `end` was `read`, some more than once; undefined when the log no longer reaches back that far. */
  since(read: number): readonly NodeInfo[] | undefined {
    if (read < this.forgotten) return undefined;
    return read === this.forgotten ? this.entries : this.entries.slice(read - this.forgotten);
  }
}

const LONGEST = 16_384;
