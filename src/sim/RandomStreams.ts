import { AleaNames } from './AleaNames.ts';
import { AleaStates } from './AleaStates.ts';
import { BriefStreams } from './BriefStreams.ts';
import { KinStreams } from './KinStreams.ts';
import { type RandomNumbers, RandomStream } from './RandomStream.ts';

/** The random streams of a run, each named `SEED/PURPOSE/ENTITY`. */
export class RandomStreams {
  private readonly seed: string;
  private readonly purposes = new Map<string, Purpose>();
  private readonly states = new AleaStates();
  private readonly briefOnes = new BriefStreams();
  /** The purpose that was asked for last, which is usually asked for again. */
  private last: Purpose | undefined = undefined;

  constructor(seed: string) {
    this.seed = seed;
  }

  /** The stream for one purpose and one entity, where it stands. */
  of(purpose: string, entity: string): RandomStream {
    const { names, places } = this.purposeCalled(purpose);
    const known = places.get(entity);
    if (known !== undefined) return new RandomStream(known, this.states);
    names.hash(entity);
    const place = this.states.begin(names.hashes);
    places.set(entity, place);
    return new RandomStream(place, this.states);
  }

  /** As `of`, for a purpose with very many entities, none of an empty name; good until the next call. */
  brief(purpose: string, entity: string): RandomNumbers {
    const { names } = this.purposeCalled(purpose);
    const { briefOnes } = this;
    briefOnes.turnTo(names, entity, briefOnes.stemOf(names, entity));
    return briefOnes;
  }

  /** As `brief`, for entities of many kins. */
  kin(purpose: string): KinStreams {
    return new KinStreams(this.purposeCalled(purpose).names, this.briefOnes);
  }

  private purposeCalled(name: string): Purpose {
    if (this.last?.name !== name) this.last = this.purposes.get(name) ?? this.begin(name);
    return this.last;
  }

  private begin(name: string): Purpose {
    const purpose = { name, names: new AleaNames(`${this.seed}/${name}/`), places: new Map() };
    this.purposes.set(name, purpose);
    return purpose;
  }
}

interface Purpose {
  readonly name: string;
  readonly names: AleaNames;
  /** Where the streams of its entities are kept. */
  readonly places: Map<string, number>;
}
