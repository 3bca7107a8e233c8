import { lowestBit } from './bits.ts';
import type { FoundNodes } from './FoundNodes.ts';
import { ABSENT } from './NodeProfiles.ts';
import { ProfileOffsets } from './ProfileOffsets.ts';
import { BAND_SHIFT } from './ScoreBands.ts';
import { FIRST_TAINTED } from './ScoreLists.ts';
import type { SearchPlan } from './SearchPlan.ts';
import { SpreadExceptions } from './SpreadExceptions.ts';
import type { TiedNodes } from './TiedNodes.ts';

/**
 * Finds the nodes with the highest total by going down the local scores, until not even the best offset reaches the best total so far.
 * As a rule that is after few nodes.
 *
 * What images are worth is left out of that offset: pods fill the nodes with their images, so that these come late. They are searched by
 * bands of scores, and a profile with the best offset all of whose nodes have low scores is searched one by one.
 */
export class ScoreSearch {
  private readonly found: FoundNodes;
  private readonly ties: TiedNodes;
  private readonly offsets = new ProfileOffsets();
  private readonly exceptions: SpreadExceptions;

  /** Searches what `found` holds at the time, and puts the best into `ties`. */
  constructor(found: FoundNodes, ties: TiedNodes) {
    this.found = found;
    this.ties = ties;
    this.exceptions = new SpreadExceptions(found.nodes);
  }

  run(plan: SearchPlan): void {
    this.ties.clear();
    this.offsets.rate(plan, this.found, this.exceptions);
    if (this.offsets.top > ABSENT) {
      this.searchUntainted(plan);
      this.searchTainted(plan);
    }
    if (this.exceptions.count > 0) this.addExceptions(plan);
  }

  /** Searches the nodes without taints: by score, then where nothing else can win by profile or by image. */
  private searchUntainted(plan: SearchPlan): void {
    const { lists } = plan.resources;
    const { ties } = this;
    const { top, images } = this.offsets;
    let patience = PATIENCE + (this.found.count >> 1);
    let score = lists.highest();
    for (; score >= 0 && score + top >= ties.height && patience > 0; score -= 1) {
      const head = lists.first[score] ?? -1;
      if (head >= 0) patience -= this.follow(plan, head, score);
    }
    if (score + top >= ties.height) this.searchProfiles(plan, score);
    else if (score + top + images.top >= ties.height) this.searchHolders(plan, score);
  }

  /** Searches the tainted and the cordoned nodes, which seldom can win. */
  private searchTainted(plan: SearchPlan): void {
    const { lists } = plan.resources;
    const { ties, offsets } = this;
    const most = offsets.images.top + (plan.placement.lenient > 0 ? offsets.top : offsets.topTainted);
    for (let list = lists.highestOfTainted(); list >= FIRST_TAINTED && list - FIRST_TAINTED + most >= ties.height; list -= 1) {
      const head = lists.first[list] ?? -1;
      if (head >= 0) this.follow(plan, head, list - FIRST_TAINTED);
    }
  }

  /** Takes in the found nodes of the list that begins with `head`, all with this score, exceptions left aside. @returns how many nodes it has. */
  private follow({ resources: { lists }, profiles: { numberOf } }: SearchPlan, head: number, score: number): number {
    const { ties, exceptions, offsets } = this;
    const { plain, images } = offsets;
    const { members } = this.found;
    let length = 0;
    for (let position = head; position >= 0; position = lists.after(position)) {
      length += 1;
      const block = position >> 5;
      if (((((members[block] ?? 0) & ~(exceptions.members[block] ?? 0)) >> (position & 31)) & 1) === 0) continue;
      const sum = score + (plain[numberOf[position] ?? 0] ?? 0);
      if (sum + images.top < ties.height) continue;
      const total = images.top > 0 ? sum + images.at(position) : sum;
      if (total >= ties.height) ties.reach(position, total);
    }
    return length;
  }

  /** Searches the found nodes with a local score of at most `most`, profiles that cannot win left out. */
  private searchProfiles(plan: SearchPlan, most: number): void {
    const { plain, images } = this.offsets;
    const { profiles } = plan.profiles;
    for (let i = 0; i < profiles.length; i += 1) {
      const profile = profiles[i];
      if (profile) this.searchBands(plan, most, (plain[i] ?? 0) + images.top, profile.members);
    }
  }

  /** As `searchProfiles`, but only where the pod's images are. */
  private searchHolders(plan: SearchPlan, most: number): void {
    const { top, images } = this.offsets;
    this.searchBands(plan, most, top + images.top, images.holders);
  }

  /** Searches those of `among` with a local score of at most `most`, from there down for as long as one that gets `offset` on top could win. */
  private searchBands(plan: SearchPlan, most: number, offset: number, among: Int32Array): void {
    const { members } = this.found;
    const { length, words } = plan.resources.bands;
    for (let score = most; score >= 0 && score + offset >= this.ties.height; score = ((score >> BAND_SHIFT) << BAND_SHIFT) - 1) {
      const band = (score >> BAND_SHIFT) * length;
      for (let block = 0; block < length; block += 1) {
        const bits = (words[band + block] ?? 0) & (among[block] ?? 0) & (members[block] ?? 0);
        if (bits !== 0) this.take(plan, block, bits, most);
      }
    }
  }

  /** Takes in the nodes of `found` in `block` with a local score of at most `most`, exceptions left aside. */
  private take({ resources: { scores }, profiles: { numberOf } }: SearchPlan, block: number, found: number, most: number): void {
    const { ties, exceptions } = this;
    const { plain, images } = this.offsets;
    for (let bits = found & ~(exceptions.members[block] ?? 0); bits !== 0; bits &= bits - 1) {
      const position = (block << 5) + lowestBit(bits);
      const score = scores[position] ?? 0;
      const sum = score + (plain[numberOf[position] ?? 0] ?? 0);
      if (score > most || sum + images.top < ties.height) continue;
      const total = images.top > 0 ? sum + images.at(position) : sum;
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

/** So many nodes are followed at least before the rest is searched by profiles. */
const PATIENCE = 64;
