import type { LocatedObject } from '../LocatedObject.ts';
import type { ReadOptions } from './completeObjects.ts';
import { ObjectReader, type ReadObjects } from './ObjectReader.ts';

/**
 * Turns Kubernetes objects as kubectl prints them into the objects of a cluster, with the API server's defaults filled in.
 *
 * Takes the documents one by one and keeps none of them, so that a generator may feed a dump that would not fit in memory. Everything
 * that is wrong is collected: see {@link ReadObjects.faults}.
 */
export function readObjects(located: Iterable<LocatedObject>, options: ReadOptions): ReadObjects {
  const reader = new ObjectReader();
  reader.read(located);
  return reader.finish(options);
}
