import { HOSTNAME } from '../plugins/spreadConstraints.ts';
import { roundHalfAway, spreadPart, spreadShare, topologyWeight } from '../spreadScores.ts';
import type { Columns } from './Columns.ts';
import type { FoundNodes } from './FoundNodes.ts';
import type { NodeClass } from './NodeClasses.ts';
import { ABSENT } from './OffsetClasses.ts';
import type { SpreadCounts } from './SpreadCounts.ts';
import type { SpreadExceptions } from './SpreadExceptions.ts';
import type { TopologyColumn } from './TopologyColumn.ts';
import { WEIGHTS } from './weights.ts';

/**
 * Soft spreading as offsets: one for each domain of one topology, and one of its own for each node that holds pods which count.
 *
 * This is all that the default constraints need, and most others: at most one constraint over single nodes and one over few domains, the
 * labels being there on all nodes that could be ranked.
 */
export class SpreadOffsets {
  private readonly byNode: SpreadCounts | undefined;
  private readonly byDomain: SpreadCounts | undefined;
  private readonly required: readonly TopologyColumn[];
  private readonly positionOf: Int32Array;
  private readonly isSimple: boolean;
  /** What the constraint over domains adds to the raw score, by domain. */
  private readonly added: number[] = [];
  /** 1 for each of `domains` with a found node that is no exception. */
  private readonly hasPlain: number[] = [];
  private nodeWeight = 0;
  private lowest = 0;
  private highest = 0;

  constructor(parts: readonly SpreadCounts[], required: readonly TopologyColumn[], { positionOf }: Columns) {
    const byNode = parts.filter(({ topology }) => topology.key === HOSTNAME);
    const byDomain = parts.filter(({ topology }) => topology.key !== HOSTNAME);
    [this.byNode] = byNode;
    [this.byDomain] = byDomain;
    this.required = required;
    this.positionOf = positionOf;
    this.isSimple = byNode.length < 2 && byDomain.length < 2;
  }

  /** Whether this form does for the nodes as they are; their columns must be up to date. */
  get isPossible(): boolean {
    if (!this.isSimple || (this.byNode && this.byNode.topology.unlabelled > 0)) return false;
    for (const { unlabelled } of this.required) if (unlabelled > 0) return false;
    return this.byDomain === undefined || this.byDomain.topology.isCoarse;
  }

  /** The domains that have an offset each; none without a constraint over domains. */
  get domains(): readonly NodeClass[] {
    return this.byDomain?.topology.classes ?? NO_CLASSES;
  }

  /** The nodes of each domain; all of them without a constraint over domains. */
  get parts(): readonly (readonly Int32Array[])[] {
    return this.byDomain ? this.domains.map(({ members }) => [members]) : ONE_FOR_ALL;
  }

  /**
   * Puts the found nodes that hold pods which count into `exceptions`, each with its weighted share. For all others the share follows from
   * the domain: it is written to `offsets`, in the order of `parts`.
   */
  rate(found: FoundNodes, exceptions: SpreadExceptions, offsets: Int32Array): void {
    const { domains } = this;
    this.nodeWeight = topologyWeight(found.count);
    if (this.byDomain) this.addDomains(this.byDomain, found);
    this.lowest = Number.POSITIVE_INFINITY;
    this.highest = 0;
    this.gather(found, exceptions);
    this.includePlain(found, exceptions);
    for (let i = 0; i < exceptions.count; i += 1) {
      exceptions.offsets[i] = this.share(this.domainAt(exceptions.positions[i] ?? 0), exceptions.pods[i] ?? 0);
    }
    if (!this.byDomain) offsets[0] = this.share(0, 0);
    for (let i = 0; i < domains.length; i += 1) offsets[i] = this.hasPlain[i] === 1 ? this.share(domains[i]?.number ?? 0, 0) : ABSENT;
  }

  private share(domain: number, pods: number): number {
    return WEIGHTS.spread * spreadShare(this.rawOf(domain, pods), this.lowest, this.highest);
  }

  private addDomains(part: SpreadCounts, found: FoundNodes): void {
    part.count();
    let present = 0;
    for (const { members } of this.domains) if (found.hasAnyOf(members)) present += 1;
    const weight = topologyWeight(present);
    for (const { number } of this.domains)
      this.added[number] = number === 0 ? 0 : spreadPart(part.byDomain[number] ?? 0, weight, part.constraint.maxSkew);
  }

  private gather(found: FoundNodes, exceptions: SpreadExceptions): void {
    if (!this.byNode) return;
    const { byNode } = this.byNode;
    for (let i = 0; i < byNode.size; i += 1) {
      const position = this.positionOf[byNode.slotAt(i)] ?? 0;
      if (!found.has(position)) continue;
      const pods = byNode.podsAt(i);
      exceptions.add(position, pods);
      this.include(this.rawOf(this.domainAt(position), pods));
    }
  }

  private includePlain(found: FoundNodes, { members: exceptional, count }: SpreadExceptions): void {
    if (!this.byDomain && count < found.count) this.include(this.rawOf(0, 0));
    let i = 0;
    for (const { number, members } of this.domains) {
      const isPresent = found.hasAnyOf(members, exceptional);
      this.hasPlain[i] = isPresent ? 1 : 0;
      i += 1;
      if (isPresent) this.include(this.rawOf(number, 0));
    }
  }

  private include(raw: number): void {
    if (raw < this.lowest) this.lowest = raw;
    if (raw > this.highest) this.highest = raw;
  }

  private domainAt(position: number): number {
    return this.byDomain ? (this.byDomain.topology.domainOf[position] ?? 0) : 0;
  }

  /** The raw score of a node with so many pods in a domain. */
  private rawOf(domain: number, pods: number): number {
    const ofNode = this.byNode ? spreadPart(pods, this.nodeWeight, this.byNode.constraint.maxSkew) : 0;
    return roundHalfAway(this.byDomain ? ofNode + (this.added[domain] ?? 0) : ofNode);
  }
}

const NO_CLASSES: readonly NodeClass[] = [];
const ONE_FOR_ALL: readonly (readonly Int32Array[])[] = [[]];
