import { MAX_DEPTH } from '../guardText.ts';
import type { JsonSifter, SiftedObject, TakenMember } from './JsonSifter.ts';

/** One object cut out of a JSON text, not parsed yet. Good only until the next one is asked for. */
export interface JsonPiece<Rule> {
  readonly bytes: Uint8Array;
  /** Members that need not be parsed with the rest, with offsets in `bytes`; only for objects known to be valid. */
  readonly taken: readonly TakenMember<Rule>[];
  /** Where it begins; lines and columns (in bytes) count from 1. */
  readonly line: number;
  readonly column: number;
  /** `apiVersion` and `kind` that its list gives to items without, none for an object that is in no list. */
  readonly inherited: Readonly<Record<string, string>>;
}

/** Why the rest of a text cannot be split, and where. */
export interface SplitStop {
  readonly reason: 'truncated' | 'tooDeep' | 'noJson';
  readonly line: number;
  readonly column: number;
}

const [QUOTE, BACKSLASH, NEWLINE, COMMA] = [0x22, 0x5c, 0x0a, 0x2c];
const [OPEN_BRACE, CLOSE_BRACE, OPEN_BRACKET, CLOSE_BRACKET] = [0x7b, 0x7d, 0x5b, 0x5d];

/**
 * Cuts JSON that comes in chunks of bytes into its objects: the items of a list one by one, and each object of JSON lines.
 *
 * Never holds more than one object, because a dump of 150,000 pods exceeds the engine's limit on strings. Checks only brackets and strings;
 * whether an object is valid shows when it is parsed. Most objects are valid and lie within one chunk, and for those the sifter does
 * everything in one pass.
 */
export class JsonSplitter<Rule> {
  /** Set when the text cannot be split any further. */
  stop: SplitStop | undefined;
  private readonly sifter: JsonSifter<Rule>;
  private depth = 0;
  /** Depth at which the items of the current list stand, 0 outside of a list. */
  private itemDepth = 0;
  private inString = false;
  private isEscaped = false;
  private isAfterList = false;
  private line = 1;
  /** Bytes of the text before the current line and before the current chunk. */
  private lineStart = 0;
  private chunkStart = 0;
  private inherited: Readonly<Record<string, string>> = {};
  /** The object that is being read: its earlier chunks and where it began. */
  private parts: Uint8Array[] = [];
  private begin: { readonly line: number; readonly column: number } | undefined;

  constructor(sifter: JsonSifter<Rule>) {
    this.sifter = sifter;
  }

