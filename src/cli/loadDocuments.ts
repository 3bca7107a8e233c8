import { closeSync, openSync, readSync } from 'node:fs';
import { dirname, isAbsolute, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Fault } from '../errors.ts';
import type { ObjectReader } from '../scenario/kubernetes/ObjectReader.ts';
import { parseJson } from '../scenario/kubernetes/parseJson.ts';
import type { LocatedObject } from '../scenario/LocatedObject.ts';
import { parseText } from '../scenario/parseText.ts';
import type { LoadedObjects } from '../scenario/readCluster.ts';
import { DumpSnapshot } from './DumpSnapshot.ts';
import { findFiles } from './findFiles.ts';
import { utf16Of } from './readText.ts';

const CHUNK_BYTES = 1 << 20;
/** Beyond this, text in braces is read as JSON even if its file is named `.yaml`. */
const YAML_BYTES = 4 << 20;
/** Unpacked size of a compressed dump. */
const MAX_UNPACKED = 2 ** 31;
const STDIN = 0;

/**
 * The objects that one entry of `cluster.load` names: a file, a folder, a pattern or `-` (standard input); JSON, JSON lines, YAML, each
 * also gzipped, in UTF-8 or as PowerShell redirects it, UTF-16 with a byte order mark. Paths are relative to the folder of `scenarioFile`.
 *
 * Files are read object by object, so that a large dump is never in memory as a whole. A file of at least `leastBytes` is read from the
 * snapshot beside it, or gets one: see {@link DumpSnapshot}.
 */
export function loadDocuments(entry: string, scenarioFile: string, leastBytes: number): LoadedObjects {
  return {
    read(reader) {
      const faults: Fault[] = [];
      for (const file of filesOf(entry, scenarioFile, faults)) loadFile(file, reader, { faults, leastBytes });
      return faults;
    },
  };
}

/**
 * The documents that `entry`, as {@link loadDocuments} takes it, names on the command line, one by one and without any snapshot; what is wrong
 * with their files is added to `faults`.
 */
export function* documentsOf(entry: string, faults: Fault[]): Generator<LocatedObject> {
  for (const file of filesOf(entry, undefined, faults)) yield* readFile(file, faults);
}

/** Paths are relative to the folder of `scenarioFile`; without one, to the working directory. */
function filesOf(entry: string, scenarioFile: string | undefined, faults: Fault[]): readonly string[] {
  if (entry === '-') return ['-'];
  const path = isAbsolute(entry) ? entry : join(dirname(scenarioFile ?? ''), entry);
  const files = findFiles(path);
  if (files.length === 0) {
    const hint =
      scenarioFile === undefined ? 'dump with kubectl get … -o json > FILE' : 'paths in cluster.load are relative to the scenario file';
    faults.push({ code: 'FILE_UNREADABLE', message: `no YAML or JSON file at ${path}`, hint });
  }
  return files;
}

function loadFile(
  file: string,
  reader: ObjectReader,
  { faults, leastBytes }: { readonly faults: Fault[]; readonly leastBytes: number },
): void {
  const snapshot = DumpSnapshot.of(file, leastBytes);
  const stored = snapshot?.read();
  if (stored && reader.restore(stored, file) === 'restored') return;
  const before = faults.length;
  const drafts = reader.read(readFile(file, faults));
  if (drafts && faults.length === before) snapshot?.write(drafts);
}

function* readFile(file: string, faults: Fault[]): Generator<LocatedObject> {
  try {
    yield* parseChunks(peeked(chunksOf(file)), file, faults);
  } catch (error) {
    if (!isSystemError(error)) throw error;
    const hint = UNPACKING.test(error.code) ? 'is the gzip file truncated?' : 'is it a file that you may read?';
    faults.push({ code: 'FILE_UNREADABLE', message: `cannot read ${file}: ${error.code}`, hint });
  }
}

const UNPACKING = /^Z_/;

