import type { KubernetesVersion } from '../../cluster/KubernetesVersion.ts';
import type { PodRequests } from '../../cluster/podRequests.ts';
import { balancedAllocation } from '../balancedAllocation.ts';
import { leastAllocated } from '../leastAllocated.ts';
import type { NodeInfo } from '../NodeInfo.ts';
import { hasRoomFor } from '../plugins/NodeResourcesFit.ts';
import type { Snapshot } from '../Snapshot.ts';
import { NodeColumn, putBit, wordsFor } from './NodeColumn.ts';

/**
 * For all pods with the same requests: which nodes have the room, and the part of the total that depends on nothing else (LeastAllocated
 * plus BalancedAllocation, at most 200, so that a byte holds it).
 */
export class ResourceColumn extends NodeColumn {
  readonly fits: Int32Array;
  readonly scores: Uint8Array;
  private readonly requests: PodRequests;
  private readonly version: KubernetesVersion;

  constructor({ nodes, touched }: Snapshot, requests: PodRequests, version: KubernetesVersion) {
    super(nodes, touched);
    this.fits = new Int32Array(wordsFor(nodes.length));
    this.scores = new Uint8Array(nodes.length);
    this.requests = requests;
    this.version = version;
  }

  protected update(node: NodeInfo): void {
    const { requests } = this;
    putBit(this.fits, node.position, hasRoomFor(requests, node, this.version));
    const isBalanced = requests.milliCpu !== 0 || requests.memory !== 0;
    this.scores[node.position] = leastAllocated(node, requests.pendingScore) + (isBalanced ? balancedAllocation(node, requests) : 0);
  }
}
