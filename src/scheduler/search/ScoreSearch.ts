import { bitsBetween, lowestBit } from './bits.ts';
import type { FoundNodes } from './FoundNodes.ts';
import { type LocalScores, MOST_LOCAL } from './LocalScores.ts';
import { ABSENT } from './NodeProfiles.ts';
import { ProfileOffsets } from './ProfileOffsets.ts';
import type { SearchPlan } from './SearchPlan.ts';
import { SpreadExceptions } from './SpreadExceptions.ts';
import type { TiedNodes } from './TiedNodes.ts';

/**
 * Finds the nodes with the highest total. It looks at 32 nodes at a time, the most promising blocks first, and ends where not even the best
 * offset lifts the highest local score of a block to the best total so far.
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

  /** Searches the nodes without taints, the most promising blocks before the others. */
  private searchClean(plan: SearchPlan, from: number, to: number): void {
    const { ranking } = plan.resources.scores;
    const { top, images } = this.offsets;
    const most = top + images.top;
    for (let score = ranking.below(MOST_LOCAL + 1); score >= 0 && score + most >= this.ties.height; score = ranking.below(score)) {
      for (let word = from >> 5; word << 5 < to; word += 1) {
        const blocks = ranking.blocksIn(score, word) & bitsBetween(word, from, to);
        const worthy = score + top < this.ties.height ? blocks & images.blocksIn(word) : blocks;
        if (worthy !== 0) this.takeBlocks(plan, score, word, worthy);
      }
    }
  }

  /** Takes in the nodes without taints of the 32 blocks in `word` that have a bit in `blocks`; the highest of their scores is `score`. */
  private takeBlocks(plan: SearchPlan, score: number, word: number, blocks: number): void {
    for (let bits = blocks; bits !== 0; bits &= bits - 1) this.takeClean(plan, (word << 5) + lowestBit(bits), score);
  }

  /** Takes in the nodes of `block` without taints, whose highest score is `score`. */
  private takeClean(plan: SearchPlan, block: number, score: number): void {
    const { top, images } = this.offsets;
    const nodes = this.found.cleanIn(block, plan.resources.scores);
    if (images.top === 0) {
      this.takeEqual(plan, block, nodes, score, 0);
      return;
    }
    const holders = nodes & images.holdersIn(block);
    if (images.areOne) this.takeEqual(plan, block, holders, score, images.top);
    else this.take(plan, block, holders, top + images.top);
    this.takeEqual(plan, block, nodes ^ holders, score, 0);
  }

  /**
   * Takes in `nodes` of `block`, whose score is `score` at most and which all get `more` for their images. Mostly they can but equal the best
   * total, and only those do that have both that score and the best offset.
   */
  private takeEqual(plan: SearchPlan, block: number, nodes: number, score: number, more: number): void {
    const { ties, offsets } = this;
    const spare = score + offsets.top + more - ties.height;
    if (spare === 0) ties.join(block, nodes & (plan.resources.scores.best[block] ?? 0) & offsets.leadersIn(block));
    else if (spare > 0 && nodes !== 0) this.takeByProfile(plan, block, nodes, score, more);
  }

  /** As `takeEqual`, where some may have more than the best total. */
  private takeByProfile(plan: SearchPlan, block: number, nodes: number, score: number, more: number): void {
    const { ties, offsets } = this;
    const { scores } = plan.resources;
    const { profiles } = plan.profiles;
    if (offsets.areAlike) {
      this.takeAlike(scores, block, nodes, score, offsets.top + more);
      return;
    }
    if (profiles.length > FEW_PROFILES) {
      this.take(plan, block, nodes, offsets.top + more);
      return;
    }
    for (let i = 0; i < profiles.length; i += 1) {
      const offset = (offsets.plain[i] ?? ABSENT) + more;
      if (score + offset < ties.height) continue;
      const alike = nodes & (profiles[i]?.members[block] ?? 0);
      if (alike !== 0) this.takeAlike(scores, block, alike, score, offset);
    }
  }

  /** Considers `nodes` of `block`, which all get `offset`: if one of them has the highest score of the block, no other can win. */
  private takeAlike(scores: LocalScores, block: number, nodes: number, score: number, offset: number): void {
    const { ties } = this;
    const best = nodes & (scores.best[block] ?? 0);
    if (best !== 0) ties.reachAll(block, best, score + offset);
    else if (score + offset > ties.height) this.takeLower(scores, block, nodes, offset);
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

/** With more profiles than this, looking for each of them costs more than it saves. */
const FEW_PROFILES = 12;
