import { lowestBit, wordsFor } from './bits.ts';
import type { FoundNodes } from './FoundNodes.ts';
import { type LocalScores, MOST_LOCAL } from './LocalScores.ts';
import { ABSENT } from './NodeProfiles.ts';
import { ProfileOffsets } from './ProfileOffsets.ts';
import type { SearchPlan } from './SearchPlan.ts';
import { SpreadExceptions } from './SpreadExceptions.ts';
import type { TiedNodes } from './TiedNodes.ts';

/**
 * Finds the nodes with the highest total. Nodes are looked at 32 at a time, and those of a block not at all where not even the best offset
 * brings its highest local score up to the best total so far. As a rule few blocks are left.
 *
 * Nodes with the pod's images go by themselves: pods fill the nodes with their images, so that these come late. If there are few profiles,
 * so does each of them: one with a high offset gets so many pods that its nodes come late too.
 */
export class ScoreSearch {
  private readonly found: FoundNodes;
  private readonly ties: TiedNodes;
  private readonly offsets = new ProfileOffsets();
  private readonly exceptions: SpreadExceptions;
  /** The found nodes that are no exceptions: without the pod's images and with them, and those whose soft taints count. */
  private readonly plain: Int32Array;
  private readonly holding: Int32Array;
  private readonly tainted: Int32Array;
  /** Those that are being searched are in both, and get this on top of their scores; undefined where it may be something else for each. */
  private nodes: Int32Array = NO_NODES;
  private others: Int32Array = NO_NODES;
  private offset: number | undefined = undefined;

  /** Searches what `found` holds at the time, and puts the best into `ties`. */
  constructor(found: FoundNodes, ties: TiedNodes) {
    this.found = found;
    this.ties = ties;
    this.exceptions = new SpreadExceptions(found.nodes);
    this.plain = new Int32Array(wordsFor(found.nodes));
    this.holding = new Int32Array(wordsFor(found.nodes));
    this.tainted = new Int32Array(wordsFor(found.nodes));
  }

  run(plan: SearchPlan): void {
    this.ties.clear();
    this.offsets.rate(plan, this.found, this.exceptions);
    if (this.offsets.top > ABSENT) this.searchFound(plan);
    if (this.exceptions.count > 0) this.addExceptions(plan);
  }

  private searchFound(plan: SearchPlan): void {
    const { top, topTainted, images } = this.offsets;
    this.sort(plan);
    this.searchPlain(plan);
    if (images.top > 0) this.searchMixed(plan, this.holding, top + images.top);
    this.searchTainted(plan, topTainted + images.top);
  }

  /** Takes in the found nodes whose taints count for nothing, mostly few, and tells the others apart. */
  private sort(plan: SearchPlan): void {
    const { plain, holding, tainted, exceptions, found } = this;
    const { members } = found;
    const { top, images } = this.offsets;
    const { untainted } = plan.resources.scores;
    const holders = images.top > 0 ? images.holders : undefined;
    const lenient = plan.placement.lenientCount > 0 ? plan.placement.lenient : undefined;
    let block = found.first;
    for (let left = found.blocks; left > 0; left -= 1) {
      const bits = (members[block] ?? 0) & ~(exceptions.members[block] ?? 0);
      const clean = bits & (untainted[block] ?? 0);
      const held = holders ? clean & (holders[block] ?? 0) : 0;
      const apart = lenient ? bits & (lenient[block] ?? 0) : 0;
      if (apart !== 0) this.take(plan, block, apart, top + images.top);
      plain[block] = clean & ~held;
      holding[block] = held;
      tainted[block] = bits & ~clean & ~apart;
      block = found.after(block);
    }
  }

  /** Searches the nodes without the pod's images, and without taints: of the profile with the best offset first. */
  private searchPlain(plan: SearchPlan): void {
    const { top, plain } = this.offsets;
    const { profiles } = plan.profiles;
    if (profiles.length > FEW_PROFILES) {
      this.searchMixed(plan, this.plain, top);
      return;
    }
    for (let i = 0; i < profiles.length; i += 1) if (plain[i] === top) this.searchProfile(plan, profiles[i]?.members ?? NO_NODES, top);
    for (let i = 0; i < profiles.length; i += 1) {
      const offset = plain[i] ?? ABSENT;
      if (offset < top && offset > ABSENT) this.searchProfile(plan, profiles[i]?.members ?? NO_NODES, offset);
    }
  }

