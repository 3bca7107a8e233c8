import type { KubernetesVersion } from '../../cluster/KubernetesVersion.ts';
import type { PodRequests } from '../../cluster/podRequests.ts';
import type { NodeInfo } from '../NodeInfo.ts';
import type { NodeVerdict } from '../NodeVerdict.ts';
import { hasRoomFor, shortage, shortageNumber } from '../plugins/NodeResourcesFit.ts';
import { NO_ROOM } from '../SumRows.ts';
import { lowestBit, wordsFor } from './bits.ts';
import { LocalScores } from './LocalScores.ts';
import type { NodeResources } from './NodeResources.ts';
import type { StaleNodes } from './StaleNodes.ts';

/**
 * For all pods with the same requests: which nodes have the room, and the part of the total that depends on nothing else (LeastAllocated
 * plus BalancedAllocation, at most 200, so that it fits in a byte). Worked out for a block of 32 nodes when a search looks at it.
 */
export class ResourceColumn {
  readonly fits: Int32Array;
  readonly scores: LocalScores;
  /** Verdicts by the number of their shortage. */
  private readonly shortages: (NodeVerdict | undefined)[] = [];
  private readonly nodes: readonly NodeInfo[];
  private readonly source: NodeResources;
  private readonly requests: PodRequests;
  private readonly version: KubernetesVersion;
  /** Whether rows of sums say all that there is to know. */
  private readonly isPlain: boolean;
  /** The nodes that it is still to take in, under its number. */
  private readonly stale: StaleNodes;
  private readonly number: number;
  /** How many changes of nodes there had been when all nodes without taints were worked out. */
  private read = -1;

  constructor(nodes: readonly NodeInfo[], source: NodeResources, requests: PodRequests, version: KubernetesVersion) {
    this.fits = new Int32Array(wordsFor(nodes.length));
    this.scores = new LocalScores(nodes.length, source.untainted);
    this.nodes = nodes;
    this.source = source;
    this.requests = requests;
    this.version = version;
    this.stale = source.stale;
    this.number = this.stale.addColumn();
    this.isPlain = requests.scalars.length === 0 && requests.ephemeralStorage === 0;
  }

  /** Learns of every change since the last call. */
  refresh(): void {
    this.source.refresh();
  }

  /**
   * Works out `fits` and `scores` of `nodes` in a range of blocks; valid until the next `refresh`. Other nodes are included if they are
   * thought to have the highest score of their block.
   */
  workOut(nodes: Int32Array, from: number, to: number): void {
    for (let block = this.nextStale(nodes, from, to); block < to; block = this.nextStale(nodes, block + 1, to)) {
      this.update(block, this.stale.in(block, this.number) & ((nodes[block] ?? 0) | (this.scores.best[block] ?? 0)));
    }
  }

  /** Works out `fits` and `scores` of all nodes without taints; valid until the next `refresh`. */
  workOutUntainted(): void {
    const { source, read } = this;
    const { untainted, changes } = source;
    this.read = changes.end;
    if (!changes.reachesBackTo(read)) this.workOut(untainted, 0, untainted.length);
    else
      for (let change = read; change < changes.end; change += 1) {
        const block = source.blockAt(change);
        this.workOut(untainted, block, block + 1);
      }
  }

  /**
   * The first block in a range of blocks in which some of `nodes`, or of the best nodes, are stale; the end of the range if there is none.
   */
  private nextStale(nodes: Int32Array, from: number, to: number): number {
    const { number } = this;
    const { words, roomBits } = this.stale;
    const { best } = this.scores;
    for (let block = from; block < to; block += 1) {
      if (((words[(block << roomBits) | number] ?? 0) & ((nodes[block] ?? 0) | (best[block] ?? 0))) !== 0) return block;
    }
    return to;
  }

  /** What is short on `node`, which lacks the room. */
  shortageOn(node: NodeInfo): NodeVerdict | undefined {
    const number = shortageNumber(this.requests, node);
    const known = number === undefined ? undefined : this.shortages[number];
    if (known) return known;
    const refusal = shortage(this.requests, node, this.version);
    const verdict = refusal && { plugin: 'NodeResourcesFit', ...refusal };
    if (number !== undefined) this.shortages[number] = verdict;
    return verdict;
  }

  /** Works out everything about `nodes` in `block` again. Several changes of a node since the last time count as one. */
  private update(block: number, nodes: number): void {
    const { scores, source, requests } = this;
    const { sums, rows } = source;
    const full = this.isPlain ? 0 : this.fullIn(block, nodes);
    const untainted = source.untainted[block] ?? 0;
    let fits = (this.fits[block] ?? 0) & ~nodes;
    let highest = 0;
    let best = 0;
    for (let bits = nodes & ~full; bits !== 0; bits &= bits - 1) {
      const bit = bits & -bits;
      const position = (block << 5) + lowestBit(bits);
      const score = sums.rate(rows[position] ?? 0, requests);
      if (score !== NO_ROOM) fits |= bit;
      scores.of[position] = score === NO_ROOM ? 0 : score;
      if (score < highest || (untainted & bit) === 0) continue;
      best = score > highest ? bit : best | bit;
      highest = score;
    }
    this.fits[block] = fits;
    scores.rank(block, nodes, highest, best);
    this.stale.settle(block, this.number, nodes);
  }

  /** Those of `nodes` in `block` that lack the room for whatever it is. They get no score. */
  private fullIn(block: number, nodes: number): number {
    let full = 0;
    for (let bits = nodes; bits !== 0; bits &= bits - 1) {
      const position = (block << 5) + lowestBit(bits);
      const node = this.nodes[position];
      if (node && hasRoomFor(this.requests, node, this.version)) continue;
      full |= bits & -bits;
      this.scores.of[position] = 0;
    }
    return full;
  }
}
