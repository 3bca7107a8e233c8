/**
 * The nodes of each score as a linked list, so that a search can begin with the best ones and a change of score costs the same however
 * many nodes there are. Tainted or cordoned nodes are apart from the others: they are often empty, which makes them look good to no avail.
 */
export class ScoreLists {
  /** The first node of each list, -1 when it has none: by score, and from FIRST_TAINTED on for tainted or cordoned nodes. */
  readonly first = new Int32Array(2 * FIRST_TAINTED).fill(-1);
  /** For each position the node after it in its list and the one before it, -1 for none, and the list, -1 for none: side by side in memory. */
  private readonly links: Int32Array;
  /** No list further on has any node, up to FIRST_TAINTED, and from there on. */
  private bound = 0;
  private boundOfTainted = FIRST_TAINTED;

  constructor(nodes: number) {
    this.links = new Int32Array(LINKS * nodes).fill(-1);
  }

  /** The node after the one at `position` in its list, -1 after the last. */
  after(position: number): number {
    return this.links[LINKS * position] ?? -1;
  }

  /** The last list below FIRST_TAINTED that has a node; -1 when there is none. */
  highest(): number {
    const { first } = this;
    while (this.bound >= 0 && (first[this.bound] ?? -1) < 0) this.bound -= 1;
    return this.bound;
  }

  /** The last list that has a node; less than FIRST_TAINTED when no tainted or cordoned node is in any. */
  highestOfTainted(): number {
    const { first } = this;
    while (this.boundOfTainted >= FIRST_TAINTED && (first[this.boundOfTainted] ?? -1) < 0) this.boundOfTainted -= 1;
    return this.boundOfTainted;
  }

  /** Puts the node at `position` into a list, or for -1 into none. */
  put(position: number, list: number): void {
    const { links } = this;
    const link = LINKS * position;
    const before = links[link + LIST] ?? -1;
    if (before === list) return;
    links[link + LIST] = list;
    if (before >= 0) this.takeOut(link, before);
    if (list < 0) return;
    if (list >= FIRST_TAINTED) this.boundOfTainted = Math.max(this.boundOfTainted, list);
    else this.bound = Math.max(this.bound, list);
    const second = this.first[list] ?? -1;
    this.first[list] = position;
    links[link] = second;
    links[link + PREVIOUS] = -1;
    if (second >= 0) links[LINKS * second + PREVIOUS] = position;
  }

  private takeOut(link: number, list: number): void {
    const { links } = this;
    const next = links[link] ?? -1;
    const previous = links[link + PREVIOUS] ?? -1;
    if (previous < 0) this.first[list] = next;
    else links[LINKS * previous] = next;
    if (next >= 0) links[LINKS * next + PREVIOUS] = previous;
  }
}

/** Scores are below this; the list of tainted or cordoned nodes with a score is so far behind that of others. */
export const FIRST_TAINTED = 201;

/** Numbers for each position, and where among them the previous node and the list are. */
const LINKS = 4;
const PREVIOUS = 1;
const LIST = 2;
