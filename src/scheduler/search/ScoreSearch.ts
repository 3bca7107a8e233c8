import { lowestBit, wordsFor } from './bits.ts';
import type { FoundNodes } from './FoundNodes.ts';
import { ABSENT } from './NodeProfiles.ts';
import { ProfileOffsets } from './ProfileOffsets.ts';
import { BAND_SHIFT, FIRST_TAINTED } from './ScoreBands.ts';
import type { SearchPlan } from './SearchPlan.ts';
import { SpreadExceptions } from './SpreadExceptions.ts';
import type { TiedNodes } from './TiedNodes.ts';

/**
 * Finds the nodes with the highest total by going down the local scores, band by band, until not even the best offset reaches the best
 * total so far. As a rule that is after few bands.
 *
 * Nodes with the pod's images go by themselves: pods fill the nodes with their images, so that these come late. If there are few profiles,
 * so does each of them: one with a high offset gets so many pods that its nodes come late too.
 */
export class ScoreSearch {
  private readonly found: FoundNodes;
  private readonly ties: TiedNodes;
  private readonly offsets = new ProfileOffsets();
  private readonly exceptions: SpreadExceptions;
  /** The found nodes that are no exceptions: without the pod's images, and with them. */
  private readonly plain: Int32Array;
  private readonly holding: Int32Array;
  /** Those of the two that are being searched. */
  private chosen: Int32Array = NO_NODES;

  /** Searches what `found` holds at the time, and puts the best into `ties`. */
  constructor(found: FoundNodes, ties: TiedNodes) {
    this.found = found;
    this.ties = ties;
    this.exceptions = new SpreadExceptions(found.nodes);
    this.plain = new Int32Array(wordsFor(found.nodes));
    this.holding = new Int32Array(wordsFor(found.nodes));
  }

  run(plan: SearchPlan): void {
    this.ties.clear();
    this.offsets.rate(plan, this.found, this.exceptions);
    if (this.offsets.top > ABSENT) this.searchBands(plan);
    if (this.exceptions.count > 0) this.addExceptions(plan);
  }

  private searchBands(plan: SearchPlan): void {
    const { top, topTainted, images } = this.offsets;
    this.sort(plan);
    this.searchPlain(plan);
    this.goDown(plan, FIRST_TAINTED, topTainted, this.plain);
    if (images.top === 0) return;
    this.chosen = this.holding;
    this.goDown(plan, 0, top + images.top, this.holding);
    this.goDown(plan, FIRST_TAINTED, topTainted + images.top, this.holding);
  }

  /** Takes in the found nodes whose taints count for nothing, mostly few, and tells the others with the pod's images from those without. */
  private sort(plan: SearchPlan): void {
    const { plain, holding, exceptions, found } = this;
    const { members } = found;
    const { top, images } = this.offsets;
    const holders = images.top > 0 ? images.holders : undefined;
    const lenient = plan.placement.lenientCount > 0 ? plan.placement.lenient : undefined;
    let block = found.first;
    for (let left = found.blocks; left > 0; left -= 1) {
      const bits = (members[block] ?? 0) & ~(exceptions.members[block] ?? 0);
      const apart = lenient ? bits & (lenient[block] ?? 0) : 0;
      const held = holders ? bits & ~apart & (holders[block] ?? 0) : 0;
      if (apart !== 0) this.take(plan, block, apart, top + images.top);
      plain[block] = bits & ~apart & ~held;
      holding[block] = held;
      block = found.after(block);
    }
  }

  /** Searches the nodes without the pod's images, and without taints: of the profile with the best offset first. */
  private searchPlain(plan: SearchPlan): void {
    const { top, plain } = this.offsets;
    const { profiles } = plan.profiles;
    this.chosen = this.plain;
    if (profiles.length > FEW_PROFILES) {
      this.goDown(plan, 0, top, this.plain);
      return;
    }
    for (let i = 0; i < profiles.length; i += 1) if (plain[i] === top) this.goDown(plan, 0, top, profiles[i]?.members ?? NO_NODES);
    for (let i = 0; i < profiles.length; i += 1) {
      const offset = plain[i] ?? ABSENT;
      if (offset < top && offset > ABSENT) this.goDown(plan, 0, offset, profiles[i]?.members ?? NO_NODES);
    }
  }

  /**
   * Takes in those of `chosen` that are in `among` too, band by band from the highest of those that begin at `first`, for as long as one
   * that gets `most` on top of its score could win.
   */
  private goDown(plan: SearchPlan, first: number, most: number, among: Int32Array): void {
    const { sizes } = plan.resources.bands;
    for (let band = FIRST_TAINTED - 1; band >= 0; band -= 1) {
      const size = sizes[first + band] ?? 0;
      if (size === 0) continue;
      if (((band + 1) << BAND_SHIFT) - 1 + most < this.ties.height) return;
      this.takeBand(plan, first + band, most, among);
    }
  }

  /** Takes in those of `chosen` in `band` that are in `among` too. */
  private takeBand(plan: SearchPlan, band: number, most: number, among: Int32Array): void {
    const { chosen, found } = this;
    const { length, words } = plan.resources.bands;
    const start = length * band;
    let block = found.first;
    for (let left = found.blocks; left > 0; left -= 1) {
      const bits = (words[start + block] ?? 0) & (among[block] ?? 0) & (chosen[block] ?? 0);
      if (bits !== 0) this.take(plan, block, bits, most);
      block = found.after(block);
    }
  }

  /** Takes in nodes of `block`, none of which gets more than `most` on top of its score. */
  private take({ resources: { scores }, profiles: { numberOf } }: SearchPlan, block: number, nodes: number, most: number): void {
    const { ties } = this;
    const { plain, images } = this.offsets;
    for (let bits = nodes; bits !== 0; bits &= bits - 1) {
      const position = (block << 5) + lowestBit(bits);
      const score = scores[position] ?? 0;
      if (score + most < ties.height) continue;
      const total = score + (plain[numberOf[position] ?? 0] ?? 0) + (images.top > 0 ? images.at(position) : 0);
      if (total >= ties.height) ties.reach(position, total);
    }
  }

  private addExceptions({ resources: { scores }, profiles: { numberOf } }: SearchPlan): void {
    const { offsets, exceptions, ties } = this;
    const { unspread, images } = offsets;
    const most = offsets.topUnspread + images.top;
    for (let i = 0; i < exceptions.count; i += 1) {
      const position = exceptions.positions[i] ?? 0;
      const score = scores[position] ?? 0;
      if (score + exceptions.most + most < ties.height) continue;
      const total =
        score +
        offsets.shareOf(exceptions.raw[i] ?? 0) +
        (unspread[numberOf[position] ?? 0] ?? 0) +
        (images.top > 0 ? images.at(position) : 0);
      if (total >= ties.height) ties.reach(position, total);
    }
  }
}

/** With more profiles than this, looking for each of them costs more than it saves. */
const FEW_PROFILES = 12;
const NO_NODES = new Int32Array(0);
