import { type AleaNames, AleaStem } from './AleaNames.ts';
import type { BriefStreams } from './BriefStreams.ts';
import { carriedOver } from './carriedOver.ts';
import type { RandomNumbers } from './RandomStream.ts';

/**
 * Brief streams of one purpose for entities of many kins, such as the pods of many workloads: many names of one kin differ in their last letter
 * only, and what comes before it is hashed once for those that come one after the other.
 *
 * Of each kin a row of numbers is kept rather than an object, so that its turn reads one short piece of memory.
 */
export class KinStreams {
  private readonly names: AleaNames;
  private readonly streams: BriefStreams;
  /** That of the name that was asked for last. */
  private readonly stem = new AleaStem();
  /** By kin, the last one that was known by something: its numbers, and what it was known by. */
  private rows = new Float64Array(WIDTH * FIRST_ROOM);
  private readonly knownBy: (object | undefined)[] = [];

  constructor(names: AleaNames, streams: BriefStreams) {
    this.names = names;
    this.streams = streams;
  }

  /**
   * The stream of `entity`, which is of the kin with this small number; good until the next call. Names of one kin with the same `stem`, if
   * they have one, differ in their last letter only.
   */
  streamOf(kin: number, entity: string, stem: object | undefined): RandomNumbers {
    const { names, streams } = this;
    if (stem !== undefined && stem === this.knownBy[kin]) this.recall(kin);
    else this.findStem(kin, entity, stem);
    names.beginAfter(this.stem, entity);
    streams.turnTo(names);
    return streams;
  }

  private recall(kin: number): void {
    const { stem, rows } = this;
    const row = WIDTH * kin;
    stem.one = rows[row] ?? 0;
    stem.other = rows[row + 1] ?? 0;
    stem.hash = rows[row + 2] ?? 0;
  }

  private findStem(kin: number, entity: string, of: object | undefined): void {
    this.names.findStem(entity, this.stem);
    if (of !== undefined) this.remember(kin, of);
  }

  private remember(kin: number, by: object): void {
    const { one, other, hash } = this.stem;
    const row = WIDTH * kin;
    while (this.rows.length <= row) this.rows = carriedOver(this.rows, new Float64Array(2 * this.rows.length));
    while (this.knownBy.length < kin) this.knownBy.push(undefined);
    this.knownBy[kin] = by;
    this.rows[row] = one;
    this.rows[row + 1] = other;
    this.rows[row + 2] = hash;
  }
}

/** Three numbers, and one that only keeps rows within lines of memory. */
const WIDTH = 4;
/** Room at the start; it doubles when it is full. */
const FIRST_ROOM = 64;
