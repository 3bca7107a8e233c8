import seedrandom from 'seedrandom';

/**
 * A named sequence of random numbers; equal names give equal sequences on every machine.
 * @see https://github.com/davidbau/seedrandom (alea)
 */
export class RandomStream {
  private readonly generator: () => number;

  constructor(name: string) {
    this.generator = seedrandom.alea(name);
  }

  /** The next number, uniform in [0, 1). */
  next(): number {
    return this.generator();
  }
}
