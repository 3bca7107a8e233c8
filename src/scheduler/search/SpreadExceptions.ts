/**
 * Found nodes that hold pods which a spread constraint over single nodes counts. Nodes of one profile with the same number of pods are of one
 * class: they get the same. Used again and again.
 */
export class SpreadExceptions {
  count = 0;
  /** Two numbers each: the node's position and the number of its class. */
  readonly rows: Int32Array;

  constructor(nodes: number) {
    this.rows = new Int32Array(2 * nodes);
  }
}
