/**
 * Positions whose row changed, in order, for columns that each remember how far they have read. The log holds the latest changes only: a
 * reader that has not come that far starts anew, which is no more work by then.
 */
export class PositionLog {
  /** How many changes there have been. */
  end = 0;
  /** A ring. */
  private readonly positions: Int32Array;
  private readonly mask: number;
  /** The number of the latest change of each position. */
  private readonly latest: Int32Array;

  constructor(nodes: number) {
    const length = 2 ** Math.max(6, Math.ceil(Math.log2(2 * nodes)));
    this.positions = new Int32Array(length);
    this.mask = length - 1;
    this.latest = new Int32Array(nodes);
  }

  note(position: number): void {
    this.positions[this.end & this.mask] = position;
    this.latest[position] = this.end;
    this.end += 1;
  }

  /** Whether a reader that has seen the first `read` changes can still go on from there. */
  reachesBackTo(read: number): boolean {
    return this.end - read <= this.mask;
  }

  /** The position of the change with this number, -1 when it has changed again since. */
  lastAt(change: number): number {
    const position = this.positions[change & this.mask] ?? 0;
    return this.latest[position] === change ? position : -1;
  }
}