interface Peeked {
  /** The first bytes, without a byte order mark. */
  readonly first: Uint8Array;
  readonly chunks: Iterable<Uint8Array>;
}

function* parseChunks({ first, chunks }: Peeked, file: string, faults: Fault[]): Generator<LocatedObject> {
  if (isBraced(first) && (!/\.ya?ml(\.gz)?$/i.test(file) || first.length >= YAML_BYTES)) {
    yield* parseJson(chunks, file, faults);
    return;
  }
  const parsed = parseText(Buffer.concat([...copies(chunks)]).toString('utf8'), file);
  faults.push(...parsed.faults);
  yield* parsed.documents;
}

/** Enough of the beginning to tell how to read the rest. */
function peeked(chunks: Generator<Uint8Array>): Peeked {
  const parts: Uint8Array[] = [];
  let length = 0;
  for (let next = chunks.next(); !next.done; next = chunks.next()) {
    parts.push(Buffer.from(next.value));
    length += next.value.length;
    if (length >= YAML_BYTES) break;
  }
  const first = withoutMark(Buffer.concat(parts));
  return { first, chunks: joined(first, chunks) };
}

function* joined(first: Uint8Array, rest: Iterable<Uint8Array>): Generator<Uint8Array> {
  yield first;
  yield* rest;
}

function* copies(chunks: Iterable<Uint8Array>): Generator<Uint8Array> {
  for (const chunk of chunks) yield Buffer.from(chunk);
}

/** The text of a file in UTF-8, whatever its compression and encoding; each chunk is valid until the next one is asked for. */
function* chunksOf(file: string): Generator<Uint8Array> {
  const chunks = unpacked(rawChunksOf(file));
  const first = chunks.next();
  if (first.done) return;
  const encoding = utf16Of(first.value);
  if (encoding === undefined) yield* joined(first.value, chunks);
  else {
    const decoder = new TextDecoder(encoding);
    for (const chunk of joined(first.value, chunks)) yield Buffer.from(decoder.decode(chunk, { stream: true }));
  }
}

/** `chunks`, unpacked if they are gzipped. That is decided by the first bytes, since a name may lie and standard input has none. */
function* unpacked(chunks: Generator<Uint8Array>): Generator<Uint8Array> {
  const first = chunks.next();
  if (first.done) return;
  if (first.value[0] !== 0x1f || first.value[1] !== 0x8b) yield* joined(first.value, chunks);
  else yield gunzipSync(Buffer.concat([...copies(joined(first.value, chunks))]), { maxOutputLength: MAX_UNPACKED });
}

function* rawChunksOf(file: string): Generator<Uint8Array> {
  const descriptor = file === '-' ? STDIN : openSync(file, 'r');
  try {
    const buffer = Buffer.allocUnsafeSlow(CHUNK_BYTES);
    for (let chunk = readChunk(descriptor, buffer); chunk.length > 0; chunk = readChunk(descriptor, buffer)) yield chunk;
  } finally {
    if (descriptor !== STDIN) closeSync(descriptor);
  }
}

/** Reads the next bytes of a file into `buffer`; none at its end. A pipe that has nothing yet is read again. */
function readChunk(descriptor: number, buffer: Buffer): Uint8Array {
  for (;;) {
    try {
      return buffer.subarray(0, readSync(descriptor, buffer));
    } catch (error) {
      if (!isSystemError(error) || (error.code !== 'EAGAIN' && error.code !== 'EOF')) throw error;
      if (error.code === 'EOF') return buffer.subarray(0, 0);
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
    }
  }
}

function isBraced(bytes: Uint8Array): boolean {
  const start = bytes.findIndex((byte) => byte > 0x20);
  return bytes[start] === 0x7b || bytes[start] === 0x5b;
}

function withoutMark(bytes: Uint8Array): Uint8Array {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes;
}

function isSystemError(error: unknown): error is Error & { readonly code: string } {
  return error instanceof Error && 'code' in error && typeof error.code === 'string';
}
