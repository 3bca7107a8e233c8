import { roundHalfAway, spreadPart, spreadShare, topologyWeight } from '../spreadScores.ts';
import type { FoundNodes } from './FoundNodes.ts';
import { ABSENT, MOST_PROFILES, type NodeProfile, type NodeProfiles } from './NodeProfiles.ts';
import type { SearchPlan } from './SearchPlan.ts';
import type { SoftSpread } from './SoftSpread.ts';
import type { SpreadCounts } from './SpreadCounts.ts';
import type { SpreadExceptions } from './SpreadExceptions.ts';
import { WEIGHTS } from './weights.ts';

/**
 * Soft spreading as offsets: one for each profile, and one for each *class* of nodes with pods that count, where a class is one profile and
 * one number of such pods. The few classes are rated instead of the many nodes.
 *
 * This covers the default constraints and most others: at most one constraint over single nodes and one over few domains, with the labels
 * present on all nodes that could be ranked. Reused for every decision.
 */
export class SpreadOffsets {
  /** By number of the class of exceptions: what its nodes get above their local scores, images apart. */
  of = new Int32Array(CLASSES);
  /** The highest total of an exception, images apart. */
  highest = ABSENT;
  /** 1 for each profile with exceptions, from `takeOut` to `rate`. */
  readonly hasExceptions = new Uint8Array(MOST_PROFILES);
  private readonly found: FoundNodes;
  private readonly exceptions: SpreadExceptions;
  /** By number of the class of exceptions: the best local score of its nodes; UNMET if it has none, and between decisions. */
  private best = new Int32Array(CLASSES).fill(UNMET);
  /**
   * The classes with found nodes, those of exceptions first, and their raw scores. The other nodes of a profile have its number as their
   * class.
   */
  private readonly met: Int32Array;
  private readonly raw: Int32Array;
  private metCount = 0;
  /** By domain, the count of decisions when a found node was last seen there. */
  private seenAt = new Int32Array(64);
  private decisions = 0;

  /** Of nodes that `found` holds at the time, some become `exceptions`. */
  constructor(found: FoundNodes, exceptions: SpreadExceptions) {
    this.found = found;
    this.exceptions = exceptions;
    this.met = new Int32Array(found.nodes + MOST_PROFILES);
    this.raw = new Int32Array(found.nodes + MOST_PROFILES);
  }

  /**
   * Moves the found nodes with pods that count from `found` to `exceptions`.
   *
   * The loop over nodes is the longest of a decision: it calls nothing and reads as few arrays as possible.
   */
  takeOut({ byNode, positionOf }: SoftSpread, { profiles: { numberOf }, resources: { scores } }: SearchPlan): void {
    this.metCount = 0;
    if (!byNode) return;
    const { numbers, first, size, most } = byNode.byNode;
    if (this.best.length < (most + 1) << CLASS_SHIFT) this.grow((most + 1) << CLASS_SHIFT);
    const end = first + 2 * size;
    const { members } = this.found;
    const { rows } = this.exceptions;
    const { best, met, hasExceptions } = this;
    const { of: scoreOf } = scores;
    let count = 0;
    let metCount = 0;
    for (let at = first; at < end; at += 2) {
      const position = positionOf[numbers[at] ?? 0] ?? 0;
      const bits = members[position >> 5] ?? 0;
      const others = bits & ~(1 << (position & 31));
      if (others === bits) continue;
      members[position >> 5] = others;
      const profile = numberOf[position] ?? 0;
      const number = ((numbers[at + 1] ?? 0) << CLASS_SHIFT) | profile;
      rows[count << 1] = position;
      rows[(count << 1) | 1] = number;
      count += 1;
      const score = scoreOf[position] ?? 0;
      const known = best[number] ?? UNMET;
      if (score <= known) continue;
      if (known === UNMET) {
        met[metCount] = number;
        metCount += 1;
        hasExceptions[profile] = 1;
      }
      best[number] = score;
    }
    this.exceptions.count = count;
    this.metCount = metCount;
  }

