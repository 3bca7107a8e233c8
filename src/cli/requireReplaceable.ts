import { type BigIntStats, constants, existsSync } from 'node:fs';
import { access, readdir, readFile, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { RollError } from '../errors.ts';

/**
 * Checks that a report folder can be put at `folder` and that nothing but an older report would be lost. Called before the work starts, so
 * that an hour of it is not wasted; creates nothing.
 * @throws RollError `OUTPUT_UNWRITABLE` when something else is there, or nothing can be written there.
 */
export async function requireReplaceable(folder: string): Promise<void> {
  await requireReport(folder);
  await requireWritable(folder, nearestExisting(dirname(resolve(folder))));
}

/** The fault of a `folder` that cannot be used, with a way out; `why` completes the sentence that begins with its name. */
export function outputUnwritable(folder: string, why: string): RollError {
  return new RollError([
    { code: 'OUTPUT_UNWRITABLE', message: `${folder} ${why}`, hint: 'name another folder with --out, or write --out none' },
  ]);
}

async function requireReport(folder: string): Promise<void> {
  const found = await lookAt(folder);
  if (!found || (await isEmpty(folder)) || (await isReport(folder))) return;
  const again = await lookAt(folder);
  const isReplaced = again?.ino !== found.ino || again.ctimeNs !== found.ctimeNs;
  if (isReplaced) return requireReport(folder); // Another run has put its report there during the look.
  const what = found.isDirectory() ? 'is a folder with something else than a report in it' : 'is a file';
  throw outputUnwritable(folder, `${what}; it is left alone`);
}

/** What is at the path; undefined for nothing, also when a wrong folder above it hides that. */
function lookAt(folder: string): Promise<BigIntStats | undefined> {
  return stat(folder, { bigint: true }).catch(() => undefined);
}

function isEmpty(folder: string): Promise<boolean> {
  return readdir(folder).then(
    (names) => names.length === 0,
    () => false,
  );
}

async function isReport(folder: string): Promise<boolean> {
  try {
    const document: unknown = JSON.parse(await readFile(join(folder, 'results.json'), 'utf8'));
    return typeof document === 'object' && document !== null && 'schemaVersion' in document && 'rollcast' in document;
  } catch {
    return false;
  }
}

function nearestExisting(path: string): string {
  return existsSync(path) ? path : nearestExisting(dirname(path));
}

async function requireWritable(folder: string, ancestor: string): Promise<void> {
  if (!(await stat(ancestor)).isDirectory()) throw outputUnwritable(folder, `cannot be written: ${ancestor} is no folder`);
  try {
    await access(ancestor, constants.W_OK | constants.X_OK);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? ` (${String(error.code)})` : '';
    throw outputUnwritable(folder, `cannot be written: you may not write in ${ancestor}${code}`);
  }
}
