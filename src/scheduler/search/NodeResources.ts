import type { NodeInfo } from '../NodeInfo.ts';
import type { SlotLog } from '../SlotLog.ts';
import type { Snapshot } from '../Snapshot.ts';
import type { SumRows } from '../SumRows.ts';
import { putBit, wordsFor } from './bits.ts';
import { NodeColumn } from './NodeColumn.ts';
import { StaleNodes } from './StaleNodes.ts';

/**
 * What resource columns share: where the numbers of each node are, which nodes have no taint, and which have changed. Each of the many
 * columns that take in a change reads nothing of the node but its row of sums, which is one cache line.
 */
export class NodeResources extends NodeColumn {
  /** The numbers of all nodes, as they are now, and by position which of them are those of a node. */
  readonly sums: SumRows;
  readonly rows: Int32Array;
  /** The nodes whose numbers changed, or that opened or closed, for each resource column. */
  readonly stale: StaleNodes;
  /** Nodes that are open and have no taint, not even a soft one. A node that begins or ceases to be one becomes stale. */
  readonly untainted: Int32Array;
  /** The nodes that became stale, in order. */
  readonly changes: SlotLog;
  private readonly positionOf: Int32Array;
  private seen: number;

  /** `positionOf` has the position of the node in each slot. */
  constructor({ nodes, revised, changes, loads }: Snapshot, positionOf: Int32Array) {
    super(nodes, revised);
    this.stale = new StaleNodes(nodes.length);
    this.sums = loads.sums;
    this.rows = Int32Array.from(nodes, ({ slot }) => slot);
    this.changes = changes;
    this.seen = changes.readToEnd();
    this.positionOf = positionOf;
    this.untainted = new Int32Array(wordsFor(nodes.length));
  }

  override refresh(): void {
    super.refresh();
    if (this.seen < this.changes.end) this.follow();
  }

  /** The block of the node that became stale by the change with this number, which `changes` must still know. */
  blockAt(change: number): number {
    return (this.positionOf[this.changes.at(change)] ?? 0) >> 5;
  }

  private follow(): void {
    const { changes, positionOf, stale, seen } = this;
    const end = changes.readToEnd();
    this.seen = end;
    if (!changes.reachesBackTo(seen)) stale.markAll();
    else for (let change = seen; change < end; change += 1) stale.mark(positionOf[changes.at(change)] ?? 0);
  }

  protected update({ node, position, isOpen }: NodeInfo): void {
    putBit(this.untainted, position, isOpen && node.taints.length === 0);
  }
}
