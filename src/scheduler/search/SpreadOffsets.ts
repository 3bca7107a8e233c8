import { roundHalfAway, spreadPart, spreadShare, topologyWeight } from '../spreadScores.ts';
import type { FoundNodes } from './FoundNodes.ts';
import { ABSENT, type NodeProfile } from './NodeProfiles.ts';
import type { SoftSpread } from './SoftSpread.ts';
import type { SpreadCounts } from './SpreadCounts.ts';
import type { SpreadExceptions } from './SpreadExceptions.ts';
import { WEIGHTS } from './weights.ts';

/** What soft spreading is rated on, and where the result goes. */
export interface SpreadSubject {
  readonly found: FoundNodes;
  readonly exceptions: SpreadExceptions;
  /** By number of the profile: what it gets by everything else; ABSENT without a found node. */
  readonly offsets: Int32Array;
}

/**
 * Soft spreading as offsets: one for each domain of one topology, and one of its own for each node that holds pods which count.
 *
 * This is all that the default constraints need, and most others: at most one constraint over single nodes and one over few domains, the
 * labels being there on all nodes that could be ranked. Used again for every decision.
 */
export class SpreadOffsets {
  /** What the constraint over domains adds to the raw score, by domain. */
  private added = new Float64Array(64);
  /** 1 for each domain with a found node. */
  private isPresent = new Uint8Array(64);
  private byNode: SpreadCounts | undefined;
  private byDomain: SpreadCounts | undefined;
  private nodeWeight = 0;
  private lowest = 0;
  private highest = 0;

  /**
   * Puts the found nodes that hold pods which count into `exceptions`, each with its raw score. For all others the share follows from
   * the domain: it is added to the offset of the profile, which becomes ABSENT when it has no others.
   */
  rate({ byNode, byDomain, positionOf }: SoftSpread, profiles: readonly NodeProfile[], subject: SpreadSubject): void {
    const { found, exceptions, offsets } = subject;
    this.byNode = byNode;
    this.byDomain = byDomain;
    this.nodeWeight = topologyWeight(found.count);
    this.lowest = Number.POSITIVE_INFINITY;
    this.highest = 0;
    if (byDomain) this.addDomains(byDomain, profiles, offsets);
    if (byNode) this.gather(byNode, positionOf, subject);
    const lowestOfExceptions = this.lowest;
    this.includePlain(profiles, subject);
    this.scale(profiles, offsets);
    if (exceptions.count > 0) exceptions.most = this.share(lowestOfExceptions);
  }

  /** What a raw score is worth in the total. */
  share(raw: number): number {
    return WEIGHTS.spread * spreadShare(raw, this.lowest, this.highest);
  }

  private addDomains(part: SpreadCounts, profiles: readonly NodeProfile[], offsets: Int32Array): void {
    part.count();
    const { domains } = part.topology;
    if (this.added.length < domains) this.added = new Float64Array(2 * domains);
    if (this.isPresent.length < domains) this.isPresent = new Uint8Array(2 * domains);
    const { added, isPresent } = this;
    for (let domain = 0; domain < domains; domain += 1) isPresent[domain] = 0;
    let present = 0;
    for (let i = 0; i < profiles.length; i += 1) {
      const domain = profiles[i]?.domain ?? 0;
      if (offsets[i] === ABSENT || isPresent[domain] === 1) continue;
      isPresent[domain] = 1;
      present += 1;
    }
    const weight = topologyWeight(present);
    added[0] = 0;
    for (let domain = 1; domain < domains; domain += 1) added[domain] = spreadPart(part.byDomain[domain] ?? 0, weight, part.maxSkew);
  }

  private gather({ byNode }: SpreadCounts, positionOf: Int32Array, { found, exceptions }: SpreadSubject): void {
    const domainOf = this.byDomain?.topology.domainOf;
    const { size } = byNode;
    for (let i = 0; i < size; i += 1) {
      const position = positionOf[byNode.slotAt(i)] ?? 0;
      if (!found.has(position)) continue;
      const raw = this.rawOf(domainOf ? (domainOf[position] ?? 0) : 0, byNode.podsAt(i));
      exceptions.add(position, raw);
      this.include(raw);
    }
  }

  private includePlain(profiles: readonly NodeProfile[], { found, exceptions, offsets }: SpreadSubject): void {
    for (let i = 0; i < profiles.length; i += 1) {
      const profile = profiles[i];
      if (!profile || offsets[i] === ABSENT) continue;
      if (exceptions.count > 0 && !found.hasOtherOf(profile.members, exceptions.members)) offsets[i] = ABSENT;
      else this.include(this.rawOf(profile.domain, 0));
    }
  }

  private scale(profiles: readonly NodeProfile[], offsets: Int32Array): void {
    for (let i = 0; i < profiles.length; i += 1)
      if (offsets[i] !== ABSENT) offsets[i] = (offsets[i] ?? 0) + this.share(this.rawOf(profiles[i]?.domain ?? 0, 0));
  }

  private include(raw: number): void {
    if (raw < this.lowest) this.lowest = raw;
    if (raw > this.highest) this.highest = raw;
  }

  /** The raw score of a node with so many pods in a domain. */
  private rawOf(domain: number, pods: number): number {
    const ofNode = this.byNode ? spreadPart(pods, this.nodeWeight, this.byNode.maxSkew) : 0;
    return roundHalfAway(this.byDomain ? ofNode + (this.added[domain] ?? 0) : ofNode);
  }
}
