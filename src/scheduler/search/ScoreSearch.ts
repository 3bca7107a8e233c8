import { lowestBit } from './bits.ts';
import type { FoundNodes } from './FoundNodes.ts';
import { type LocalScores, MOST_LOCAL } from './LocalScores.ts';
import { ABSENT } from './NodeProfiles.ts';
import { ProfileOffsets } from './ProfileOffsets.ts';
import type { SearchPlan } from './SearchPlan.ts';
import { SpreadExceptions } from './SpreadExceptions.ts';
import type { TiedNodes } from './TiedNodes.ts';

/**
 * Finds the nodes with the highest total. It looks at 32 nodes at a time, and skips a block if not even the best offset lifts its highest
 * local score to the best total so far. The most promising block comes first; usually few others are left after it.
 */
export class ScoreSearch {
  private readonly found: FoundNodes;
  private readonly ties: TiedNodes;
  private readonly offsets: ProfileOffsets;
  private readonly exceptions: SpreadExceptions;

  /** Searches what `found` holds at the time, which it uses up, and puts the best into `ties`. */
  constructor(found: FoundNodes, ties: TiedNodes) {
    this.found = found;
    this.ties = ties;
    this.exceptions = new SpreadExceptions(found.nodes);
    this.offsets = new ProfileOffsets(found, this.exceptions);
  }

  run(plan: SearchPlan): void {
    this.ties.clear();
    const { offsets } = this;
    offsets.rate(plan);
    if (offsets.top > ABSENT) this.searchFound(plan);
    if (this.exceptions.count > 0 && offsets.spread.highest + offsets.images.top >= this.ties.height) this.addExceptions(plan);
  }

  private searchFound(plan: SearchPlan): void {
    const { first, end, members } = this.found;
    if (first < end) this.searchBetween(plan, first, end);
    else {
      this.searchBetween(plan, first, members.length);
      this.searchBetween(plan, 0, end);
    }
  }

  /** Searches the blocks from one to before another. */
  private searchBetween(plan: SearchPlan, from: number, to: number): void {
    this.searchClean(plan, from, to);
    this.searchTainted(plan, from, to);
  }

  /** Searches the nodes without taints, the most promising block before the others. */
  private searchClean(plan: SearchPlan, from: number, to: number): void {
    const { scores } = plan.resources;
    const first = this.mostPromising(scores, from, to);
    if (first === to) return;
    this.takeClean(plan, first, EVERY);
    for (let block = this.nextPromising(scores, from, to); block < to; block = this.nextPromising(scores, block + 1, to)) {
      const worthy = this.worthyIn(block, scores);
      if (worthy !== 0 && block !== first) this.takeClean(plan, block, worthy);
    }
  }

  /** The block with the highest local score of those with an untainted node that was found; `to` without any. */
  private mostPromising(scores: LocalScores, from: number, to: number): number {
    let top = -1;
    let first = to;
    for (let block = from; block < to; block = scores.nextReaching(top + 1, block + 1, to)) {
      if (this.found.cleanIn(block, scores) === 0) continue;
      top = scores.highest[block] ?? 0;
      first = block;
    }
    return first;
  }

  /** The first block whose nodes without taints may reach the best total so far; `to` if there is none. */
  private nextPromising(scores: LocalScores, from: number, to: number): number {
    const { ties, offsets } = this;
    return scores.nextReaching(ties.height - offsets.top - offsets.images.top, from, to);
  }

  /**
   * The nodes of `block` without taints that may reach the best total so far, as far as their score and their images tell: those that it
   * leaves out cannot.
   */
  private worthyIn(block: number, { highest, best }: LocalScores): number {
    const { top, images } = this.offsets;
    const spare = (highest[block] ?? 0) + top + images.top - this.ties.height;
    const worthy = spare < images.top ? images.holdersIn(block) : EVERY;
    return spare === 0 ? worthy & (best[block] ?? 0) : worthy;
  }