  /**
   * Rates the classes of exceptions, and those profiles that have other nodes, for which `plain` is not ABSENT; `plain` then receives the
   * score of these other nodes. `unspread` is what a profile gets from everything else, ABSENT without a found node.
   */
  rate(spread: SoftSpread, { profiles }: NodeProfiles, unspread: Int32Array, plain: Int32Array): void {
    const exceptional = this.metCount;
    let count = exceptional;
    for (let i = 0; i < profiles.length; i += 1) {
      if (plain[i] === ABSENT) continue;
      this.met[count] = i;
      count += 1;
    }
    this.metCount = count;
    this.rateRaw(spread, profiles, unspread);
    this.scale(exceptional, unspread, plain);
  }

  /** Works out the raw scores of the classes met: fewer pods on the node and in its domain are better. */
  private rateRaw({ byNode, byDomain }: SoftSpread, profiles: readonly NodeProfile[], unspread: Int32Array): void {
    byDomain?.count();
    const { met, raw, metCount } = this;
    const nodeWeight = topologyWeight(this.found.count);
    const domainWeight = byDomain ? topologyWeight(this.countDomains(byDomain, profiles, unspread)) : 0;
    for (let i = 0; i < metCount; i += 1) {
      const number = met[i] ?? 0;
      const domain = profiles[number & PROFILE_MASK]?.domain ?? 0;
      const ofNode = byNode ? spreadPart(number >> CLASS_SHIFT, nodeWeight, byNode.maxSkew) : 0;
      const ofDomain = byDomain && domain > 0 ? spreadPart(byDomain.byDomain[domain] ?? 0, domainWeight, byDomain.maxSkew) : 0;
      raw[i] = roundHalfAway(ofNode + ofDomain);
    }
  }

  /** How many domains the found nodes are in. */
  private countDomains({ topology }: SpreadCounts, profiles: readonly NodeProfile[], unspread: Int32Array): number {
    if (this.seenAt.length < topology.domains) this.seenAt = new Int32Array(2 * topology.domains);
    const { seenAt } = this;
    this.decisions += 1;
    let count = 0;
    for (let i = 0; i < profiles.length; i += 1) {
      const domain = profiles[i]?.domain ?? 0;
      if (unspread[i] === ABSENT || seenAt[domain] === this.decisions) continue;
      seenAt[domain] = this.decisions;
      count += 1;
    }
    return count;
  }

  /** Gives each class the score for its raw score. The first `exceptional` of the classes met are of exceptions, the others of profiles. */
  private scale(exceptional: number, unspread: Int32Array, plain: Int32Array): void {
    const { met, raw, metCount, of, best, hasExceptions } = this;
    let least = MOST_RAW;
    let most = 0;
    for (let i = 0; i < metCount; i += 1) {
      const score = raw[i] ?? 0;
      if (score < least) least = score;
      if (score > most) most = score;
    }
    let highest = ABSENT;
    for (let i = 0; i < metCount; i += 1) {
      const number = met[i] ?? 0;
      const profile = number & PROFILE_MASK;
      const offset = (unspread[profile] ?? 0) + WEIGHTS.spread * spreadShare(raw[i] ?? 0, least, most);
      if (i >= exceptional) {
        plain[number] = offset;
        continue;
      }
      of[number] = offset;
      if ((best[number] ?? 0) + offset > highest) highest = (best[number] ?? 0) + offset;
      best[number] = UNMET;
      hasExceptions[profile] = 0;
    }
    this.highest = highest;
  }

  /** Makes room for the classes with numbers below `classes`; to be called between decisions, when no class is met. */
  private grow(classes: number): void {
    this.best = new Int32Array(2 * classes).fill(UNMET);
    this.of = new Int32Array(2 * classes);
  }
}

/** The number of a class: the profile, which is below MOST_PROFILES and so fits into a byte, and above it the number of pods. */
const CLASS_SHIFT = 8;
const PROFILE_MASK = 255;

/** Enough at first: nodes seldom hold 8 pods of one owner. */
const CLASSES = 8 << CLASS_SHIFT;

const UNMET = -1;
const MOST_RAW = 2 ** 31 - 1;
