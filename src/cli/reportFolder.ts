import { open } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { besideName, makeFolder, remove, replaceFolder, tidyBeside } from './replaceFolder.ts';
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
 * replaced; a failure or `interrupted` leaves it untouched. Of several processes that write one folder at once the last one stays.
 * @throws RollError `OUTPUT_UNWRITABLE` when `folder` holds something else than a report, or cannot be written.
 */
export async function writeReportFolder(folder: string, files: readonly ReportFile[], interrupted: AbortSignal): Promise<void> {
  await requireReplaceable(folder);
  const target = resolve(folder);
  const temporary = besideName(target, 'tmp');
  try {
    await tidyBeside(target);
    for (const file of files) {
      interrupted.throwIfAborted();
      await writeOne(join(temporary, file.file), file.content);
    }
    interrupted.throwIfAborted();
    await replaceFolder(target, temporary);
  } catch (error) {
    await remove(temporary).catch(() => {}); // `error` is the cause; what hinders the cleaning follows from it.
    throw interrupted.aborted ? error : unwritable(folder, error);
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

function unwritable(folder: string, error: unknown): unknown {
  return error instanceof Error && 'code' in error ? outputUnwritable(folder, `cannot be written (${String(error.code)})`) : error;
}
