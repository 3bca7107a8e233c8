import { setFlagsFromString } from 'node:v8';

/**
 * Tunes the garbage collector of this process for threads that build one world after another and drop each as a whole.
 *
 * Every object begins young: the engine would take what has survived in some worlds for long-lived, and put the like of it straight among old
 * objects in later ones, from where it keeps a finished world with all its garbage until everything old is looked through.
 *
 * Each thread collects its young objects alone: helpers would take cores from the other threads, and wait for each other.
 */
export function tuneCollector(): void {
  setFlagsFromString('--no-allocation-site-pretenuring');
  setFlagsFromString('--no-parallel-scavenge');
}
