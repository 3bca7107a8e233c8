import type { z } from 'zod';
import type { Interner } from './Interner.ts';
import { type ReadResult, readWith } from './readWith.ts';

/** Reads one part of many objects, such as their labels. Each value is read once, and equal results are one object. */
export class PartReader<S extends z.ZodType> {
  private readonly schema: S;
  private readonly interner: Interner;
  private readonly known = new WeakMap<object, ReadResult<z.output<S>>>();

  constructor(schema: S, interner: Interner) {
    this.schema = schema;
    this.interner = interner;
  }

  /** What the schema makes of `given`; it must not be changed afterwards. */
  read(given: unknown): ReadResult<z.output<S>> {
    if (typeof given !== 'object' || given === null) return this.readNew(given);
    const known = this.known.get(given) ?? this.readNew(given);
    this.known.set(given, known);
    return known;
  }

  private readNew(given: unknown): ReadResult<z.output<S>> {
    return readWith(this.schema, given, (value) => this.interner.share(value));
  }
}
