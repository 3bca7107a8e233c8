import seedrandom from 'seedrandom';

/** The four numbers that Alea goes on from. */
type AleaState = seedrandom.State.Alea;

/**
 * A named sequence of random numbers; equal names give equal sequences on every machine.
 *
 * Runs have several streams for every pod, so one keeps the bare state of the generator, seeded when it is first drawn from.
 * @see https://github.com/davidbau/seedrandom (alea)
 */
export class RandomStream {
  private readonly name: string;
  private state: AleaState | undefined;

  constructor(name: string) {
    this.name = name;
  }

  /** The next number, uniform in [0, 1): the same as seedrandom's. */
  next(): number {
    this.state ??= seedrandom.alea(this.name, { state: true }).state();
    return advance(this.state);
  }
}

function advance(state: AleaState): number {
  const sum = 2091639 * state.s0 + state.c * 2.3283064365386963e-10;
  state.s0 = state.s1;
  state.s1 = state.s2;
  state.c = Math.trunc(sum);
  state.s2 = sum - state.c;
  return state.s2;
}
