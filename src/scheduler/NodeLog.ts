import type { NodeInfo } from './NodeInfo.ts';

/**
 * Nodes that changed, in order, for readers that keep something per node up to date. Each reader remembers how far it has read.
 *
 * The log forgets its oldest part now and then; a reader that has not come that far starts anew.
 */
export class NodeLog {
  private readonly entries: NodeInfo[] = [];
  private count = 0;
  private forgotten = 0;
  /** The number of the latest change of each node, by its slot. */
  private readonly latest: number[] = [];

  /** How many changes there have been. */
  get end(): number {
    return this.forgotten + this.count;
  }

  note(node: NodeInfo): void {
    if (this.count >= LONGEST) this.forget(LONGEST / 2);
    while (this.latest.length < node.slot) this.latest.push(-1);
    this.latest[node.slot] = this.end;
    this.entries[this.count] = node;
    this.count += 1;
  }

  /** Whether a reader that has seen the first `read` changes can still go on from there. */
  reachesBackTo(read: number): boolean {
    return read >= this.forgotten;
  }

  /** The node of the change with this number, counted from 0; undefined when it is forgotten or still to come. */
  at(change: number): NodeInfo | undefined {
    const index = change - this.forgotten;
    return index >= 0 && index < this.count ? this.entries[index] : undefined;
  }

  /** The node of the change with this number as `at` gives it, but undefined when it has changed again since. */
  lastAt(change: number): NodeInfo | undefined {
    const node = this.at(change);
    return node && this.latest[node.slot] === change ? node : undefined;
  }

  private forget(changes: number): void {
    this.entries.copyWithin(0, changes, this.count);
    this.count -= changes;
    this.forgotten += changes;
  }
}

const LONGEST = 16_384;
