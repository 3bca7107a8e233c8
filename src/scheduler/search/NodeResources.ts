import type { NodeInfo } from '../NodeInfo.ts';
import type { Snapshot } from '../Snapshot.ts';
import type { SumRows } from '../SumRows.ts';
import { hasBit, putBit, wordsFor } from './bits.ts';
import { NodeColumn } from './NodeColumn.ts';
import { PositionLog } from './PositionLog.ts';

/**
 * For resource columns, which nodes changed and where the numbers of each are. A node is visited once for each change; the many columns that
 * take the change in read its row of sums alone, which is one line of the processor's cache.
 */
export class NodeResources extends NodeColumn {
  /** The numbers of all nodes, as they are now, and by position where in them those of a node begin. */
  readonly sums: SumRows;
  readonly rows: Int32Array;
  /** Nodes that are open and have no taint, not even a soft one. */
  readonly untainted: Int32Array;
  /** The positions of open nodes, or such as were open until then, that changed, and of the others: most pods have no use for these. */
  readonly changes: PositionLog;
  readonly closedChanges: PositionLog;
  private readonly open: Int32Array;

  constructor({ nodes, touched, sums }: Snapshot) {
    super(nodes, touched);
    this.sums = sums;
    this.rows = Int32Array.from(nodes, ({ row }) => row);
    this.untainted = new Int32Array(wordsFor(nodes.length));
    this.changes = new PositionLog(nodes.length);
    this.closedChanges = new PositionLog(nodes.length);
    this.open = new Int32Array(wordsFor(nodes.length));
  }

  protected update({ node, position, isOpen }: NodeInfo): void {
    const changes = isOpen || hasBit(this.open, position) ? this.changes : this.closedChanges;
    putBit(this.open, position, isOpen);
    putBit(this.untainted, position, isOpen && node.taints.length === 0);
    changes.note(position);
  }
}
