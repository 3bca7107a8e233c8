/** Room to work out spread scores, the same for every decision: what it holds is good for one only. */
export class SpreadDesk {
  /** Raw scores, and whether each takes part (1), by the order in which feasible nodes were found. */
  readonly raw: Float64Array;
  readonly isRanked: Uint8Array;
  /** Pods by position; all 0 between uses. */
  readonly podsOn: Int32Array;

  constructor(nodes: number) {
    this.raw = new Float64Array(nodes);
    this.isRanked = new Uint8Array(nodes);
    this.podsOn = new Int32Array(nodes);
  }
}
