import type { NodeInfo } from '../NodeInfo.ts';
import type { Snapshot } from '../Snapshot.ts';
import { putBit, wordsFor } from './bits.ts';
import { NodeColumn } from './NodeColumn.ts';
import { PositionLog } from './PositionLog.ts';

/**
 * What resource columns read of every node, as a row of numbers for each position. A node is visited once for each change; the many
 * columns that take the change in read its row, which is one line of the processor's cache.
 */
export class NodeRows extends NodeColumn {
  /** The row of a position begins at ROW_LENGTH times the position. */
  readonly rows: Float64Array;
  /** Nodes that are open and have no taint, not even a soft one. */
  readonly untainted: Int32Array;
  /** The rows of open nodes, or such as were open until then, that changed, and the others: most pods have no use for these. */
  readonly changes: PositionLog;
  readonly closedChanges: PositionLog;

  constructor({ nodes, touched }: Snapshot) {
    super(nodes, touched);
    this.rows = new Float64Array(ROW_LENGTH * nodes.length);
    this.untainted = new Int32Array(wordsFor(nodes.length));
    this.changes = new PositionLog(nodes.length);
    this.closedChanges = new PositionLog(nodes.length);
  }

  protected update(node: NodeInfo): void {
    const { rows } = this;
    const { position, isOpen } = node;
    const start = ROW_LENGTH * position;
    const changes = isOpen || (rows[start + IN_ROW.isOpen] ?? 0) > 0 ? this.changes : this.closedChanges;
    rows[start + IN_ROW.allocatableMilliCpu] = node.allocatableMilliCpu;
    rows[start + IN_ROW.allocatableMemory] = node.allocatableMemory;
    rows[start + IN_ROW.requestedMilliCpu] = node.requestedMilliCpu;
    rows[start + IN_ROW.requestedMemory] = node.requestedMemory;
    rows[start + IN_ROW.scoringMilliCpu] = node.scoringMilliCpu;
    rows[start + IN_ROW.scoringMemory] = node.scoringMemory;
    rows[start + IN_ROW.freePods] = node.freePods;
    rows[start + IN_ROW.isOpen] = isOpen ? 1 : 0;
    putBit(this.untainted, position, isOpen && node.node.taints.length === 0);
    changes.note(position);
  }
}

/** How many numbers a row has. */
export const ROW_LENGTH = 8;

/** Where in a row each number is. */
export const IN_ROW = {
  allocatableMilliCpu: 0,
  allocatableMemory: 1,
  requestedMilliCpu: 2,
  requestedMemory: 3,
  scoringMilliCpu: 4,
  scoringMemory: 5,
  freePods: 6,
  isOpen: 7,
} as const;