  /** Takes in those nodes of `block` without taints that are in `among`. */
  private takeClean(plan: SearchPlan, block: number, among: number): void {
    const { top, images } = this.offsets;
    const nodes = among & this.found.cleanIn(block, plan.resources.scores);
    const holders = images.top > 0 ? nodes & images.holdersIn(block) : 0;
    if (nodes !== holders) this.takePlain(plan, block, nodes ^ holders, 0);
    if (holders === 0) return;
    if (images.areOne) this.takePlain(plan, block, holders, images.top);
    else this.take(plan, block, holders, top + images.top);
  }

  /**
   * Considers `nodes` of `block`, which have no taints and all get `more` for their images; nodes of one profile get the same offset on top
   * of that.
   */
  private takePlain(plan: SearchPlan, block: number, nodes: number, more: number): void {
    const { ties, offsets } = this;
    const { profiles } = plan.profiles;
    const { scores } = plan.resources;
    const highest = (scores.highest[block] ?? 0) + more;
    if (highest + offsets.top < ties.height) return;
    if (offsets.areAlike) {
      this.takeAlike(scores, block, nodes, offsets.top + more);
      return;
    }
    if (profiles.length > FEW_PROFILES) {
      this.take(plan, block, nodes, offsets.top + more);
      return;
    }
    for (let i = 0; i < profiles.length; i += 1) {
      const offset = offsets.plain[i] ?? ABSENT;
      if (highest + offset < ties.height) continue;
      const alike = nodes & (profiles[i]?.members[block] ?? 0);
      if (alike !== 0) this.takeAlike(scores, block, alike, offset + more);
    }
  }

  /**
   * Considers `nodes`, which all get `offset` and of which those with the highest score of the block may win: if one of them has it, no
   * other can win.
   */
  private takeAlike(scores: LocalScores, block: number, nodes: number, offset: number): void {
    const { ties } = this;
    const highest = scores.highest[block] ?? 0;
    const best = nodes & (scores.best[block] ?? 0);
    if (best !== 0) ties.reachAll(block, best, highest + offset);
    else if (highest + offset > ties.height) this.takeLower(scores, block, nodes, offset);
  }

  /** As `takeAlike`, where none has the highest score of the block. */
  private takeLower(scores: LocalScores, block: number, nodes: number, offset: number): void {
    const { ties } = this;
    let least = ties.height - offset;
    for (let bits = nodes; bits !== 0; bits &= bits - 1) {
      const position = (block << 5) + lowestBit(bits);
      const score = scores.of[position] ?? 0;
      if (score < least) continue;
      ties.reach(position, score + offset);
      least = score;
    }
  }

  /** Searches the nodes with taints. Soft taints cost so much that usually only nodes whose taints count for nothing could win. */
  private searchTainted(plan: SearchPlan, from: number, to: number): void {
    const { images, topTainted } = this.offsets;
    const { untainted } = plan.resources.scores;
    const { lenient } = plan.placement;
    if (MOST_LOCAL + topTainted + images.top >= this.ties.height) {
      for (let block = from; block < to; block += 1) this.takeTainted(plan, block, ~(untainted[block] ?? 0));
      return;
    }
    if (lenient.size === 0) return;
    for (let block = lenient.nextBlock(from, to); block < to; block = lenient.nextBlock(block + 1, to))
      this.takeTainted(plan, block, lenient.words[block] ?? 0);
  }

  /** Takes in those nodes of `block` that are in `among`, which have taints. */
  private takeTainted(plan: SearchPlan, block: number, among: number): void {
    const { images, top, topTainted } = this.offsets;
    if (among !== 0) this.take(plan, block, this.found.in(block) & among, Math.max(top, topTainted) + images.top);
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
    const { count, rows } = this.exceptions;
    const { of: scoreOf } = scores;
    const { of: offsetOf } = spread;
    let least = ties.height - images.top;
    for (let i = 0; i < count; i += 1) {
      const position = rows[i << 1] ?? 0;
      const score = (scoreOf[position] ?? 0) + (offsetOf[rows[(i << 1) | 1] ?? 0] ?? 0);
      if (score < least) continue;
      const total = score + (images.top > 0 ? images.at(position) : 0);
      if (total >= ties.height) ties.reach(position, total);
      least = ties.height - images.top;
    }
  }
}

const EVERY = -1;

/** With more profiles than this, looking for each of them costs more than it saves. */
const FEW_PROFILES = 12;
