import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/**
 * How often to try to put a folder in place while other processes do the same; each failed attempt means that one of them has succeeded.
 */
const MOST_ATTEMPTS = 100;

/**
 * Puts the folder `made` in the place of `target` and removes what was there. If several processes do so at once, the last one wins. A kill
 * leaves the old content at `target` or beside it, for {@link tidyBeside}; a failure leaves it at `target`.
 */
export async function replaceFolder(target: string, made: string): Promise<void> {
  const old = besideName(target, 'old');
  for (let attempt = 1; ; attempt += 1) {
    try {
      await moveAside(target, old);
      await rename(made, target);
      break;
    } catch (error) {
      if (attempt < MOST_ATTEMPTS && isOvertaken(error)) continue;
      if (!existsSync(target)) await rename(old, target).catch(() => {}); // With nothing moved aside, nothing can be put back.
      throw error;
    }
  }
  await remove(old);
}

/** Removes what a killed run left beside `target`, and puts back what it had moved aside. Makes the folder of `target`. */
export async function tidyBeside(target: string): Promise<void> {
  const parent = dirname(target);
  await makeFolder(parent);
  for (const name of await readdir(parent)) {
    const match = name.startsWith(`.${basename(target)}.`) ? /\.(tmp|old)-(\d+)$/.exec(name) : null;
    if (match === null || isAlive(Number(match[2]))) continue;
    if (match[1] === 'old' && !existsSync(target)) await putBack(join(parent, name), target);
    else await remove(join(parent, name));
  }
}

/** A hidden name beside `target` that no other process has. */
export function besideName(target: string, purpose: 'tmp' | 'old'): string {
  return join(dirname(target), `.${basename(target)}.${purpose}-${process.pid}`);
}

/**
 * Makes `folder` and its parents one by one: Node's recursive option loops for ever on a file system that answers ENOENT to a new folder.
 */
export async function makeFolder(folder: string): Promise<void> {
  if (existsSync(folder)) return;
  await makeFolder(dirname(folder));
  await mkdir(folder).catch((error) => {
    if (!isOvertaken(error) || !existsSync(folder)) throw error;
  });
}

/** Removes `path` and all in it; does nothing when it is not there. */
export async function remove(path: string): Promise<void> {
  await rm(path, { recursive: true, force: true });
}

async function moveAside(target: string, old: string): Promise<void> {
  if (!existsSync(target)) return;
  await remove(old); // From an earlier attempt: what is at `target` now is newer.
  await rename(target, old);
}

async function putBack(old: string, target: string): Promise<void> {
  await rename(old, target).catch((error) => {
    if (!isOvertaken(error)) throw error;
  });
}

/** Whether another process took the place, or moved what was there, between the check and the rename. */
function isOvertaken(error: unknown): boolean {
  return error instanceof Error && 'code' in error && ['ENOENT', 'ENOTEMPTY', 'EEXIST'].includes(String(error.code));
}

function isAlive(pid: number): boolean {
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
