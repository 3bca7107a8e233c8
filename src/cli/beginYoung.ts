import { setFlagsFromString } from 'node:v8';

/**
 * Lets every object of this process begin young, for threads that build one world after another and drop each as a whole.
 *
 * The engine takes what has survived in some worlds for long-lived and would put the like of it straight among old objects in later ones.
 * From there it keeps a world that is finished, and all its garbage, until everything old is looked through.
 */
export function beginYoung(): void {
  setFlagsFromString('--no-allocation-site-pretenuring');
}
