import { MAX_DEPTH } from '../guardText.ts';
import { endOfNumber, endOfString, endOfWord } from './jsonTokens.ts';
import { type PassedValue, RepeatedValues } from './RepeatedValues.ts';

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
  /** Values with one number have the same text; equal ones may still have several, and scalars all have 0. */
  readonly textNumber: number;
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
const FOUR_SPACES = 0x20202020;
const NOTHING = new Uint8Array(0);
const FAILED = -1;
const NO_NUMBER = 0;
/** Of an object alone: it may stand in a list, which counts too. */
const DEEPEST = MAX_DEPTH - 2;

/**
 * Paths to fields inside the entries of lists: `fieldsV1` in `metadata.managedFields`. An object there is often repeated in the next item.
 */
const REPEATING_DEPTH = 4;
/** More than a section has. */
const MOST_RULES = 50;

/**
 * Scans one JSON object in its bytes, in a single pass: checks it as strictly as JSON.parse does, finds its end, counts its lines and finds
 * the members that need no parsing.
 *
 * Every method that takes an offset returns the offset after what it read, or -1 if that is incomplete or not JSON.
 */
export class JsonSifter<Rule> {
  private readonly sections: readonly NamedBytes<readonly NamedBytes<Rule>[]>[];
  /** The first place of values in no section. */
  private readonly nestedPlace: number;
  private bytes: Uint8Array = NOTHING;
  private start = 0;
  private lineBreaks = 0;
  private lineStart = 0;
  private taken: TakenMember<Rule>[] = [];
  private seen: string[] = [];
  private view: DataView = new DataView(NOTHING.buffer);
  private repeats = new RepeatedValues(this.view);
  /** How many texts of objects and lists got a number, and the number of the last one that was passed. */
  private texts = 0;
  private textNumber = NO_NUMBER;
  /** How many values at {@link REPEATING_DEPTH} the object had so far. */
  private repeating = 0;

  constructor(rules: SiftRules<Rule>) {
    const sections = Object.entries(rules);
    this.sections = named(sections.map(([section, members], index) => [section, named(Object.entries(members), index * MOST_RULES)]));
    this.nestedPlace = sections.length * MOST_RULES;
  }

  /**
   * The object that begins at `start`. Undefined if it does not end within `bytes`, is not JSON, has a member `items` (a list is split, not
   * read as one object) or names one of its sections twice.
   */
  sift(bytes: Uint8Array, start: number): SiftedObject<Rule> | undefined {
    if (bytes !== this.bytes) {
      this.bytes = bytes;
      this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
      this.repeats = new RepeatedValues(this.view);
    }
    this.start = start;
    this.repeating = 0;
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
      const rule = findNamed(rules, this.bytes, key, keyEnd);
      const valueEnd = rule ? this.repeatable(rule.place, value, 2) : this.value(value, 2);
      const { textNumber } = this;
      const next = valueEnd === FAILED ? FAILED : this.space(valueEnd);
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
          textNumber,
        });
      } else hasKept = true;
      comma = next;
      return next;
    });
  }

  /** Reads the members of the object that opens at `open`; `member` gets the offsets of the key, of the key's end, and of the value. */
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

  /** Like {@link value}, but skips in one step an object or a list that repeats the last one in the same `place`. */
  private repeatable(place: number, at: number, depth: number): number {
    const byte = this.bytes[at];
    this.textNumber = NO_NUMBER;
    if (byte !== OPEN_BRACE && byte !== OPEN_BRACKET) return this.value(at, depth);
    const again = this.repeats.find(place, at);
    if (again) return this.passAgain(again, at);
    const linesBefore = this.lineBreaks;
    const end = this.value(at, depth);
    if (end === FAILED) return FAILED;
    this.texts += 1;
    this.textNumber = this.texts;
    this.repeats.keep(place, {
      at,
      length: end - at,
      lineBreaks: this.lineBreaks - linesBefore,
      lineStart: this.lineStart - at,
      textNumber: this.texts,
    });
    return end;
  }

  private passAgain({ length, lineBreaks, lineStart, textNumber }: PassedValue, at: number): number {
    if (lineBreaks > 0) this.lineStart = at + lineStart;
    this.lineBreaks += lineBreaks;
    this.textNumber = textNumber;
    return at + length;
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
      const value = this.space(colon + 1);
      const end = depth === REPEATING_DEPTH && bytes[value] === OPEN_BRACE ? this.nested(value, depth) : this.value(value, depth);
      if (end === FAILED) return FAILED;
      const next = this.space(end);
      if (bytes[next] === CLOSE_BRACE) return next + 1;
      if (bytes[next] !== COMMA) return FAILED;
      at = this.space(next + 1);
    }
  }

  private nested(at: number, depth: number): number {
    this.repeating += 1;
    return this.repeatable(this.nestedPlace + this.repeating, at, depth);
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

  /**
   * The offset of the next byte that is not white space. Pretty-printed dumps consist mostly of white space, so it is skipped four bytes at
   * a time.
   */
  private space(start: number): number {
    const { bytes } = this;
    let at = start;
    for (;;) {
      const byte = bytes[at];
      if (byte === SPACE) at += 1;
      else if (byte === NEWLINE) {
        this.lineBreaks += 1;
        this.lineStart = at + 1;
        at = passSpaces(this.view, at + 1);
      } else if (byte === 0x09 || byte === 0x0d) at += 1;
      else return at;
    }
  }
}

/** The offset of the first four bytes after `start` that are not all spaces; fewer than four may come before. */
function passSpaces(view: DataView, start: number): number {
  const last = view.byteLength - 4;
  let at = start;
  while (at <= last && view.getUint32(at) === FOUR_SPACES) at += 4;
  return at;
}

/** Something under a name, and the name as it stands in a JSON text, in quotes. */
interface NamedBytes<Of> {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly of: Of;
  /** For {@link RepeatedValues}. */
  readonly place: number;
}

function named<Of>(entries: readonly (readonly [string, Of])[], firstPlace = 0): NamedBytes<Of>[] {
  return entries.map(([name, of], index) => ({ name, bytes: quoted(name), of, place: firstPlace + index }));
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
