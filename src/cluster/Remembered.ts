/**
 * Something that follows from one immutable object and from nothing else. It is worked out once, and then shared by all runs in a thread to which
 * that object is given: so it must not change either.
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

/**
 * As {@link Remembered}, for what is large and only worth it when the same object is given again and again: the first time there is none, and it
 * is forgotten as soon as somebody asks for another object.
 */
export class RememberedAgain<Source extends object, T> {
  /** For the object that was given last; undefined as long as that was given once. */
  private last = new WeakMap<Source, T | undefined>();
  private readonly make: (source: Source) => T;

  constructor(make: (source: Source) => T) {
    this.make = make;
  }

  of(source: Source): T | undefined {
    const { last } = this;
    if (!last.has(source)) {
      this.last = new WeakMap([[source, undefined]]);
      return undefined;
    }
    const known = last.get(source) ?? this.make(source);
    last.set(source, known);
    return known;
  }
}
