import { type AleaNames, AleaStem } from './AleaNames.ts';
import type { BriefStreams } from './BriefStreams.ts';
import type { RandomNumbers } from './RandomStream.ts';

/**
 * Brief streams of one purpose for entities that are kin, such as the pods of one workload: many of their names differ in their last letter
 * only, and what comes before it is hashed once for those that come one after the other.
 */
export class KinStreams {
  private readonly names: AleaNames;
  private readonly streams: BriefStreams;
  /** That of the name that was asked for last, and what it was known by. */
  private readonly stem = new AleaStem();
  private of: object | undefined = undefined;

  constructor(names: AleaNames, streams: BriefStreams) {
    this.names = names;
    this.streams = streams;
  }

  /** The stream of `entity`, good until the next call. Names with the same `stem`, if they have one, differ in their last letter only. */
  streamOf(entity: string, stem: object | undefined): RandomNumbers {
    const { names, streams } = this;
    if (stem === undefined || stem !== this.of) this.findStem(entity, stem);
    names.beginAfter(this.stem, entity);
    streams.turnTo(names);
    return streams;
  }

  private findStem(entity: string, of: object | undefined): void {
    this.names.findStem(entity, this.stem);
    this.of = of;
  }
}
