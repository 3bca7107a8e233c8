import type { KubernetesVersion } from '../../cluster/KubernetesVersion.ts';
import type { PodRequests } from '../../cluster/podRequests.ts';
import { balancedAllocation } from '../balancedAllocation.ts';
import { leastAllocated } from '../leastAllocated.ts';
import type { NodeInfo } from '../NodeInfo.ts';
import { hasRoomFor } from '../plugins/NodeResourcesFit.ts';
import type { Snapshot } from '../Snapshot.ts';
import { putBit, wordsFor } from './bits.ts';
import { NodeColumn } from './NodeColumn.ts';

/**
 * For all pods with the same requests: which nodes have the room, and the part of the total that depends on nothing else (LeastAllocated
 * plus BalancedAllocation, at most 200, so that a byte holds it).
 */
export class ResourceColumn extends NodeColumn {
  readonly fits: Int32Array;
  readonly scores: Uint8Array;
  /** The highest score in each block of 32 nodes, full ones included. */
  readonly highest: Uint8Array;
  private readonly requests: PodRequests;
  private readonly version: KubernetesVersion;

  constructor({ nodes, touched }: Snapshot, requests: PodRequests, version: KubernetesVersion) {
    super(nodes, touched);
    this.fits = new Int32Array(wordsFor(nodes.length));
    this.scores = new Uint8Array(nodes.length);
    this.highest = new Uint8Array(wordsFor(nodes.length));
    this.requests = requests;
    this.version = version;
  }

  protected update(node: NodeInfo): void {
    const { requests } = this;
    putBit(this.fits, node.position, hasRoomFor(requests, node, this.version));
    const isBalanced = requests.milliCpu !== 0 || requests.memory !== 0;
    this.put(node.position, leastAllocated(node, requests.pendingScore) + (isBalanced ? balancedAllocation(node, requests) : 0));
  }

  private put(position: number, score: number): void {
    const before = this.scores[position] ?? 0;
    this.scores[position] = score;
    const block = position >> 5;
    const highest = this.highest[block] ?? 0;
    if (score >= highest) this.highest[block] = score;
    else if (before === highest) this.highest[block] = this.highestIn(block);
  }

  private highestIn(block: number): number {
    const end = Math.min(this.scores.length, (block + 1) << 5);
    let highest = 0;
    for (let position = block << 5; position < end; position += 1) {
      const score = this.scores[position] ?? 0;
      if (score > highest) highest = score;
    }
    return highest;
  }
}