  /** The objects that end in `chunk`, whose memory may be used again once they were all taken. */
  *push(chunk: Uint8Array): Generator<JsonPiece<Rule>> {
    let from = 0;
    for (let index = 0; index < chunk.length && !this.stop; index += 1) {
      if (this.inString) index = this.endOfString(chunk, index);
      const byte = chunk[index];
      if (byte === undefined) break;
      if (byte === NEWLINE) this.breakLine(index);
      else if (byte === QUOTE && (this.begin || this.isAfterList)) this.inString = true;
      else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) {
        if (this.startsPiece(byte, index)) {
          const sifted = this.sifter.sift(chunk, index);
          if (sifted) {
            yield this.wholePiece(chunk.subarray(index, sifted.end), sifted);
            index = this.pass(sifted);
            continue;
          }
          from = index;
        }
        if (byte === OPEN_BRACKET && this.depth === 1 && this.begin) this.openList(chunk.subarray(from, index));
        this.enter(index);
      } else if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) {
        const piece = this.leave(chunk, from, index);
        if (piece) yield piece;
      } else if (!this.begin && !this.isAfterList && !isBetween(byte)) this.halt('noJson', index);
    }
    if (this.begin) this.parts.push(Uint8Array.from(chunk.subarray(from)));
    this.chunkStart += chunk.length;
  }

  /** Says that the text is over: an object that is still open was cut off. */
  end(): void {
    if (!this.stop && (this.depth > 0 || this.inString)) this.halt('truncated', 0);
  }

  private breakLine(index: number): void {
    this.line += 1;
    this.lineStart = this.chunkStart + index + 1;
  }

  /** The index after the string that `start` is inside of, or the length of `chunk` if the string continues in the next chunk. */
  private endOfString(chunk: Uint8Array, start: number): number {
    let index = this.isEscaped ? start + 1 : start;
    this.isEscaped = false;
    for (; index < chunk.length; index += 1) {
      const byte = chunk[index];
      if (byte === BACKSLASH) index += 1;
      else if (byte === QUOTE) {
        this.inString = false;
        return index + 1;
      }
    }
    this.isEscaped = index > chunk.length;
    return chunk.length;
  }

  /** Whether an object of interest begins here. A bracket outside of everything opens a plain list of objects. */
  private startsPiece(byte: number, index: number): boolean {
    if (this.begin || this.isAfterList || this.depth !== this.itemDepth) return false;
    if (byte === OPEN_BRACKET) {
      if (this.depth === 0) this.itemDepth = 1;
      else this.halt('noJson', index);
      return false;
    }
    this.begin = { line: this.line, column: this.chunkStart + index - this.lineStart + 1 };
    this.parts = [];
    return true;
  }

  private wholePiece(bytes: Uint8Array, { taken }: SiftedObject<Rule>): JsonPiece<Rule> {
    return { bytes, taken, ...this.place(), inherited: this.inherited };
  }

  private place() {
    return this.begin ?? { line: this.line, column: 1 };
  }

  /** Goes over an object that was sifted; gives the index of its last byte. */
  private pass({ end, lineBreaks, lineStart }: SiftedObject<Rule>): number {
    this.begin = undefined;
    this.line += lineBreaks;
    if (lineBreaks > 0) this.lineStart = this.chunkStart + lineStart;
    return end - 1;
  }

  /** Turns from the object being read to its items, if it is a list and this bracket opens them. */
  private openList(rest: Uint8Array): void {
    if (this.itemDepth > 0) return;
    const prefix = new TextDecoder().decode(this.bytesWith(rest));
    if (!/"items"\s*:\s*$/.test(prefix)) return;
    const { apiVersion, kind } = headerOf(`${prefix}[]}`);
    if (kind !== undefined && !kind.endsWith('List')) return;
    this.inherited = kind === undefined || kind === 'List' ? {} : { apiVersion: apiVersion ?? 'v1', kind: kind.slice(0, -'List'.length) };
    this.itemDepth = 2;
    this.begin = undefined;
  }

  private enter(index: number): void {
    this.depth += 1;
    if (this.depth > MAX_DEPTH) this.halt('tooDeep', index);
  }

  private leave(chunk: Uint8Array, from: number, index: number): JsonPiece<Rule> | undefined {
    this.depth -= 1;
    if (this.depth < 0) this.halt('noJson', index);
    if (this.begin && this.depth === this.itemDepth) {
      const piece = { bytes: this.bytesWith(chunk.subarray(from, index + 1)), taken: [], ...this.begin, inherited: this.inherited };
      this.begin = undefined;
      return piece;
    }
    if (!this.begin && this.depth < this.itemDepth) this.closeList();
    if (this.depth === 0) this.isAfterList = false;
    return undefined;
  }

  private closeList(): void {
    this.isAfterList = true;
    this.itemDepth = 0;
    this.inherited = {};
  }

  private bytesWith(rest: Uint8Array): Uint8Array {
    const parts = [...this.parts, rest];
    const bytes = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
    let at = 0;
    for (const part of parts) {
      bytes.set(part, at);
      at += part.length;
    }
    return bytes;
  }

  private halt(reason: SplitStop['reason'], index: number): void {
    this.stop = { reason, line: this.line, column: this.chunkStart + index - this.lineStart + 1 };
  }
}

/** White space and what may stand between objects: commas in a list, the line `---` between documents. */
function isBetween(byte: number): boolean {
  return byte === COMMA || byte === 0x20 || byte === 0x09 || byte === 0x0d || byte === 0x2d;
}

function headerOf(text: string): { readonly apiVersion?: string; readonly kind?: string } {
  try {
    const header: unknown = JSON.parse(text);
    return typeof header === 'object' && header !== null ? pickTexts(header) : {};
  } catch {
    return {};
  }
}

function pickTexts(header: object): { readonly apiVersion?: string; readonly kind?: string } {
  return Object.fromEntries(Object.entries(header).filter(([, value]) => typeof value === 'string'));
}
