import { AleaNames } from './AleaNames.ts';
import { AleaStates } from './AleaStates.ts';

/** Gives random numbers, uniform in [0, 1). */
export interface RandomNumbers {
  next(): number;
}

/** A named sequence of random numbers, those of seedrandom's `alea`: equal names give equal sequences on every machine. */
export class RandomStream implements RandomNumbers {
  private readonly states: AleaStates;
  private readonly place: number;

  /** Begins the sequence `name`. */
  constructor(name: string);
  /** Goes on with a sequence that `states` keeps at `place`. */
  constructor(place: number, states: AleaStates);
  constructor(start: string | number, states = new AleaStates()) {
    this.states = states;
    this.place = typeof start === 'number' ? start : begin(start, states);
  }

  /** The next number, uniform in [0, 1). */
  next(): number {
    return this.states.next(this.place);
  }
}

function begin(name: string, states: AleaStates): number {
  const names = new AleaNames(name);
  names.hash('');
  return states.begin(names.hashes);
}
