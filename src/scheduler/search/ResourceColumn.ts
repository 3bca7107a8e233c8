import type { KubernetesVersion } from '../../cluster/KubernetesVersion.ts';
import type { PodRequests } from '../../cluster/podRequests.ts';
import { balanceOf } from '../balancedAllocation.ts';
import { shareOfBothLeft } from '../leastAllocated.ts';
import type { NodeInfo } from '../NodeInfo.ts';
import type { NodeVerdict } from '../NodeVerdict.ts';
import { hasRoomFor, shortage, shortageNumber } from '../plugins/NodeResourcesFit.ts';
import type { SlotLog } from '../SlotLog.ts';
import { putBit, wordsFor } from './bits.ts';
import { LocalScores } from './LocalScores.ts';
import type { NodeResources } from './NodeResources.ts';
import type { PlacementColumn } from './PlacementColumn.ts';

/**
 * For all pods with the same requests: which nodes have the room, and the part of the total that depends on nothing else (LeastAllocated
 * plus BalancedAllocation, at most 200, so that a byte holds it).
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
  private read = -1;
  private readClosed = -1;

  constructor(nodes: readonly NodeInfo[], source: NodeResources, requests: PodRequests, version: KubernetesVersion) {
    this.fits = new Int32Array(wordsFor(nodes.length));
    this.scores = new LocalScores(nodes.length, source.untainted);
    this.nodes = nodes;
    this.source = source;
    this.requests = requests;
    this.version = version;
    this.isPlain = requests.scalars.length === 0 && requests.ephemeralStorage === 0;
  }

  /** Takes in every change since the last call; that of nodes which are not open only for pods that some such node lets in. */
  refresh({ closed }: PlacementColumn): void {
    this.source.refresh();
    const { changes, closedChanges } = this.source;
    if (this.read < changes.end) this.read = this.follow(changes, this.read);
    if (closed > 0 && this.readClosed < closedChanges.end) this.readClosed = this.follow(closedChanges, this.readClosed);
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

  /** Takes in the changes from number `read` on. @returns how many there have been. */
  private follow(changes: SlotLog, read: number): number {
    const end = changes.readToEnd();
    if (read < 0 || !changes.reachesBackTo(read)) for (let position = 0; position < this.nodes.length; position += 1) this.update(position);
    else for (let change = read; change < end; change += 1) this.take(changes.lastAt(change));
    return end;
  }

  private take(slot: number): void {
    if (slot >= 0) this.update(this.source.positionOf[slot] ?? 0);
  }

  private update(position: number): void {
    const row = this.source.rows[position] ?? 0;
    const score = this.isPlain || this.hasRoomOn(position) ? this.scoreOf(row) : NO_ROOM;
    putBit(this.fits, position, score !== NO_ROOM);
    this.scores.put(position, score === NO_ROOM ? 0 : score);
  }

  private hasRoomOn(position: number): boolean {
    const node = this.nodes[position];
    return node !== undefined && hasRoomFor(this.requests, node, this.version);
  }

  /** The score of the node with this row; NO_ROOM, as `hasRoomFor` says, when CPU, memory or pods are short. */
  private scoreOf(row: number): number {
    const { sums } = this.source;
    const { milliCpu, memory, pendingScore } = this.requests;
    const cpus = sums.allocatableMilliCpu(row);
    const memories = sums.allocatableMemory(row);
    const requestedMilliCpu = sums.requestedMilliCpu(row) + milliCpu;
    const requestedMemory = sums.requestedMemory(row) + memory;
    const isShort = (milliCpu > 0 && requestedMilliCpu > cpus) || (memory > 0 && requestedMemory > memories);
    if (isShort || sums.freePods(row) < 1) return NO_ROOM;
    const scoringMilliCpu = sums.scoringMilliCpu(row) + pendingScore.milliCpu;
    const scoringMemory = sums.scoringMemory(row) + pendingScore.memory;
    const left = shareOfBothLeft(scoringMilliCpu, cpus, scoringMemory, memories);
    if (milliCpu === 0 && memory === 0) return left;
    return left + balanceOf(requestedMilliCpu, cpus, requestedMemory, memories);
  }
}

const NO_ROOM = -1;
