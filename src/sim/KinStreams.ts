import type { AleaNames } from './AleaNames.ts';
import type { BriefStreams } from './BriefStreams.ts';
import type { RandomNumbers } from './RandomStream.ts';

/**
 * Brief streams of one purpose for entities that form families, such as the pods of many workloads. Many names of one family differ only in
 * their last letter, and their common prefix is hashed once for names that come one after the other.
 */
export class KinStreams {
  private readonly names: AleaNames;
  private readonly streams: BriefStreams;
  /** By kin, the number of the last stem that was known by something, and what it was known by. */
  private readonly stems: number[] = [];
  private readonly knownBy: (object | undefined)[] = [];

  constructor(names: AleaNames, streams: BriefStreams) {
    this.names = names;
    this.streams = streams;
  }

  /**
   * The stream of `entity`, which belongs to the family with this small number; valid until the next call. Names of one family with the
   * same `stem`, if they have one, differ only in their last letter.
   */
  streamOf(kin: number, entity: string, stem: object | undefined): RandomNumbers {
    const { names, streams } = this;
    // Unlike `===`, which reads what it compares, this does with the two references.
    const isKnown = stem !== undefined && Object.is(stem, this.knownBy[kin]);
    streams.turnTo(names, entity, isKnown ? (this.stems[kin] ?? 0) : this.find(kin, entity, stem));
    return streams;
  }

  private find(kin: number, entity: string, by: object | undefined): number {
    const stem = this.streams.stemOf(this.names, entity);
    if (by !== undefined) this.remember(kin, stem, by);
    return stem;
  }

  private remember(kin: number, stem: number, by: object): void {
    for (let { length } = this.stems; length < kin; length += 1) {
      this.stems.push(0);
      this.knownBy.push(undefined);
    }
    this.stems[kin] = stem;
    this.knownBy[kin] = by;
  }
}
