import { closeSync, fstatSync, lstatSync, openSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { crc32 } from 'node:zlib';
import type { SourceDrafts } from '../scenario/kubernetes/SourceDrafts.ts';
import { bytesOf, draftsOf } from './storedDrafts.ts';
import { version } from './version.ts';

/** Goes up with every change of {@link SourceDrafts}, of what is in it, and of how it is written. */
export const FORMAT = 7;
/** Smaller dumps are read about as fast as a snapshot of them would be. */
const LARGE = 16 << 20;
/** Half-written snapshots older than this belong to no running process. */
const LEFTOVER_MILLISECONDS = 3_600_000;
const CHECKSUM_BYTES = 4;

/** For each `--snapshot` the size from which on dumps have one. */
export const leastBytesFor = { keep: LARGE, none: Number.POSITIVE_INFINITY } as const;

/**
 * The parsed form of a large dump, kept in a hidden file beside it: `.dump.json.rollcast` for `dump.json`. It holds only what the model has
 * fields for, so nothing from Secrets and no container environments.
 *
 * It is valid only for the very dump it was made from, recognized by size, modification time, inode, and the inode's change time, which no
 * program can set back as it can the modification time. It must also come from this version of Rollcast, belong to the dump's owner or to
 * the current user, and have the length and checksum with which it was written. A snapshot that fails any of these counts as absent, and
 * where none can be written the program does without.
 */
export class DumpSnapshot {
  private readonly dump: string;
  private readonly file: string;
  private readonly header: Buffer;

  private constructor(dump: string, header: Buffer) {
    this.dump = dump;
    this.file = join(dirname(dump), `.${basename(dump)}.rollcast`);
    this.header = header;
  }

  /** The place of the snapshot of `dump`, undefined when that is no file of at least `leastBytes`. */
  static of(dump: string, leastBytes: number): DumpSnapshot | undefined {
    const header = headerFor(dump, leastBytes);
    return header && new DumpSnapshot(dump, header);
  }

  /** The parsed dump; undefined without a valid snapshot. */
  read(): SourceDrafts | undefined {
    return orNothing(() => {
      const bytes = readOwn(this.file, statSync(this.dump).uid);
      const payload = bytes && payloadOf(bytes, this.header);
      return payload && draftsOf(payload);
    });
  }

  /** Writes the parsed dump; does nothing if the dump has changed since it was opened. */
  write(drafts: SourceDrafts): void {
    if (!headerFor(this.dump, 0)?.equals(this.header)) return;
    const unfinished = `${this.file}.${process.pid}`;
    orNothing(() => {
      removeLeftovers(this.file, unfinished);
      const payload = bytesOf(drafts);
      const checksum = Buffer.alloc(CHECKSUM_BYTES);
      checksum.writeUInt32BE(crc32(payload));
      writeNew(unfinished, [this.header, checksum, payload], statSync(this.dump).mode & 0o666);
      renameSync(unfinished, this.file);
    });
    orNothing(() => rmSync(unfinished, { force: true }));
  }
}

/** What a snapshot of `dump` as it is now begins with. */
function headerFor(dump: string, leastBytes: number): Buffer | undefined {
  const stat = statSync(dump, { bigint: true, throwIfNoEntry: false });
  if (!stat?.isFile() || stat.size < leastBytes) return undefined;
  const { size, mtimeNs, ctimeNs, ino } = stat;
  const key = [FORMAT, version, process.versions.v8, size, mtimeNs, ctimeNs, ino];
  return Buffer.from(`Rollcast snapshot ${key.join(' ')}\n`);
}

/** Opens a file that is not a link and belongs to `owner` or to the current user; files of anybody else are not trusted. */
function readOwn(file: string, owner: number): Buffer | undefined {
  if (!lstatSync(file).isFile()) return undefined;
  const descriptor = openSync(file, 'r');
  try {
    const { uid } = fstatSync(descriptor);
    return uid === owner || uid === process.geteuid?.() ? readFileSync(descriptor) : undefined;
  } finally {
    closeSync(descriptor);
  }
}

function payloadOf(bytes: Buffer, header: Buffer): Buffer | undefined {
  const start = header.length + CHECKSUM_BYTES;
  if (bytes.length <= start || !bytes.subarray(0, header.length).equals(header)) return undefined;
  const payload = bytes.subarray(start);
  return bytes.readUInt32BE(header.length) === crc32(payload) ? payload : undefined;
}

function removeLeftovers(file: string, unfinished: string): void {
  rmSync(unfinished, { force: true });
  const names = readdirSync(dirname(file)).filter((name) => name.startsWith(`${basename(file)}.`));
  for (const leftover of names.map((name) => join(dirname(file), name))) {
    if (Date.now() - lstatSync(leftover).mtimeMs > LEFTOVER_MILLISECONDS) rmSync(leftover);
  }
}

function writeNew(file: string, parts: readonly Buffer[], mode: number): void {
  const descriptor = openSync(file, 'wx', mode);
  try {
    for (const part of parts) writeAll(descriptor, part);
  } finally {
    closeSync(descriptor);
  }
}

function writeAll(descriptor: number, bytes: Buffer): void {
  for (let written = 0; written < bytes.length; ) written += writeSync(descriptor, bytes, written);
}

/** What `attempt` gives; undefined when it fails, for whatever reason: a snapshot is never needed. */
function orNothing<T>(attempt: () => T): T | undefined {
  try {
    return attempt();
  } catch {
    return undefined;
  }
}
