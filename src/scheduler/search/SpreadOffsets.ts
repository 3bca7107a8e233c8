import { roundHalfAway, spreadPart, spreadShare, topologyWeight } from '../spreadScores.ts';
import type { FoundNodes } from './FoundNodes.ts';
import { ABSENT, type NodeProfiles } from './NodeProfiles.ts';
import type { SoftSpread } from './SoftSpread.ts';
import type { SpreadCounts } from './SpreadCounts.ts';
import type { SpreadExceptions } from './SpreadExceptions.ts';
import { WEIGHTS } from './weights.ts';

/** What soft spreading is rated on, and where the result goes. */
export interface SpreadSubject {
  readonly found: FoundNodes;
  readonly exceptions: SpreadExceptions;
  /** By number of the profile: what it gets by everything else, ABSENT without a found node; and where what it gets in all is to be put. */
  readonly unspread: Int32Array;
  readonly plain: Int32Array;
}

/**
 * Soft spreading as offsets: one for each profile, and one for each *class* of nodes that hold pods which count, those of one profile with the
 * same number of pods. The few classes are rated, not the many nodes.
 *
 * This is all that the default constraints need, and most others: at most one constraint over single nodes and one over few domains, the
 * labels being there on all nodes that could be ranked. Used again for every decision.
 */
export class SpreadOffsets {
  /** By number of the class: what its nodes get above their local scores, images apart. */
  of = new Int32Array(CLASSES);
  /** By number of the class: its raw score, UNMET without a found node. The class of a profile's nodes without pods has the profile's number. */
  private raw = new Int32Array(CLASSES).fill(UNMET);
  /** The classes with found nodes, those without pods last. */
  private readonly met: number[] = [];
  private metCount = 0;
  /** What the constraint over domains adds to the raw score, by domain. */
  private added = new Float64Array(64);
  /** 1 for each domain with a found node. */
  private isPresent = new Uint8Array(64);
  private byNode: SpreadCounts | undefined;
  private byDomain: SpreadCounts | undefined;
  private nodeWeight = 0;

  /**
   * Takes the found nodes that hold pods which count out of `found` and puts them into `exceptions`. For all others the share follows from
   * the domain: it is added to the offset of the profile, which becomes ABSENT when it has no others.
   */
  rate({ byNode, byDomain, positionOf }: SoftSpread, profiles: NodeProfiles, subject: SpreadSubject): void {
    this.forget();
    this.byNode = byNode;
    this.byDomain = byDomain;
    this.nodeWeight = topologyWeight(subject.found.count);
    if (byDomain) this.addDomains(byDomain, profiles, subject.unspread);
    if (byNode) this.gather(byNode, positionOf, profiles, subject);
    this.meetExceptions(subject.exceptions, profiles);
    const classes = this.metCount;
    this.meetPlain(profiles, subject);
    this.scale(classes, subject);
  }

  private forget(): void {
    for (let i = 0; i < this.metCount; i += 1) this.raw[this.met[i] ?? 0] = UNMET;
    this.metCount = 0;
  }

  private addDomains(part: SpreadCounts, { profiles }: NodeProfiles, unspread: Int32Array): void {
    part.count();
    const { domains } = part.topology;
    if (this.added.length < domains) this.added = new Float64Array(2 * domains);
    if (this.isPresent.length < domains) this.isPresent = new Uint8Array(2 * domains);
    const { added, isPresent } = this;
    for (let domain = 0; domain < domains; domain += 1) isPresent[domain] = 0;
    let present = 0;
    for (let i = 0; i < profiles.length; i += 1) {
      const domain = profiles[i]?.domain ?? 0;
      if (unspread[i] === ABSENT || isPresent[domain] === 1) continue;
      isPresent[domain] = 1;
      present += 1;
    }
    const weight = topologyWeight(present);
    added[0] = 0;
    for (let domain = 1; domain < domains; domain += 1) added[domain] = spreadPart(part.byDomain[domain] ?? 0, weight, part.maxSkew);
  }

