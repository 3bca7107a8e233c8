/**
 * A value that follows from one immutable object and from nothing else. It is worked out once and shared by all runs of a thread that are
 * given that object, so it must not change either.
 */
export class Remembered<Source extends object, T> {
  private readonly known = new WeakMap<Source, T>();
  private readonly make: (source: Source) => T;

  constructor(make: (source: Source) => T) {
    this.make = make;
  }

  of(source: Source): T {
    const known = this.known.get(source);
    if (known !== undefined) return known;
    const made = this.make(source);
    this.known.set(source, made);
    return made;
  }
}
