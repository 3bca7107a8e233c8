import { existsSync } from 'node:fs';
import { mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { outputUnwritable, requireReplaceable } from './requireReplaceable.ts';

/** One file of a folder: text in pieces, or bytes. A name that ends in `.gz` is packed on the way. */
export interface ReportFile {
  /** Relative to the folder, with `/`. */
  readonly file: string;
  readonly content: () => FileContent | Promise<FileContent>;
}

/** Text in pieces, or bytes. */
export type FileContent = Iterable<string> | Uint8Array;

/**
 * Writes a report folder whole or not at all: into a hidden folder beside it, then renamed. An older report in its place is
 * replaced; a failure or `interrupted` leaves it untouched.
 * @throws RollError `OUTPUT_UNWRITABLE` when `folder` holds something else than a report, or cannot be written.
 */
export async function writeReportFolder(folder: string, files: readonly ReportFile[], interrupted: AbortSignal): Promise<void> {
  await requireReplaceable(folder);
  const target = resolve(folder);
  const temporary = besideName(target, 'tmp');
  try {
    await tidy(target);
    for (const file of files) {
      interrupted.throwIfAborted();
      await writeOne(join(temporary, file.file), file.content);
    }
    interrupted.throwIfAborted();
    await swap(temporary, target);
  } catch (error) {
    await remove(temporary).catch(() => {}); // `error` is the cause; what hinders the cleaning follows from it.
    throw interrupted.aborted ? error : unwritable(folder, error);
  }
}

function besideName(target: string, purpose: 'tmp' | 'old'): string {
  return join(dirname(target), `.${basename(target)}.${purpose}-${process.pid}`);
}

/** Removes what a killed run left beside `target`, and puts back the report that it had moved aside. */
async function tidy(target: string): Promise<void> {
  const parent = dirname(target);
  await makeFolder(parent);
  for (const name of await readdir(parent)) {
    const match = name.startsWith(`.${basename(target)}.`) ? /\.(tmp|old)-(\d+)$/.exec(name) : null;
    if (match === null || isAlive(Number(match[2]))) continue;
    if (match[1] === 'old' && !existsSync(target)) await rename(join(parent, name), target);
    else await remove(join(parent, name));
  }
}

/** Makes `folder` and those above it one by one: the recursive way of Node never ends where a file system says ENOENT to a new folder. */
async function makeFolder(folder: string): Promise<void> {
  if (existsSync(folder)) return;
  await makeFolder(dirname(folder));
  await mkdir(folder);
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

async function writeOne(path: string, content: ReportFile['content']): Promise<void> {
  await makeFolder(dirname(path));
  const made = await content();
  const file = await open(path, 'w');
  try {
    if (made instanceof Uint8Array) await file.writeFile(made);
    else if (path.endsWith('.gz')) await file.writeFile(await packed(made));
    else for (const piece of inPieces(made)) await file.writeFile(piece);
  } finally {
    await file.close();
  }
}

/** Packed bytes that are the same on every machine: no time, and no operating system in the header. */
async function packed(content: Iterable<string>): Promise<Buffer> {
  const pieces: Buffer[] = [];
  await pipeline(Readable.from(inPieces(content)), createGzip({ level: 6 }), async (stream: AsyncIterable<Buffer>) => {
    for await (const piece of stream) pieces.push(piece);
  });
  const bytes = Buffer.concat(pieces);
  bytes[OPERATING_SYSTEM] = UNKNOWN_SYSTEM;
  return bytes;
}

/** RFC 1952, section 2.3. */
const OPERATING_SYSTEM = 9;
const UNKNOWN_SYSTEM = 255;

function* inPieces(content: Iterable<string>): Generator<string> {
  let piece = '';
  for (const text of content) {
    piece += text;
    if (piece.length < 65_536) continue;
    yield piece;
    piece = '';
  }
  yield piece;
}

async function swap(temporary: string, target: string): Promise<void> {
  const old = besideName(target, 'old');
  if (existsSync(target)) await rename(target, old);
  await rename(temporary, target);
  await remove(old);
}

async function remove(path: string): Promise<void> {
  await rm(path, { recursive: true, force: true });
}

function unwritable(folder: string, error: unknown): unknown {
  return error instanceof Error && 'code' in error ? outputUnwritable(folder, `cannot be written (${String(error.code)})`) : error;
}
