import { MAX_NODE_SCORE, shareOfHighest } from '../normalizeScores.ts';
import type { FoundNodes } from './FoundNodes.ts';
import { ImageOffsets, MOST_IMAGES } from './ImageOffsets.ts';
import { ABSENT, MOST_PROFILES, type NodeProfile } from './NodeProfiles.ts';
import type { SearchPlan } from './SearchPlan.ts';
import type { SpreadExceptions } from './SpreadExceptions.ts';
import { SpreadOffsets } from './SpreadOffsets.ts';
import { WEIGHTS } from './weights.ts';

/**
 * What nodes get above their local score in one decision, apart from what is the same for all: for each profile by soft taints, preferred
 * node affinity and soft spreading, and on top of it by images. Scaling depends on the nodes found. Used again for every decision.
 */
export class ProfileOffsets {
  /** By number of the profile: for nodes that are no exceptions, and without spreading, for those that are. */
  readonly plain = new Int32Array(MOST_PROFILES);
  readonly unspread = new Int32Array(MOST_PROFILES);
  readonly images = new ImageOffsets();
  /** None of either is higher for a profile with a found node. */
  top = 0;
  topUnspread = 0;
  /** The highest of `plain` for profiles with soft taints. */
  topTainted = 0;
  private readonly spread = new SpreadOffsets();

  /** Works out the offsets for the nodes found, and which of these are exceptions. */
  rate(plan: SearchPlan, found: FoundNodes, exceptions: SpreadExceptions): void {
    const { profiles } = plan.profiles;
    exceptions.clear();
    this.images.rate(plan);
    if (!plan.softSpread && !plan.placement.hasPreferences && plan.profiles.hasOneTaintCount) {
      this.rateTaints(profiles);
      return;
    }
    this.rateEach(profiles, found);
    for (let i = 0; i < profiles.length; i += 1) this.plain[i] = this.unspread[i] ?? ABSENT;
    this.topUnspread = highestOf(this.unspread, profiles.length);
    if (plan.softSpread) this.spread.rate(plan.softSpread, profiles, { found, exceptions, offsets: this.plain });
    this.top = highestOf(this.plain, profiles.length);
    this.topTainted = this.highestOfTainted(profiles);
  }

  /** What a raw score by spreading is worth in the total. */
  shareOf(raw: number): number {
    return this.spread.share(raw);
  }

  /** The short way where soft taints are all that counts and it does not matter which nodes were found. */
  private rateTaints(profiles: readonly NodeProfile[]): void {
    for (let i = 0; i < profiles.length; i += 1) this.plain[i] = profiles[i]?.softTaints === 0 ? 0 : -WEIGHTS.taints * MAX_NODE_SCORE;
    this.top = 0;
    this.topTainted = -WEIGHTS.taints * MAX_NODE_SCORE;
  }

  private highestOfTainted(profiles: readonly NodeProfile[]): number {
    const { plain } = this;
    let highest = ABSENT;
    for (let i = 0; i < profiles.length; i += 1) if (profiles[i]?.softTaints !== 0) highest = Math.max(highest, plain[i] ?? ABSENT);
    return highest;
  }

  private rateEach(profiles: readonly NodeProfile[], found: FoundNodes): void {
    const { unspread } = this;
    let softTaints = 0;
    let preference = 0;
    for (let i = 0; i < profiles.length; i += 1) {
      const profile = profiles[i];
      const isPresent = profile !== undefined && found.hasAnyOf(profile.members);
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

/** The highest of the first `count` numbers. */
function highestOf(numbers: Int32Array, count: number): number {
  let highest = ABSENT;
  for (let i = 0; i < count; i += 1) if ((numbers[i] ?? ABSENT) > highest) highest = numbers[i] ?? ABSENT;
  return highest;
}

/** Whether nodes differ for pods of `plan` in so few ways that profiles say it all; brings the profiles up to date. */
export function hasProfiles({ profiles, softSpread, affinity, images }: SearchPlan): boolean {
  if (affinity.hasScores || images.length > MOST_IMAGES) return false;
  profiles.refresh();
  return profiles.isCoarse && (!softSpread || softSpread.hasOffsets);
}
