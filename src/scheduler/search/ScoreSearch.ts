import { lowestBit } from './bits.ts';
import type { FoundNodes } from './FoundNodes.ts';
import { ABSENT } from './NodeProfiles.ts';
import { ProfileOffsets } from './ProfileOffsets.ts';
import { FIRST_CLOSED } from './ScoreLists.ts';
import type { SearchPlan } from './SearchPlan.ts';
import { SpreadExceptions } from './SpreadExceptions.ts';
import type { TiedNodes } from './TiedNodes.ts';

/**
 * Finds the nodes with the highest total by going down the local scores, until not even the best offset reaches the best total so far.
 *
 * As a rule that is after few nodes. Where the best offset belongs to few nodes of low score, the rest is searched profile by profile.
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
    if (this.offsets.top > ABSENT) this.descend(plan);
    if (this.exceptions.count > 0) this.addExceptions(plan);
  }

  private descend(plan: SearchPlan): void {
    const { first } = plan.resources.lists;
    const { ties } = this;
    const most = this.offsets.top + this.offsets.images.top;
    const hasClosed = plan.placement.closed > 0;
    let budget = PATIENCE + (this.found.count >> 1);
    for (let score = FIRST_CLOSED - 1; score >= 0 && score + most >= ties.height; score -= 1) {
      const open = first[score] ?? -1;
      if (open >= 0) budget -= this.follow(plan, open, score);
      const closed = hasClosed ? (first[FIRST_CLOSED + score] ?? -1) : -1;
      if (closed >= 0) budget -= this.follow(plan, closed, score);
      if (budget < 0) {
        this.searchBelow(plan, score);
        return;
      }
    }
  }

  /** Takes in the found nodes of the list that begins with `head`, all with this score, exceptions left aside. @returns how many nodes it has. */
  private follow({ resources: { lists }, profiles: { numberOf } }: SearchPlan, head: number, score: number): number {
    const { next } = lists;
    const { ties, exceptions, offsets } = this;
    const { plain, images } = offsets;
    const { members } = this.found;
    let length = 0;
    for (let position = head; position >= 0; position = next[position] ?? -1) {
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

  /** Searches the found nodes with a lower local score than `score`, profiles that cannot win left out. */
  private searchBelow(plan: SearchPlan, score: number): void {
    const { plain, images } = this.offsets;
    const { profiles } = plan.profiles;
    for (let i = 0; i < profiles.length; i += 1) {
      const profile = profiles[i];
      const bound = score - 1 + (plain[i] ?? 0);
      if (!profile || bound + images.top < this.ties.height) continue;
      this.searchProfile(plan, profile.members, score, plain[i] ?? 0);
    }
  }

  private searchProfile({ resources: { scores } }: SearchPlan, ofProfile: Int32Array, below: number, offset: number): void {
    const { ties, exceptions } = this;
    const { images } = this.offsets;
    const { members } = this.found;
    for (let block = 0; block < members.length; block += 1) {
      let bits = (members[block] ?? 0) & (ofProfile[block] ?? 0) & ~(exceptions.members[block] ?? 0);
      if (bits !== 0 && below - 1 + offset < ties.height) bits &= images.holdersIn(block);
      for (; bits !== 0; bits &= bits - 1) {
        const position = (block << 5) + lowestBit(bits);
        const score = scores[position] ?? 0;
        if (score >= below || score + offset + images.top < ties.height) continue;
        const total = score + offset + (images.top > 0 ? images.at(position) : 0);
        if (total >= ties.height) ties.reach(position, total);
      }
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
