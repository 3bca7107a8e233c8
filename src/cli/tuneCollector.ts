import { setFlagsFromString } from 'node:v8';

/**
 * Tunes the garbage collector of this process for threads that build one world after another and drop each as a whole.
 *
 * Every object starts in the young generation. By default the engine allocates kinds of objects that have survived earlier runs among the
 * old ones, where each keeps a finished world and all its garbage alive until the next full collection.
 *
 * Each thread collects its young objects alone: parallel collection would take cores from the other threads and make threads wait for each
 * other.
 */
export function tuneCollector(): void {
  setFlagsFromString('--no-allocation-site-pretenuring');
  setFlagsFromString('--no-parallel-scavenge');
}
