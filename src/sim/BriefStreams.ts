import { AleaKey, AleaNames, AleaStem } from './AleaNames.ts';
import { AleaStates, firstNumber } from './AleaStates.ts';
import type { RandomNumbers } from './RandomStream.ts';
import { LETTERS, StemRows } from './StemRows.ts';

/**
 * Many sequences of random numbers that mostly give a single number each, such as how long a pod takes to start. That first number is
 * cheap: it follows from a part of the hashes of a name, and a sequence that has given no other takes a single bit, next to those of
 * similar names.
 *
 * For the others it is recorded how many numbers they have given; continuing creates the sequence again and skips those. Only the state of
 * a sequence that gives more than a few numbers is kept. These entries are in a hash table in one column, by the key of the name.
 */
export class BriefStreams implements RandomNumbers {
  /** The names of sequences that have given a number. */
  private readonly begun = new StemRows();
  /** A key and a mark per place: the count of numbers given, 0 where the place is free; above FEW, FEW plus the number of the state. */
  private entries = new Int32Array(WIDTH * FIRST_ROOM);
  private used = 0;
  private readonly states = new AleaStates();
  /** The state of a sequence that has given few. */
  private readonly scratch = this.states.begin(new Uint32Array(3));
  /** The sequence whose turn it is: its name, the stem of that and its number, and the last letter. */
  private names = new AleaNames('');
  private readonly stem = new AleaStem();
  private stemNumber = 0;
  private letter = 0;
  /** The entry and the state of that sequence; the state is NOT_BEGUN until it gives another number than its first one. */
  private place = 0;
  private state = NOT_BEGUN;

  /** The number of the stem of a name that goes on with `rest`; with that, only the last letter has to be read to turn to it. */
  stemOf(names: AleaNames, rest: string): number {
    names.findStem(rest, this.stem);
    return this.begun.numberOf(this.stem);
  }

  /** Turns to the sequence with the name that goes on with `rest`, where it stands. */
  turnTo(names: AleaNames, rest: string, stemNumber: number): void {
    this.names = names;
    this.begun.read(stemNumber, this.stem);
    names.beginAfter(this.stem, rest);
    this.stemNumber = stemNumber;
    this.letter = rest.charCodeAt(rest.length - 1);
    this.state = NOT_BEGUN;
  }

  /** The next number of the sequence that it was turned to last. */
  next(): number {
    if (this.state === NOT_BEGUN) {
      if (this.isFirst()) return firstNumber(this.names.key.hash);
      this.goOn();
    }
    const mark = this.entries[this.place + MARK] ?? 0;
    if (mark === FEW) this.state = this.states.copy(this.scratch);
    if (mark <= FEW) this.entries[this.place + MARK] = mark < FEW ? mark + 1 : FEW + this.state;
    return this.states.next(this.state);
  }

  /** Takes note that the sequence gives a number. @returns whether it has given none before. */
  private isFirst(): boolean {
    if (this.letter >= LETTERS) this.changeStem();
    return this.begun.follow(this.stemNumber, this.letter);
  }

  /** A letter that names seldom have is taken for one of the first after another stem. */
  private changeStem(): void {
    this.stem.other ^= Math.floor(this.letter / LETTERS);
    this.stemNumber = this.begun.numberOf(this.stem);
    this.letter %= LETTERS;
  }

  private goOn(): void {
    this.place = this.enter();
    const mark = this.entries[this.place + MARK] ?? 0;
    if (mark > FEW) this.state = mark - FEW;
    else this.begin(mark);
  }

  /** The entry of the sequence; a new one when it has given one number so far. */
  private enter(): number {
    if (3 * WIDTH * this.used >= 2 * this.entries.length) this.enlarge();
    const { entries } = this;
    const { key } = this.names;
    const place = placeOf(key, entries);
    if (entries[place + MARK] !== 0) return place;
    this.used += 1;
    entries[place] = key.one;
    entries[place + 1] = key.other;
    entries[place + 2] = key.hash;
    entries[place + MARK] = 1;
    return place;
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
/** Entries at the start, a power of 2. */
const FIRST_ROOM = 128;
/** The table grows by this factor when two thirds are in use; it is large because every time all entries have to move. */
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
