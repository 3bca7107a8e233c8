import { Interner } from './Interner.ts';
import { labels } from './labelSelector.ts';
import { annotations, owner } from './metadata.ts';
import { PartReader } from './PartReader.ts';
import { SpecReader } from './SpecReader.ts';

/**
 * What the readers of one input share. It depends neither on the start of a run nor on the version of Kubernetes, so what they read fits
 * any of them.
 */
export interface ReadContext {
  readonly interner: Interner;
  /** Parts of pods, which read equal ones once. */
  readonly parts: {
    readonly labels: PartReader<typeof labels>;
    readonly annotations: PartReader<typeof annotations>;
    readonly owner: PartReader<typeof owner>;
    readonly specs: SpecReader;
  };
}

/** A context in which nothing was read yet. */
export function readContext(): ReadContext {
  const interner = new Interner();
  const parts = {
    labels: new PartReader(labels, interner),
    annotations: new PartReader(annotations, interner),
    owner: new PartReader(owner, interner),
    specs: new SpecReader(interner),
  };
  return { interner, parts };
}
