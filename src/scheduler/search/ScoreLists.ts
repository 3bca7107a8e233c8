/**
 * The nodes of each score as a linked list, so that a search can begin with the best ones and a change of score costs the same however
 * many nodes there are. Open and closed nodes are apart: the closed ones are often empty, which makes them look good to no avail.
 */
export class ScoreLists {
  /** The first node of each list, -1 when it has none: by score for open nodes, from FIRST_CLOSED on for closed ones. */
  readonly first = new Int32Array(2 * FIRST_CLOSED).fill(-1);
  /** The node after each node in its list, -1 after the last. */
  readonly next: Int32Array;
  private readonly previous: Int32Array;
  /** No list further on has any node. */
  private bound = 0;
  private readonly listOf: Int16Array;

  constructor(nodes: number) {
    this.next = new Int32Array(nodes);
    this.previous = new Int32Array(nodes);
    this.listOf = new Int16Array(nodes).fill(-1);
  }

  /** The highest score of any node; -1 when there is none in any list. */
  highest(): number {
    const { first } = this;
    while (this.bound >= 0 && (first[this.bound] ?? -1) < 0 && (first[FIRST_CLOSED + this.bound] ?? -1) < 0) this.bound -= 1;
    return this.bound;
  }

  /** Puts the node at `position` into a list, or for -1 into none. */
  put(position: number, list: number): void {
    const before = this.listOf[position] ?? -1;
    if (before === list) return;
    this.listOf[position] = list;
    if (before >= 0) this.takeOut(position, before);
    if (list < 0) return;
    this.bound = Math.max(this.bound, list < FIRST_CLOSED ? list : list - FIRST_CLOSED);
    const second = this.first[list] ?? -1;
    this.first[list] = position;
    this.previous[position] = -1;
    this.next[position] = second;
    if (second >= 0) this.previous[second] = position;
  }

  private takeOut(position: number, list: number): void {
    const next = this.next[position] ?? -1;
    const previous = this.previous[position] ?? -1;
    if (previous < 0) this.first[list] = next;
    else this.next[previous] = next;
    if (next >= 0) this.previous[next] = previous;
  }
}

/** Scores are below this; the list of closed nodes with a score is so far behind that of open ones. */
export const FIRST_CLOSED = 201;
