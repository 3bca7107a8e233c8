import type { KubernetesVersion } from '../../cluster/KubernetesVersion.ts';
import type { PodRequests } from '../../cluster/podRequests.ts';
import { balancedAllocation } from '../balancedAllocation.ts';
import { leastAllocated } from '../leastAllocated.ts';
import type { NodeInfo } from '../NodeInfo.ts';
import type { NodeVerdict } from '../NodeVerdict.ts';
import { hasRoomFor, shortage, shortageNumber } from '../plugins/NodeResourcesFit.ts';
import type { Snapshot } from '../Snapshot.ts';
import { hasBit, lowestBit, putBit, wordsFor } from './bits.ts';
import { NodeColumn } from './NodeColumn.ts';

/**
 * For all pods with the same requests: which nodes have the room, and the part of the total that depends on nothing else (LeastAllocated
 * plus BalancedAllocation, at most 200, so that a byte holds it).
 */
export class ResourceColumn extends NodeColumn {
  readonly fits: Int32Array;
  readonly scores: Uint8Array;
  /** The highest score among the open nodes of each block of 32, full ones included, and among the others, which are often emptier. */
  private readonly highestOpen: Uint8Array;
  private readonly highestClosed: Uint8Array;
  private readonly open: Int32Array;
  /** Verdicts by the number of their shortage. */
  private readonly shortages: (NodeVerdict | undefined)[] = [];
  private readonly requests: PodRequests;
  private readonly version: KubernetesVersion;

  constructor({ nodes, touched }: Snapshot, requests: PodRequests, version: KubernetesVersion) {
    super(nodes, touched);
    this.fits = new Int32Array(wordsFor(nodes.length));
    this.scores = new Uint8Array(nodes.length);
    this.highestOpen = new Uint8Array(wordsFor(nodes.length));
    this.highestClosed = new Uint8Array(wordsFor(nodes.length));
    this.open = new Int32Array(wordsFor(nodes.length));
    this.requests = requests;
    this.version = version;
  }

  /** No node of `bits` in `block` has a higher score. */
  bound(block: number, bits: number): number {
    const open = this.open[block] ?? 0;
    const ofOpen = (bits & open) === 0 ? 0 : (this.highestOpen[block] ?? 0);
    const ofClosed = (bits & ~open) === 0 ? 0 : (this.highestClosed[block] ?? 0);
    return ofOpen > ofClosed ? ofOpen : ofClosed;
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

  protected update(node: NodeInfo): void {
    const { requests } = this;
    putBit(this.fits, node.position, hasRoomFor(requests, node, this.version));
    const isBalanced = requests.milliCpu !== 0 || requests.memory !== 0;
    const score = leastAllocated(node, requests.pendingScore) + (isBalanced ? balancedAllocation(node, requests) : 0);
    if (hasBit(this.open, node.position) !== node.isOpen) this.move(node);
    this.put(node.position, score, node.isOpen ? this.highestOpen : this.highestClosed);
  }

  /** Takes a node that opened or closed out of the highest scores of those where it was. */
  private move({ position, isOpen }: NodeInfo): void {
    putBit(this.open, position, isOpen);
    const left = isOpen ? this.highestClosed : this.highestOpen;
    left[position >> 5] = this.highestIn(position >> 5, left);
  }

  private put(position: number, score: number, highest: Uint8Array): void {
    const before = this.scores[position] ?? 0;
    this.scores[position] = score;
    const block = position >> 5;
    const known = highest[block] ?? 0;
    if (score >= known) highest[block] = score;
    else if (before === known) highest[block] = this.highestIn(block, highest);
  }

  private highestIn(block: number, among: Uint8Array): number {
    const open = this.open[block] ?? 0;
    const present = (block << 5) + 32 <= this.scores.length ? -1 : ~(-1 << (this.scores.length & 31));
    let highest = 0;
    for (let bits = present & (among === this.highestOpen ? open : ~open); bits !== 0; bits &= bits - 1) {
      const score = this.scores[(block << 5) + lowestBit(bits)] ?? 0;
      if (score > highest) highest = score;
    }
    return highest;
  }
}