  /** Takes in the plain nodes of a profile, which all get `offset` on top of their scores, where they could win. */
  private searchProfile(plan: SearchPlan, members: Int32Array, offset: number): void {
    this.nodes = this.plain;
    this.others = members;
    this.offset = offset;
    this.search(plan, offset);
  }

  /** Takes in those of `nodes`, all untainted, that could win. They get at most `most` on top of their scores. */
  private searchMixed(plan: SearchPlan, nodes: Int32Array, most: number): void {
    this.nodes = nodes;
    this.others = nodes;
    this.offset = undefined;
    this.search(plan, most);
  }

  /** The blocks with the highest scores come first: mostly none of the others could win after a few. */
  private search(plan: SearchPlan, most: number): void {
    const { ties } = this;
    if (MOST_LOCAL + most < ties.height) return;
    let score = this.highestOf(plan.resources.scores);
    for (let round = 0; score >= 0 && score + most >= ties.height; round += 1)
      score = this.takeBlocks(plan, most, round < ROUNDS ? score : 0, score);
  }

  /** The highest score of any block with a node of those that are being searched; 0 when there is none. */
  private highestOf(scores: LocalScores): number {
    const { found, nodes, others } = this;
    let best = 0;
    let block = found.first;
    for (let left = found.blocks; left > 0; left -= 1) {
      if (((nodes[block] ?? 0) & (others[block] ?? 0)) !== 0) best = Math.max(best, scores.highestIn(block));
      block = found.after(block);
    }
    return best;
  }

  /**
   * Takes in the nodes that are being searched of the blocks whose highest score lies in [`low`, `high`], as far as these could win.
   * @returns the highest score of the blocks below those; below 0 when there is none.
   */
  private takeBlocks(plan: SearchPlan, most: number, low: number, high: number): number {
    const { found, nodes, others, ties } = this;
    const { scores } = plan.resources;
    let next = -1;
    let block = found.first;
    for (let left = found.blocks; left > 0; left -= 1) {
      const bits = (nodes[block] ?? 0) & (others[block] ?? 0);
      const score = bits === 0 ? -1 : scores.highestIn(block);
      if (score < low) next = Math.max(next, score);
      else if (score <= high && score + most >= ties.height) this.takeBlock(plan, block, bits, most);
      block = found.after(block);
    }
    return next;
  }

  private takeBlock(plan: SearchPlan, block: number, nodes: number, most: number): void {
    if (this.offset !== undefined) this.takeAlike(plan.resources.scores, block, nodes, this.offset);
    else this.take(plan, block, nodes, most);
  }

  /** As `take`, for nodes that all get `offset` on top of their scores: none is better than those with the highest score of the block. */
  private takeAlike(scores: LocalScores, block: number, nodes: number, offset: number): void {
    const { ties } = this;
    let least = ties.height - offset;
    const best = nodes & scores.bestIn(block);
    for (let bits = best === 0 ? nodes : best; bits !== 0; bits &= bits - 1) {
      const position = (block << 5) + lowestBit(bits);
      const score = scores.of[position] ?? 0;
      if (score < least) continue;
      ties.reach(position, score + offset);
      least = score;
    }
  }

  /** Soft taints cost so much that mostly none of these nodes could win. */
  private searchTainted(plan: SearchPlan, most: number): void {
    const { found, ties } = this;
    if (MOST_LOCAL + most < ties.height) return;
    let block = found.first;
    for (let left = found.blocks; left > 0; left -= 1) {
      this.take(plan, block, this.tainted[block] ?? 0, most);
      block = found.after(block);
    }
  }

  /** Takes in nodes of `block`, none of which gets more than `most` on top of its score. */
  private take({ resources: { scores }, profiles: { numberOf } }: SearchPlan, block: number, nodes: number, most: number): void {
    const { ties } = this;
    const { plain, images } = this.offsets;
    for (let bits = nodes; bits !== 0; bits &= bits - 1) {
      const position = (block << 5) + lowestBit(bits);
      const score = scores.of[position] ?? 0;
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
      const score = scores.of[position] ?? 0;
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

/** So often blocks are gone through for those with one highest score; those that could still win then are taken in as they come. */
const ROUNDS = 8;
/** With more profiles than this, looking for each of them costs more than it saves. */
const FEW_PROFILES = 12;
const NO_NODES = new Int32Array(0);
