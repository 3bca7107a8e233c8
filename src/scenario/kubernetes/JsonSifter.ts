import { MAX_DEPTH } from '../guardText.ts';
import { endOfNumber, endOfString, endOfWord } from './jsonTokens.ts';

/** What to take out of an object: members by name, of sections by name (`{metadata: {managedFields: …}}`). */
export type SiftRules<Rule> = Readonly<Record<string, Readonly<Record<string, Rule>>>>;

/** A member of a section that was taken out. Offsets are in bytes from the beginning of the object. */
export interface TakenMember<Rule> {
  readonly section: string;
  readonly name: string;
  readonly rule: Rule;
  readonly valueStart: number;
  readonly valueEnd: number;
  /** What to leave out of the text so that the rest is JSON: the member with one of the commas around it. */
  readonly from: number;
  readonly to: number;
}

/** One valid JSON object in a longer text. */
export interface SiftedObject<Rule> {
  /** The offset after its closing brace. */
  readonly end: number;
  /** Line breaks inside of it, and the offset after the last one (its own start when there is none). */
  readonly lineBreaks: number;
  readonly lineStart: number;
  /** In the order of the text. */
  readonly taken: readonly TakenMember<Rule>[];
}

const [QUOTE, BACKSLASH, NEWLINE, COMMA, COLON, SPACE] = [0x22, 0x5c, 0x0a, 0x2c, 0x3a, 0x20];
const [OPEN_BRACE, CLOSE_BRACE, OPEN_BRACKET, CLOSE_BRACKET] = [0x7b, 0x7d, 0x5b, 0x5d];
const NOTHING = new Uint8Array(0);
const FAILED = -1;
/** Of an object alone: it may stand in a list, which counts too. */
const DEEPEST = MAX_DEPTH - 2;

/**
 * Goes over one JSON object on its bytes, once: checks it as strictly as JSON.parse does, finds its end, counts its lines and finds the
 * members that need no parsing.
 *
 * Every method that takes an offset returns the one after what it read, or -1 when that is not all there or no JSON.
 */
export class JsonSifter<Rule> {
  private readonly sections: readonly NamedBytes<readonly NamedBytes<Rule>[]>[];
  private bytes: Uint8Array = NOTHING;
  private start = 0;
  private lineBreaks = 0;
  private lineStart = 0;
  private taken: TakenMember<Rule>[] = [];
  private seen: string[] = [];

  constructor(rules: SiftRules<Rule>) {
    this.sections = named(Object.entries(rules).map(([section, members]) => [section, named(Object.entries(members))]));
  }

  /**
   * The object that begins at `start`. Undefined when it does not end in `bytes`, is no JSON, has a member `items` (a list is split, not
   * read as one object) or names one of its sections twice.
   */
  sift(bytes: Uint8Array, start: number): SiftedObject<Rule> | undefined {
    this.bytes = bytes;
    this.start = start;
    this.lineBreaks = 0;
    this.lineStart = start;
    this.taken = [];
    this.seen = [];
    const end = this.members(start, (key, keyEnd, value) => this.topMember(key, keyEnd, value));
    return end === FAILED ? undefined : { end, lineBreaks: this.lineBreaks, lineStart: this.lineStart, taken: this.taken };
  }

  private topMember(key: number, keyEnd: number, value: number): number {
    if (isNamed(this.bytes, key, keyEnd, ITEMS)) return FAILED;
    const section = findNamed(this.sections, this.bytes, key, keyEnd);
    if (!section) return this.value(value, 1);
    if (this.seen.includes(section.name)) return FAILED;
    this.seen.push(section.name);
    return this.bytes[value] === OPEN_BRACE ? this.section(section, value) : this.value(value, 1);
  }

  private section({ name: section, of: rules }: NamedBytes<readonly NamedBytes<Rule>[]>, open: number): number {
    let hasKept = false;
    let comma = FAILED;
    return this.members(open, (key, keyEnd, value) => {
      const valueEnd = this.value(value, 2);
      const next = valueEnd === FAILED ? FAILED : this.space(valueEnd);
      const rule = findNamed(rules, this.bytes, key, keyEnd);
      const isLast = this.bytes[next] !== COMMA;
      if (rule && valueEnd !== FAILED) {
        this.taken.push({
          section,
          name: rule.name,
          rule: rule.of,
          valueStart: value - this.start,
          valueEnd: valueEnd - this.start,
          from: (hasKept ? comma : key) - this.start,
          to: (hasKept || isLast ? valueEnd : next + 1) - this.start,
        });
      } else hasKept = true;
      comma = next;
      return next;
    });
  }

