import { AleaStates } from './AleaStates.ts';

/** A named sequence of random numbers; equal names give equal sequences on every machine, those of seedrandom's `alea`. */
export class RandomStream {
  private readonly states: AleaStates;
  private readonly place: number;

  /** Begins the sequence `name`; `states` keeps how far it is. */
  constructor(name: string, states?: AleaStates);
  /** Goes on with a sequence that `states` keeps at `place`. */
  constructor(place: number, states: AleaStates);
  constructor(start: string | number, states = new AleaStates()) {
    this.states = states;
    this.place = typeof start === 'number' ? start : states.begin(start);
  }

  /** The next number, uniform in [0, 1). */
  next(): number {
    return this.states.next(this.place);
  }
}
