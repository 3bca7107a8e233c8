/**
 * Found nodes that hold pods counted by a spread constraint over single nodes. Nodes of one profile with the same number of such pods form
 * a class, because they get the same score. Reused.
 */
export class SpreadExceptions {
  count = 0;
  /** Two numbers each: the node's position and the number of its class. */
  readonly rows: Int32Array;

  constructor(nodes: number) {
    this.rows = new Int32Array(2 * nodes);
  }
}
