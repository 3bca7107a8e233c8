/**
 * Found nodes that hold pods which a spread constraint over single nodes counts. Nodes of one profile with the same number of pods are of one
 * class: they get the same. Used again and again.
 */
export class SpreadExceptions {
  count = 0;
  /** By index: the node's position and the number of its class. */
  readonly positions: Int32Array;
  readonly classes: Int32Array;

  constructor(nodes: number) {
    this.positions = new Int32Array(nodes);
    this.classes = new Int32Array(nodes);
  }
}
