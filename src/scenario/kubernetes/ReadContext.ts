import type { Interner } from './Interner.ts';
import type { SpecReader } from './SpecReader.ts';

/** What readers of one input share. */
export interface ReadContext {
  /** Wall clock of t = 0, from which creation times count. */
  readonly startEpochMilliseconds: number;
  readonly interner: Interner;
  readonly specs: Pick<SpecReader, 'read'>;
}
