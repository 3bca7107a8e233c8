import { listBits, lowestBit, wordsFor } from './bits.ts';

/** The nodes with the highest total of one decision. Reused: what it holds is valid for one decision only. */
export class TiedNodes {
  count = 0;
  /** The highest total so far, a whole number; as low as can be without any. */
  height = LOWEST;
  /** By index below `count`; in the order visited after `arrange`. */
  readonly positions: Int32Array;
  private readonly members: Int32Array;

  constructor(nodes: number) {
    this.positions = new Int32Array(nodes);
    this.members = new Int32Array(wordsFor(nodes));
  }

  clear(): void {
    this.count = 0;
    this.height = LOWEST;
  }

  /** Takes note of a node, each only once, whose total is not below the highest. */
  reach(position: number, total: number): void {
    if (total > this.height) this.count = 0;
    this.height = total;
    this.positions[this.count] = position;
    this.count += 1;
  }

  /** As `reach` for each of `nodes` in `block`, which all have the same total. */
  reachAll(block: number, nodes: number, total: number): void {
    const { positions } = this;
    let count = total > this.height ? 0 : this.count;
    for (let bits = nodes; bits !== 0; bits &= bits - 1) {
      positions[count] = (block << 5) + lowestBit(bits);
      count += 1;
    }
    this.height = total;
    this.count = count;
  }

  /** Puts the nodes in the order in which a scan from `start` visits them. */
  arrange(start: number): void {
    if (this.count < 2) return;
    const { members, positions, count } = this;
    members.fill(0);
    for (let i = 0; i < count; i += 1) {
      const position = positions[i] ?? 0;
      members[position >> 5] = (members[position >> 5] ?? 0) | (1 << (position & 31));
    }
    listBits(members, start, positions);
  }
}

/** Lower than any total, and small enough for the engine to go on with whole numbers. */
const LOWEST = -(2 ** 30);
