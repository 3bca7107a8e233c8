import seedrandom from 'seedrandom';

/**
 * A named sequence of random numbers; equal names give equal sequences on every machine.
 * @see https://github.com/davidbau/seedrandom (alea)
 */
export class RandomStream {
  private readonly name: string;
  private generator: (() => number) | undefined;

  constructor(name: string) {
    this.name = name;
  }

  /** The next number, uniform in [0, 1). */
  next(): number {
    this.generator ??= seedrandom.alea(this.name);
    return this.generator();
  }
}
