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
 * brings its highest local score up to the best total so far. The most promising block comes first: as a rule few others are left after it.
 */
export class ScoreSearch {
  private readonly found: FoundNodes;
  private readonly ties: TiedNodes;
  private readonly offsets: ProfileOffsets;
  private readonly exceptions: SpreadExceptions;
  /** The blocks with found nodes that have taints or are cordoned, and how many they are. */
  private readonly tainted: Int32Array;
  private taintedCount = 0;

  /** Searches what `found` holds at the time, which it uses up, and puts the best into `ties`. */
  constructor(found: FoundNodes, ties: TiedNodes) {
    this.found = found;
    this.ties = ties;
    this.exceptions = new SpreadExceptions(found.nodes);
    this.offsets = new ProfileOffsets(found, this.exceptions);
    this.tainted = new Int32Array(wordsFor(found.nodes));
  }

  run(plan: SearchPlan): void {
    this.ties.clear();
    const { offsets } = this;
    offsets.rate(plan);
    if (offsets.top > ABSENT) this.searchFound(plan);
    if (this.exceptions.count > 0 && offsets.spread.highest + offsets.images.top >= this.ties.height) this.addExceptions(plan);
  }

  private searchFound(plan: SearchPlan): void {
    const first = this.sort(plan);
    if (first >= 0) this.searchClean(plan, first);
    if (this.taintedCount > 0) this.searchTainted(plan);
  }

  /** Finds out which blocks are `tainted`. @returns the one with the highest score of those with clean nodes; below 0 when there is none. */
  private sort({ resources: { scores } }: SearchPlan): number {
    const { found, tainted } = this;
    const { members, list } = found;
    const { untainted } = scores;
    let first = -1;
    let highest = -1;
    let taintedCount = 0;
    for (let i = 0; i < found.blocks; i += 1) {
      const block = list[i] ?? 0;
      const nodes = members[block] ?? 0;
      const clean = nodes & (untainted[block] ?? 0);
      if (clean !== nodes) {
        tainted[taintedCount] = block;
        taintedCount += 1;
      }
      const score = clean === 0 ? -1 : scores.highestIn(block);
      if (score <= highest) continue;
      highest = score;
      first = block;
    }
    this.taintedCount = taintedCount;
    return first;
  }

  /** Searches the nodes without taints, of `first` before the others. */
  private searchClean(plan: SearchPlan, first: number): void {
    const { found, ties } = this;
    const { list } = found;
    const { scores } = plan.resources;
    const most = this.offsets.top + this.offsets.images.top;
    this.takeClean(plan, first);
    for (let i = 0; i < found.blocks; i += 1) {
      const block = list[i] ?? 0;
      if (scores.highestIn(block) + most >= ties.height && block !== first) this.takeClean(plan, block);
    }
  }

  /** Takes in the nodes of `block` without taints. */
  private takeClean(plan: SearchPlan, block: number): void {
    const { top, images } = this.offsets;
    const nodes = (this.found.members[block] ?? 0) & (plan.resources.scores.untainted[block] ?? 0);
    const holders = images.top > 0 ? images.holdersIn(block) : 0;
    this.takePlain(plan, block, nodes & ~holders);
    if ((nodes & holders) !== 0) this.take(plan, block, nodes & holders, top + images.top);
  }

  /** Takes in `nodes` of `block`, which have neither taints nor the pod's images: those of a profile get the same on top of their scores. */
  private takePlain(plan: SearchPlan, block: number, nodes: number): void {
    const { ties, offsets } = this;
    const { profiles } = plan.profiles;
    const { scores } = plan.resources;
    if (profiles.length > FEW_PROFILES) {
      this.take(plan, block, nodes, offsets.top);
      return;
    }
    const highest = scores.highestIn(block);
    for (let i = 0; i < profiles.length; i += 1) {
      const offset = offsets.plain[i] ?? ABSENT;
      if (highest + offset < ties.height) continue;
      const alike = nodes & (profiles[i]?.members[block] ?? 0);
      if (alike !== 0) this.takeAlike(scores, block, alike, offset);
    }
  }

  /** Takes in `nodes`, which all get `offset` on top of their scores: none is better than those with the highest score of the block. */
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

  /** Searches the nodes with taints. Those that count cost so much that mostly only nodes whose taints count for nothing could win. */
  private searchTainted(plan: SearchPlan): void {
    const { ties, offsets, tainted, taintedCount } = this;
    const { images, top, topTainted } = offsets;
    const { lenient, lenientCount } = plan.placement;
    const canAnyWin = MOST_LOCAL + topTainted + images.top >= ties.height;
    if (!canAnyWin && lenientCount === 0) return;
    for (let i = 0; i < taintedCount; i += 1) {
      const block = tainted[i] ?? 0;
      const nodes = (this.found.members[block] ?? 0) & ~(plan.resources.scores.untainted[block] ?? 0);
      this.take(plan, block, canAnyWin ? nodes : nodes & (lenient[block] ?? 0), Math.max(top, topTainted) + images.top);
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

  private addExceptions({ resources: { scores } }: SearchPlan): void {
    const { ties } = this;
    const { images, spread } = this.offsets;
    const { count, positions, classes } = this.exceptions;
    const { of: scoreOf } = scores;
    const { of: offsetOf } = spread;
    let least = ties.height - images.top;
    for (let i = 0; i < count; i += 1) {
      const position = positions[i] ?? 0;
      const score = (scoreOf[position] ?? 0) + (offsetOf[classes[i] ?? 0] ?? 0);
      if (score < least) continue;
      const total = score + (images.top > 0 ? images.at(position) : 0);
      if (total >= ties.height) ties.reach(position, total);
      least = ties.height - images.top;
    }
  }
}

/** With more profiles than this, looking for each of them costs more than it saves. */
const FEW_PROFILES = 12;