  /** The members of the object that opens at `open`; `member` gets the offsets of the key, of its end and of the value. */
  private members(open: number, member: (key: number, keyEnd: number, value: number) => number): number {
    const { bytes } = this;
    let at = this.space(open + 1);
    if (bytes[at] === CLOSE_BRACE) return at + 1;
    for (;;) {
      const keyEnd = bytes[at] === QUOTE ? endOfString(bytes, at) : FAILED;
      if (keyEnd === FAILED || hasBackslash(bytes, at, keyEnd)) return FAILED;
      const colon = this.space(keyEnd);
      if (bytes[colon] !== COLON) return FAILED;
      const end = member(at, keyEnd, this.space(colon + 1));
      if (end === FAILED) return FAILED;
      const next = this.space(end);
      if (bytes[next] === CLOSE_BRACE) return next + 1;
      if (bytes[next] !== COMMA) return FAILED;
      at = this.space(next + 1);
    }
  }

  private value(at: number, depth: number): number {
    const byte = this.bytes[at];
    if (byte === QUOTE) return endOfString(this.bytes, at);
    if (byte === OPEN_BRACE) return this.object(at, depth + 1);
    if (byte === OPEN_BRACKET) return this.list(at, depth + 1);
    return byte !== undefined && byte > 0x60 ? endOfWord(this.bytes, at) : endOfNumber(this.bytes, at);
  }

  private object(open: number, depth: number): number {
    if (depth > DEEPEST) return FAILED;
    const { bytes } = this;
    let at = this.space(open + 1);
    if (bytes[at] === CLOSE_BRACE) return at + 1;
    for (;;) {
      if (bytes[at] !== QUOTE) return FAILED;
      const keyEnd = endOfString(bytes, at);
      if (keyEnd === FAILED) return FAILED;
      const colon = this.space(keyEnd);
      if (bytes[colon] !== COLON) return FAILED;
      const end = this.value(this.space(colon + 1), depth);
      if (end === FAILED) return FAILED;
      const next = this.space(end);
      if (bytes[next] === CLOSE_BRACE) return next + 1;
      if (bytes[next] !== COMMA) return FAILED;
      at = this.space(next + 1);
    }
  }

  private list(open: number, depth: number): number {
    if (depth > DEEPEST) return FAILED;
    const { bytes } = this;
    let at = this.space(open + 1);
    if (bytes[at] === CLOSE_BRACKET) return at + 1;
    for (;;) {
      const end = this.value(at, depth);
      if (end === FAILED) return FAILED;
      const next = this.space(end);
      if (bytes[next] === CLOSE_BRACKET) return next + 1;
      if (bytes[next] !== COMMA) return FAILED;
      at = this.space(next + 1);
    }
  }

  /** The offset of the next byte that is no white space. */
  private space(start: number): number {
    const { bytes } = this;
    let at = start;
    for (;;) {
      const byte = bytes[at];
      if (byte === SPACE) at += 1;
      else if (byte === NEWLINE) {
        at += 1;
        this.lineBreaks += 1;
        this.lineStart = at;
      } else if (byte === 0x09 || byte === 0x0d) at += 1;
      else return at;
    }
  }
}

/** Something under a name, and the name as it stands in a JSON text, in quotes. */
interface NamedBytes<Of> {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly of: Of;
}

function named<Of>(entries: readonly (readonly [string, Of])[]): NamedBytes<Of>[] {
  return entries.map(([name, of]) => ({ name, bytes: quoted(name), of }));
}

function quoted(name: string): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(name));
}

const ITEMS = quoted('items');

function findNamed<Of>(all: readonly NamedBytes<Of>[], bytes: Uint8Array, from: number, to: number): NamedBytes<Of> | undefined {
  for (const each of all) if (isNamed(bytes, from, to, each.bytes)) return each;
  return undefined;
}

function isNamed(bytes: Uint8Array, from: number, to: number, name: Uint8Array): boolean {
  if (to - from !== name.length) return false;
  for (let index = 1; index < name.length; index += 1) if (bytes[from + index] !== name[index]) return false;
  return true;
}

function hasBackslash(bytes: Uint8Array, from: number, to: number): boolean {
  for (let at = from; at < to; at += 1) if (bytes[at] === BACKSLASH) return true;
  return false;
}
