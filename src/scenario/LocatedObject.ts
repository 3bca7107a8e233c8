import type { Position } from '../errors.ts';

/** A value read from text that still knows where each part of it stood. */
export interface LocatedObject {
  readonly value: unknown;
  /** Where it stands in its document, if people know it as a part of that; undefined for a whole document. */
  readonly within?: readonly PropertyKey[];
  /**
   * Position of the value at `path`, or of its nearest existing ancestor. With `part` `key` the position of its key, where a fault about
   * the key itself belongs.
   */
  readonly locate: (path: readonly PropertyKey[], part?: 'key' | 'value') => Position;
}
