import type { AleaNames } from './AleaNames.ts';
import type { BriefStreams } from './BriefStreams.ts';
import type { RandomNumbers } from './RandomStream.ts';

/**
 * Brief streams of one purpose for entities of many kins, such as the pods of many workloads: many names of one kin differ in their last letter
 * only, and what comes before it is hashed once for those that come one after the other.
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
   * The stream of `entity`, which is of the kin with this small number; good until the next call. Names of one kin with the same `stem`, if
   * they have one, differ in their last letter only.
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
