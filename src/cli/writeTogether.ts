import { closeSync, existsSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { RollError } from '../errors.ts';

/** A file to be written, in pieces. */
export interface NewFile {
  readonly path: string;
  readonly pieces: Iterable<string>;
}

/**
 * Writes all of `files` or none: each under a hidden name first, then all of them by renames. Makes their folders.
 * @throws RollError `OUTPUT_UNWRITABLE`.
 */
export function writeTogether(files: readonly NewFile[]): void {
  const placed: string[] = [];
  try {
    for (const { path, pieces } of files) writePieces(unfinished(path), pieces);
    for (const { path } of files) {
      renameSync(unfinished(path), path);
      placed.push(path);
    }
  } catch (error) {
    for (const path of [...placed, ...files.map((file) => unfinished(file.path))]) rmSync(path, { force: true });
    throw isSystemError(error) ? unwritable(files.map(({ path }) => path).join(' and '), `cannot be written (${error.code})`) : error;
  }
}

/** Refuses paths at which something is already, since a scenario may have been worked on. */
export function requireNew(paths: readonly string[], hint: string): void {
  const taken = paths.find((path) => existsSync(path));
  if (taken !== undefined) throw unwritable(taken, 'is there already; it is left alone', hint);
}

function unwritable(path: string, why: string, hint = 'name another place'): RollError {
  return new RollError([{ code: 'OUTPUT_UNWRITABLE', message: `${path} ${why}`, hint }]);
}

function unfinished(path: string): string {
  return `${path}.tmp-${process.pid}`;
}

/** How much is written at a time. */
const BATCH = 1 << 20;

function writePieces(path: string, pieces: Iterable<string>): void {
  mkdirSync(dirname(path), { recursive: true });
  const descriptor = openSync(path, 'wx');
  try {
    let batch = '';
    for (const piece of pieces) {
      batch += piece;
      if (batch.length < BATCH) continue;
      writeAll(descriptor, batch);
      batch = '';
    }
    writeAll(descriptor, batch);
  } finally {
    closeSync(descriptor);
  }
}

function writeAll(descriptor: number, text: string): void {
  const bytes = Buffer.from(text);
  for (let written = 0; written < bytes.length; ) written += writeSync(descriptor, bytes, written);
}

function isSystemError(error: unknown): error is Error & { readonly code: string } {
  return error instanceof Error && 'code' in error && typeof error.code === 'string';
}
