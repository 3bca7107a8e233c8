import { AleaKey, AleaNames } from './AleaNames.ts';
import { AleaStates, firstNumber } from './AleaStates.ts';
import type { RandomNumbers } from './RandomStream.ts';

/**
 * Many sequences of random numbers that mostly give one number each, such as how long a pod starts: of each it keeps how many it has given,
 * and to go on begins it anew and skips those. Only of one that gives more than a few it keeps how far it is. The first number costs little,
 * for it follows from a part of the hashes of a name.
 *
 * A hash table in one column. It knows a sequence by the key of its name.
 */
export class BriefStreams implements RandomNumbers {
  /** A key and a mark, by place: how many numbers were given, 0 where the place is free, or, above FEW, FEW + its state. */
  private entries = new Int32Array(WIDTH * FIRST_ROOM);
  private used = 0;
  private readonly states = new AleaStates();
  /** The state of a sequence that has given few. */
  private readonly scratch = this.states.begin(new Uint32Array(3));
  /** The entry and the state of the sequence whose turn it is; of one that has given few the state is NOT_BEGUN until it gives a second number. */
  private place = 0;
  private state = NOT_BEGUN;
  private names = new AleaNames('');

  /** Turns to the sequence with the name that `names` has begun last, where it stands. */
  turnTo(names: AleaNames): void {
    if (3 * WIDTH * this.used >= 2 * this.entries.length) this.enlarge();
    this.names = names;
    this.place = placeOf(names.key, this.entries);
    this.state = NOT_BEGUN;
  }

  /** The next number of the sequence that it was turned to last. */
  next(): number {
    const mark = this.entries[this.place + MARK] ?? 0;
    if (mark === 0) return this.giveFirst();
    if (this.state === NOT_BEGUN) this.goOn(mark);
    if (mark === FEW) this.state = this.states.copy(this.scratch);
    if (mark <= FEW) this.entries[this.place + MARK] = mark < FEW ? mark + 1 : FEW + this.state;
    return this.states.next(this.state);
  }

  private giveFirst(): number {
    const { entries, place } = this;
    const { one, other, hash } = this.names.key;
    this.used += 1;
    entries[place] = one;
    entries[place + 1] = other;
    entries[place + 2] = hash;
    entries[place + MARK] = 1;
    return firstNumber(hash);
  }

  private goOn(mark: number): void {
    if (mark > FEW) this.state = mark - FEW;
    else this.begin(mark);
  }

  /** Brings the sequence to where it has given so many numbers. */
  private begin(given: number): void {
    const { names, states, scratch } = this;
    names.finish();
    states.restart(scratch, names.hashes);
    for (let skipped = 0; skipped < given; skipped += 1) states.next(scratch);
    this.state = scratch;
  }

  private enlarge(): void {
    const { entries } = this;
    const larger = new Int32Array(GROWTH * entries.length);
    const key = new AleaKey();
    for (let from = 0; from < entries.length; from += WIDTH) {
      if (entries[from + MARK] === 0) continue;
      key.one = entries[from] ?? 0;
      key.other = entries[from + 1] ?? 0;
      key.hash = entries[from + 2] ?? 0;
      const place = placeOf(key, larger);
      for (let i = 0; i < WIDTH; i += 1) larger[place + i] = entries[from + i] ?? 0;
    }
    this.entries = larger;
  }
}

/** A key and a mark. */
const WIDTH = 4;
/** Where in an entry its mark stands. */
const MARK = 3;
/** How many numbers are skipped rather than a state kept. */
const FEW = 16;
const NOT_BEGUN = -1;
/** Entries at the start, a power of 2; there are so many times more when two thirds are in use, for every time all have to move. */
const FIRST_ROOM = 512;
const GROWTH = 4;

/** Where in `entries` the entry with this key is, or the free one that it is to take. */
function placeOf({ one, other, hash }: AleaKey, entries: Int32Array): number {
  const last = entries.length - 1;
  let place = Math.imul(hash, WIDTH) & last;
  while (entries[place + MARK] !== 0) {
    if (entries[place + 2] === hash && entries[place + 1] === other && entries[place] === one) return place;
    place = (place + WIDTH) & last;
  }
  return place;
}
