import { MAX_NODE_SCORE, shareOfHighest } from '../normalizeScores.ts';
import type { FoundNodes } from './FoundNodes.ts';
import { ImageOffsets, MOST_IMAGES } from './ImageOffsets.ts';
import { ABSENT, MOST_PROFILES, type NodeProfile } from './NodeProfiles.ts';
import type { SearchPlan } from './SearchPlan.ts';
import type { SpreadExceptions } from './SpreadExceptions.ts';
import { SpreadOffsets } from './SpreadOffsets.ts';
import { WEIGHTS } from './weights.ts';

/**
 * What nodes get above their local score in one decision, leaving aside what is the same for all: per profile for soft taints, preferred
 * node affinity and soft spreading, plus a part for images. Normalization depends on the nodes found. Reused for every decision.
 */
export class ProfileOffsets {
  /** By number of the profile: for nodes that are no exceptions. */
  readonly plain = new Int32Array(MOST_PROFILES);
  readonly images = new ImageOffsets();
  /** For those that are; only of use where there are exceptions. */
  readonly spread: SpreadOffsets;
  /** None of `plain` is higher for a profile with a found node. */
  top = 0;
  /** The highest of `plain` for profiles with soft taints. */
  topTainted = 0;
  /** The profiles that get `top`: these are the first so many. */
  private readonly leaders: NodeProfile[] = [];
  private leaderCount = 0;
  /** Whether all nodes without taints that are no exceptions get the same, which is `top`. */
  areAlike = false;
  private readonly found: FoundNodes;
  private readonly exceptions: SpreadExceptions;
  /** As `plain`, but without spreading, and for all nodes. */
  private readonly unspread = new Int32Array(MOST_PROFILES);

  constructor(found: FoundNodes, exceptions: SpreadExceptions) {
    this.found = found;
    this.exceptions = exceptions;
    this.spread = new SpreadOffsets(found, exceptions);
  }

  /** Works out the offsets for the nodes found; those that are exceptions go from `found` into `exceptions`. */
  rate(plan: SearchPlan): void {
    const { softSpread } = plan;
    const { profiles } = plan.profiles;
    this.exceptions.count = 0;
    this.images.rate(plan);
    this.areAlike = !softSpread && !plan.placement.hasPreferences && plan.profiles.hasOneTaintCount;
    if (this.areAlike) {
      this.rateTaints(profiles);
      return;
    }
    const { unspread, plain } = this;
    if (softSpread) this.spread.takeOut(softSpread, plan);
    this.rateEach(profiles);
    if (softSpread) this.spread.rate(softSpread, plan.profiles, unspread, plain);
    else for (let i = 0; i < profiles.length; i += 1) plain[i] = unspread[i] ?? ABSENT;
    this.findHighest(profiles);
  }

  /** The short way where soft taints are all that counts and it does not matter which nodes were found. */
  private rateTaints(profiles: readonly NodeProfile[]): void {
    for (let i = 0; i < profiles.length; i += 1) this.plain[i] = profiles[i]?.softTaints === 0 ? 0 : -WEIGHTS.taints * MAX_NODE_SCORE;
    this.top = 0;
    this.topTainted = -WEIGHTS.taints * MAX_NODE_SCORE;
  }

  /** The nodes of `block` without taints that get `top`, and perhaps others that are not found. */
  leadersIn(block: number): number {
    if (this.areAlike) return EVERY;
    const { leaders, leaderCount } = this;
    let nodes = 0;
    for (let i = 0; i < leaderCount; i += 1) nodes |= leaders[i]?.members[block] ?? 0;
    return nodes;
  }

  private findHighest(profiles: readonly NodeProfile[]): void {
    const { plain } = this;
    let top = ABSENT;
    let topTainted = ABSENT;
    for (let i = 0; i < profiles.length; i += 1) {
      const offset = plain[i] ?? ABSENT;
      if (offset > top) top = offset;
      if (offset > topTainted && profiles[i]?.softTaints !== 0) topTainted = offset;
    }
    this.top = top;
    this.topTainted = topTainted;
    this.findLeaders(profiles);
  }

  private findLeaders(profiles: readonly NodeProfile[]): void {
    const { plain, top, leaders } = this;
    this.leaderCount = 0;
    for (let i = 0; i < profiles.length; i += 1) {
      const profile = profiles[i];
      if (!profile || plain[i] !== top) continue;
      leaders[this.leaderCount] = profile;
      this.leaderCount += 1;
    }
  }

  /** Fills `unspread`, and `plain` as if nothing made nodes differ. */
  private rateEach(profiles: readonly NodeProfile[]): void {
    const { found, unspread, plain } = this;
    const { hasExceptions } = this.spread;
    let softTaints = 0;
    let preference = 0;
    for (let i = 0; i < profiles.length; i += 1) {
      const profile = profiles[i];
      const hasOthers = profile !== undefined && found.hasAnyOf(profile.members);
      const isPresent = profile !== undefined && (hasOthers || hasExceptions[i] === 1);
      plain[i] = hasOthers ? 0 : ABSENT;
      unspread[i] = isPresent ? 0 : ABSENT;
      if (isPresent && profile.softTaints > softTaints) softTaints = profile.softTaints;
      if (isPresent && profile.preference > preference) preference = profile.preference;
    }
    if (softTaints === 0 && preference === 0) return;
    for (let i = 0; i < profiles.length; i += 1) {
      const profile = profiles[i];
      if (!profile || unspread[i] === ABSENT) continue;
      const ofTaints = WEIGHTS.taints * shareOfHighest(profile.softTaints, softTaints);
      unspread[i] = WEIGHTS.preferences * shareOfHighest(profile.preference, preference) - ofTaints;
    }
  }
}

const EVERY = -1;

/** Whether the nodes differ for pods of `plan` in so few ways that profiles are enough; brings the profiles up to date. */
export function hasProfiles({ profiles, softSpread, affinity, images }: SearchPlan): boolean {
  if (affinity.hasScores || images.length > MOST_IMAGES) return false;
  profiles.refresh();
  return profiles.isCoarse && (!softSpread || softSpread.hasOffsets);
}
