import { isAny, listBits, lowestBit, wordsFor } from './bits.ts';

/**
 * The nodes with the highest total of one decision, gathered as words of nodes in one block. Reused: what it holds is valid for one
 * decision only.
 */
export class TiedNodes {
  /** The highest total so far, a whole number; as low as can be without any. */
  height = LOWEST;
  /** After `list`: how many there are, and by index below `count` their positions; in the order visited after `arrange`. */
  count = 0;
  readonly positions: Int32Array;
  /** By number of the word: its block, and its nodes. */
  private readonly blocks: Int32Array;
  private readonly words: Int32Array;
  private size = 0;
  private readonly members: Int32Array;

  constructor(nodes: number) {
    this.positions = new Int32Array(nodes);
    // There may be a word for each node, and behind the last one lies what was empty.
    this.blocks = new Int32Array(nodes + 1);
    this.words = new Int32Array(nodes + 1);
    this.members = new Int32Array(wordsFor(nodes));
  }

  get isEmpty(): boolean {
    return this.size === 0;
  }

  clear(): void {
    this.size = 0;
    this.height = LOWEST;
  }

  /** Takes note of a node, each only once, whose total is not below the highest. */
  reach(position: number, total: number): void {
    this.reachAll(position >> 5, 1 << (position & 31), total);
  }

  /** As `reach` for each of `nodes` in `block`, at least one, which all have the same total. */
  reachAll(block: number, nodes: number, total: number): void {
    if (total > this.height) this.size = 0;
    this.height = total;
    this.join(block, nodes);
  }

  /** Takes note of `nodes` in `block`, if any, that have the highest total. It does not branch: nobody could tell whether there are any. */
  join(block: number, nodes: number): void {
    const { size } = this;
    this.blocks[size] = block;
    this.words[size] = nodes;
    this.size = size + isAny(nodes);
  }

  /** Lists the nodes, in any order. */
  list(): void {
    const { blocks, words, size, positions } = this;
    let count = 0;
    for (let i = 0; i < size; i += 1) {
      const first = (blocks[i] ?? 0) << 5;
      for (let bits = words[i] ?? 0; bits !== 0; bits &= bits - 1) {
        positions[count] = first + lowestBit(bits);
        count += 1;
      }
    }
    this.count = count;
  }

  /** Puts the list in the order in which a scan from `start` visits the nodes. */
  arrange(start: number): void {
    const { members, blocks, words, size, positions } = this;
    members.fill(0);
    for (let i = 0; i < size; i += 1) members[blocks[i] ?? 0] = (members[blocks[i] ?? 0] ?? 0) | (words[i] ?? 0);
    listBits(members, start, positions);
  }
}

/** Lower than any total, and small enough for the engine to go on with whole numbers. */
const LOWEST = -(2 ** 30);
