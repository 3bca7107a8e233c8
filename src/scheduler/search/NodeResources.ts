import type { NodeInfo } from '../NodeInfo.ts';
import type { SlotLog } from '../SlotLog.ts';
import type { Snapshot } from '../Snapshot.ts';
import type { SumRows } from '../SumRows.ts';
import { putBit, wordsFor } from './bits.ts';
import { NodeColumn } from './NodeColumn.ts';

/**
 * What resource columns have in common: where the numbers of each node are, and which nodes have no taint. The many columns that take a change
 * in read nothing of the node but its row of sums, which is one line of the processor's cache.
 */
export class NodeResources extends NodeColumn {
  /** The numbers of all nodes, as they are now, and by position where in them those of a node begin. */
  readonly sums: SumRows;
  readonly rows: Int32Array;
  /** Slots of nodes whose numbers changed, or that opened or closed: of open nodes, and of the others, for which most pods have no use. */
  readonly changes: SlotLog;
  readonly closedChanges: SlotLog;
  /** The position of the node in each slot. */
  readonly positionOf: Int32Array;
  /** Nodes that are open and have no taint, not even a soft one. Whoever begins or ceases to be one is among `changes`. */
  readonly untainted: Int32Array;

  constructor({ nodes, revised, changes, closedChanges, sums }: Snapshot, positionOf: Int32Array) {
    super(nodes, revised);
    this.sums = sums;
    this.rows = Int32Array.from(nodes, ({ row }) => row);
    this.changes = changes;
    this.closedChanges = closedChanges;
    this.positionOf = positionOf;
    this.untainted = new Int32Array(wordsFor(nodes.length));
  }

  protected update({ node, position, isOpen }: NodeInfo): void {
    putBit(this.untainted, position, isOpen && node.taints.length === 0);
  }
}