  /** The loop over nodes is the longest of a decision, so it calls nothing: then all that it reads from stays at hand. */
  private gather({ byNode }: SpreadCounts, positionOf: Int32Array, { numberOf }: NodeProfiles, { found, exceptions }: SpreadSubject): void {
    const { numbers, first, size } = byNode;
    const { members } = found;
    const { positions, classes } = exceptions;
    let count = 0;
    for (let at = first; at < first + 2 * size; at += 2) {
      const position = positionOf[numbers[at] ?? 0] ?? 0;
      const bits = members[position >> 5] ?? 0;
      const others = bits & ~(1 << (position & 31));
      if (others === bits) continue;
      members[position >> 5] = others;
      positions[count] = position;
      classes[count] = ((numbers[at + 1] ?? 0) << CLASS_SHIFT) | (numberOf[position] ?? 0);
      count += 1;
    }
    exceptions.count = count;
  }

  private meetExceptions({ classes, count }: SpreadExceptions, profiles: NodeProfiles): void {
    for (let i = 0; i < count; i += 1) {
      const number = classes[i] ?? 0;
      if ((this.raw[number] ?? UNMET) === UNMET) this.meet(number, profiles);
    }
  }

  private meetPlain(profiles: NodeProfiles, { found, exceptions, unspread, plain }: SpreadSubject): void {
    for (let i = 0; i < profiles.profiles.length; i += 1) {
      const profile = profiles.profiles[i];
      plain[i] = ABSENT;
      if (!profile || unspread[i] === ABSENT) continue;
      if (exceptions.count === 0 || found.hasAnyOf(profile.members)) this.meet(i, profiles);
    }
  }

  /** Works out the raw score of the class with `number`, which was not met so far. */
  private meet(number: number, { profiles }: NodeProfiles): void {
    if (number >= this.raw.length) this.grow(number);
    this.raw[number] = this.rawOf(profiles[number & PROFILE_MASK]?.domain ?? 0, number >> CLASS_SHIFT);
    this.met[this.metCount] = number;
    this.metCount += 1;
  }

  private grow(number: number): void {
    const raw = new Int32Array(2 * number).fill(UNMET);
    raw.set(this.raw);
    this.raw = raw;
    this.of = new Int32Array(2 * number);
  }

  /** Gives each class what its raw score is worth; the first `exceptional` of those that were met are of exceptions, the others of profiles. */
  private scale(exceptional: number, { unspread, plain }: SpreadSubject): void {
    const { raw, met, metCount, of } = this;
    let lowest = MOST_RAW;
    let highest = 0;
    for (let i = 0; i < metCount; i += 1) {
      const score = raw[met[i] ?? 0] ?? 0;
      if (score < lowest) lowest = score;
      if (score > highest) highest = score;
    }
    for (let i = 0; i < metCount; i += 1) {
      const number = met[i] ?? 0;
      const offset = (unspread[number & PROFILE_MASK] ?? 0) + WEIGHTS.spread * spreadShare(raw[number] ?? 0, lowest, highest);
      if (i < exceptional) of[number] = offset;
      else plain[number] = offset;
    }
  }

  /** The raw score of a node with so many pods in a domain. */
  private rawOf(domain: number, pods: number): number {
    const ofNode = this.byNode ? spreadPart(pods, this.nodeWeight, this.byNode.maxSkew) : 0;
    return roundHalfAway(this.byDomain ? ofNode + (this.added[domain] ?? 0) : ofNode);
  }
}

/** The number of a class is that of the profile, which is below MOST_PROFILES and fits into a byte, and above it that of the pods. */
const CLASS_SHIFT = 8;
const PROFILE_MASK = 255;

/** Enough at first: nodes seldom hold 8 pods of one owner. */
const CLASSES = 8 << CLASS_SHIFT;

const UNMET = -1;
const MOST_RAW = 2 ** 31 - 1;
