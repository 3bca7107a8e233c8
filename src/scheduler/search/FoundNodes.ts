import { wordsFor } from './bits.ts';
import type { LocalScores } from './LocalScores.ts';
import type { RefusedNodes } from './RefusedNodes.ts';
import type { SearchPlan } from './SearchPlan.ts';

/**
 * The feasible nodes of one decision: either a sample found by a scan, or all of them, worked out block by block when somebody asks.
 * Reused: what it holds is valid for one decision only.
 */
export class FoundNodes {
  /** How many nodes a scan has found. */
  count = 0;
  /** How many nodes there are in all, and at which position the scan began. */
  readonly nodes: number;
  start = 0;
  /** A bit for each position, after a scan; a search takes out nodes that it looks at by themselves. */
  readonly members: Int32Array;
  /**
   * The blocks that may have feasible nodes: from `first` up to but not including `end`, wrapping around if `end` is not above `first`. For
   * a sample of many nodes these are few.
   */
  first = 0;
  end = 0;
  private readonly refused: RefusedNodes;
  /** What to look for where all nodes are asked for; undefined after a scan. */
  private asked: SearchPlan | undefined = undefined;
  /** A node is among them if it is in the first two, whatever these are, and not in the third. */
  private admitted: Int32Array;
  private fitting: Int32Array;
  private excluded: Int32Array;

  /** Where all nodes are asked for, `refused` says who is left out. */
  constructor(nodes: number, refused: RefusedNodes) {
    this.nodes = nodes;
    this.refused = refused;
    this.members = new Int32Array(wordsFor(nodes));
    this.admitted = this.members;
    this.fitting = this.members;
    this.excluded = refused.none;
  }

  /** Starts over with a scan from the position `start`, which may reach every block. */
  begin(start: number): void {
    const { first, end, members } = this;
    if (first < end) this.clear(first, end);
    else {
      this.clear(first, members.length);
      this.clear(0, end);
    }
    this.asked = undefined;
    this.admitted = this.members;
    this.fitting = this.members;
    this.excluded = this.refused.none;
    this.start = start;
    this.count = 0;
    this.first = 0;
    this.end = members.length;
  }

  /** Starts over with all nodes. Those without taints must be worked out; `start` only says where a round begins. */
  askForAll(plan: SearchPlan, start: number): void {
    this.asked = plan;
    this.admitted = plan.placement.admits;
    this.fitting = plan.resources.fits;
    this.excluded = this.refused.words;
    this.start = start;
    this.first = 0;
    this.end = this.members.length;
  }

  /** Takes note that the scan went no further than to `block`. */
  endIn(block: number): void {
    const first = this.start >> 5;
    // In the block with `start` it has gone all the way round, or not begun to: then there may be some in every block, to be on the safe side.
    if (block === first) return;
    this.first = first;
    this.end = block + 1;
  }

  /** Adds `nodes` of `block`, which are `count` and of which none was there. */
  add(block: number, nodes: number, count: number): void {
    this.members[block] = (this.members[block] ?? 0) | nodes;
    this.count += count;
  }

  /** The nodes of `block` without taints. */
  cleanIn(block: number, { untainted }: LocalScores): number {
    return this.knownIn(block) & (untainted[block] ?? 0);
  }

  /** The nodes of `block`. */
  in(block: number): number {
    this.asked?.resources.workOut(this.admitted, block, block + 1);
    return this.knownIn(block);
  }

  private knownIn(block: number): number {
    return (this.admitted[block] ?? 0) & (this.fitting[block] ?? 0) & ~(this.excluded[block] ?? 0);
  }

  /** Whether some node is in `others`. */
  hasAnyOf(others: Int32Array): boolean {
    const { first, end, members } = this;
    if (first < end) return this.hasAnyIn(others, first, end);
    return this.hasAnyIn(others, first, members.length) || this.hasAnyIn(others, 0, end);
  }

  private hasAnyIn(others: Int32Array, from: number, to: number): boolean {
    for (let block = from; block < to; block += 1) {
      const wanted = others[block] ?? 0;
      if (wanted !== 0 && (this.in(block) & wanted) !== 0) return true;
    }
    return false;
  }

  private clear(from: number, to: number): void {
    const { members } = this;
    for (let block = from; block < to; block += 1) members[block] = 0;
  }
}
