import { HOSTNAME } from '../plugins/spreadConstraints.ts';
import { roundHalfAway, spreadPart, spreadShare, topologyWeight } from '../spreadScores.ts';
import type { Columns } from './Columns.ts';
import type { FoundNodes } from './FoundNodes.ts';
import type { NodeClass } from './NodeClasses.ts';
import type { OffsetProperty } from './OffsetClasses.ts';
import type { SpreadCounts } from './SpreadCounts.ts';
import type { SpreadExceptions } from './SpreadExceptions.ts';
import type { TopologyColumn } from './TopologyColumn.ts';

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

  /**
   * Rates the nodes found, each share times `weight`: those that hold pods which count are put into `exceptions`, for all others the offset
   * follows from the domain.
   */
  rate(found: FoundNodes, exceptions: SpreadExceptions, weight: number): OffsetProperty {
    this.nodeWeight = topologyWeight(found.count);
    const domains = this.byDomain ? this.addDomains(this.byDomain, found) : NO_CLASSES;
    this.lowest = Number.POSITIVE_INFINITY;
    this.highest = 0;
    this.gather(found, exceptions);
    this.includePlain(domains, found, exceptions);
    for (let i = 0; i < exceptions.count; i += 1) {
      const raw = this.rawOf(this.domainAt(exceptions.positions[i] ?? 0), exceptions.pods[i] ?? 0);
      exceptions.offsets[i] = weight * spreadShare(raw, this.lowest, this.highest);
    }
    const shareOf = (domain: number) => weight * spreadShare(this.rawOf(domain, 0), this.lowest, this.highest);
    if (!this.byDomain) return [{ members: found.members, offset: shareOf(0) }];
    return domains.map(({ number, members }) => ({ members, offset: shareOf(number) }));
  }

  /** @returns the domains that a found node is in. */
  private addDomains(part: SpreadCounts, found: FoundNodes): readonly NodeClass[] {
    part.count();
    const domains = part.topology.classes.filter(({ members }) => found.hasAnyOf(members));
    const weight = topologyWeight(domains.length);
    for (const { number } of domains)
      this.added[number] = number === 0 ? 0 : spreadPart(part.byDomain[number] ?? 0, weight, part.constraint.maxSkew);
    return domains;
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

  private includePlain(domains: readonly NodeClass[], found: FoundNodes, { members: exceptional, count }: SpreadExceptions): void {
    if (!this.byDomain && count < found.count) this.include(this.rawOf(0, 0));
    for (const { number, members } of domains) if (found.hasAnyOf(members, exceptional)) this.include(this.rawOf(number, 0));
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
