import type { NodeInfo } from '../NodeInfo.ts';
import type { Snapshot } from '../Snapshot.ts';
import { NodeColumn } from './NodeColumn.ts';
import { PositionLog } from './PositionLog.ts';

/**
 * What resource columns read of every node, as a row of numbers for each position. A node is visited once for each change; the many
 * columns that take the change in read its row, which is one line of the processor's cache.
 */
export class NodeRows extends NodeColumn {
  /** The row of a position begins at ROW_LENGTH times the position. */
  readonly rows: Float64Array;
  /** The rows of open nodes, or such as were open until then, that changed, and the others: most pods have no use for these. */
  readonly changes: PositionLog;
  readonly closedChanges: PositionLog;

  constructor({ nodes, touched }: Snapshot) {
    super(nodes, touched);
    this.rows = new Float64Array(ROW_LENGTH * nodes.length);
    this.changes = new PositionLog(nodes.length);
    this.closedChanges = new PositionLog(nodes.length);
  }

  protected update(node: NodeInfo): void {
    const { rows } = this;
    const start = ROW_LENGTH * node.position;
    const changes = node.isOpen || (rows[start + IN_ROW.openness] ?? 0) > 0 ? this.changes : this.closedChanges;
    rows[start + IN_ROW.allocatableMilliCpu] = node.allocatableMilliCpu;
    rows[start + IN_ROW.allocatableMemory] = node.allocatableMemory;
    rows[start + IN_ROW.requestedMilliCpu] = node.requestedMilliCpu;
    rows[start + IN_ROW.requestedMemory] = node.requestedMemory;
    rows[start + IN_ROW.scoringMilliCpu] = node.scoringMilliCpu;
    rows[start + IN_ROW.scoringMemory] = node.scoringMemory;
    rows[start + IN_ROW.freePods] = node.allocatablePods - node.pods.length;
    rows[start + IN_ROW.openness] = opennessOf(node);
    changes.note(node.position);
  }
}

function opennessOf({ isOpen, node }: NodeInfo): number {
  return isOpen ? (node.taints.length === 0 ? UNTAINTED : TAINTED) : 0;
}

/** How open a node is: without any taint, with soft ones only, or (0) closed. */
export const UNTAINTED = 2;
const TAINTED = 1;

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
  openness: 7,
} as const;
