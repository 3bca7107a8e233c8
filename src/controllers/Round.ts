import { type EventKind, eventKind } from '../sim/EventKind.ts';
import type { Turn } from '../sim/EventQueue.ts';
import type { Simulation } from '../sim/Simulation.ts';

/** A member of a {@link Round}, which gives it turns. */
export interface Ranked {
  /** Nobody else in the round has it. */
  readonly key: string;
  /** Its place by key among all that have had turns; {@link UNRANKED} before. Kept by the round. */
  rank: number;
}

/** The rank of a new member. */
export const UNRANKED = -1;

export interface RoundOptions<Member> {
  /** Of its events, see {@link EventKind}. */
  readonly name: string;
  /** The place of its events among those of that name: no other one may come between two turns. */
  readonly entity: string;
  readonly takeTurn: (member: Member) => void;
}

/**
 * The turns of one instant in the phase `React`, in order of the members' keys, whatever the order in which they were added. A drain gives
 * turns to many members at once: one event for all costs much less than one event each, and members whose ranks are known need not be
 * compared.
 */
export class Round<Member extends Ranked> implements Turn {
  readonly entity: string;
  readonly ordinal = 0;
  private readonly sim: Simulation;
  private readonly takeTurn: (member: Member) => void;
  private readonly event: EventKind<Round<Member>>;
  /** Whether its event is to come or under way. */
  private isExpected = false;
  /** By key, including members that are gone. The index of each is its rank. */
  private readonly ranked: Member[] = [];
  /** Those that wait for their first turn and have no rank yet. */
  private readonly newcomers = new Set<Member>();
  /** A bit for each rank, 32 a word: set for those who wait for their turn. */
  private waiting = new Int32Array(0);
  /** How many of them wait. */
  private size = 0;
  /** The first word in which a member waits, if any does. */
  private firstWord = 0;

  constructor(sim: Simulation, { name, entity, takeTurn }: RoundOptions<Member>) {
    this.sim = sim;
    this.entity = entity;
    this.takeTurn = takeTurn;
    this.event = eventKind({ name, phase: 'React', fire: (round) => round.begin() });
  }

  /** Gives `member` a turn in this instant; it may be to have one already. */
  add(member: Member): void {
    if (!this.isExpected) this.expect();
    if (member.rank === UNRANKED) this.newcomers.add(member);
    else this.enter(member.rank);
  }

  /**
   * Gives ranks to new members, which shifts the ranks behind them. A member without a rank gets one before its first turn; many that are
   * known beforehand get theirs at once.
   */
  rank(members: readonly Member[]): void {
    const waiting: Member[] = [];
    for (let one = this.takeRanked(); one; one = this.takeRanked()) waiting.push(one);
    for (const one of members) this.ranked.push(one);
    this.ranked.sort((a, b) => (a.key < b.key ? -1 : 1));
    for (const [rank, one] of this.ranked.entries()) one.rank = rank;
    this.waiting = new Int32Array((this.ranked.length >> 5) + 1);
    for (const { rank } of waiting) this.enter(rank);
  }

  /** One turn after the other, as long as nothing else is to happen before. */
  private begin(): void {
    for (let member = this.takeFirst(); member; member = this.takeFirst()) {
      this.takeTurn(member);
      if (this.isEmpty || this.sim.comesNext(this, this.event)) continue;
      this.expect();
      return;
    }
    this.isExpected = false;
  }

  private expect(): void {
    this.isExpected = true;
    this.sim.expect(this.event, this, this.entity, this.sim.now);
  }

  private get isEmpty(): boolean {
    return this.size === 0 && this.newcomers.size === 0;
  }

  private enter(rank: number): void {
    const word = rank >> 5;
    const bits = this.waiting[word] ?? 0;
    const more = bits | (1 << (rank & 31));
    if (more === bits) return;
    this.waiting[word] = more;
    if (this.size === 0 || word < this.firstWord) this.firstWord = word;
    this.size += 1;
  }

  /** Removes the first member that waits; undefined when none does. */
  private takeFirst(): Member | undefined {
    if (this.newcomers.size > 0) this.rankNewcomers();
    return this.takeRanked();
  }

  private takeRanked(): Member | undefined {
    if (this.size === 0) return undefined;
    const { waiting } = this;
    let word = this.firstWord;
    while (waiting[word] === 0) word += 1;
    const bits = waiting[word] ?? 0;
    const lowest = bits & -bits;
    waiting[word] = bits ^ lowest;
    this.firstWord = word;
    this.size -= 1;
    return this.ranked[(word << 5) | (31 - Math.clz32(lowest))];
  }

  /** Gives ranks to the members that wait for their first turn. */
  private rankNewcomers(): void {
    const members = [...this.newcomers];
    this.newcomers.clear();
    this.rank(members);
    for (const { rank } of members) this.enter(rank);
  }
}
