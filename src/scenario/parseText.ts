import {
  type Document,
  type ErrorCode,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  type Pair,
  parseAllDocuments,
  visit,
} from 'yaml';
import type { Fault, Position } from '../errors.ts';
import { guardText, isTooDeep, MAX_DEPTH } from './guardText.ts';
import type { LocatedObject } from './LocatedObject.ts';

/** What a text holds: its documents in order, empty ones left out, and what is wrong with the others. */
export interface ParsedText {
  readonly documents: LocatedObject[];
  readonly faults: Fault[];
}

/**
 * Reads YAML 1.2 or JSON text, also of several documents, and keeps the position of every value.
 *
 * Never throws: text that is too large or too deep, a broken document, a duplicate key, an unknown tag and an alias bomb are faults
 * with a position. No fault repeats a value of the text, since it might be a secret.
 */
export function parseText(text: string, file: string): ParsedText {
  const guarded = guardText(text, file);
  if (guarded) return { documents: [], faults: [guarded] };
  const lines = new LineCounter();
  const at = (offset: number): Position => positionOf(lines, file, offset);
  const parsed: ParsedText = { documents: [], faults: [] };
  for (const document of parseDocuments(text, lines)) {
    const faults = faultsOf(document, text, at);
    parsed.faults.push(...faults);
    if (faults.length > 0 || isEmpty(document)) continue;
    const value = readValue(document, at);
    if ('fault' in value) parsed.faults.push(value.fault);
    else parsed.documents.push({ value: value.value, locate: (path, part = 'value') => at(offsetOf(document, path, part)) });
  }
  return parsed;
}

function parseDocuments(text: string, lineCounter: LineCounter): Document.Parsed[] {
  const documents = parseAllDocuments(text, { lineCounter, version: '1.2', merge: true, prettyErrors: false, uniqueKeys: false });
  return 'empty' in documents ? [] : documents;
}

function positionOf(lines: LineCounter, file: string, offset: number): Position {
  const { line, col } = lines.linePos(offset);
  return { file, line: Math.max(line, 1), column: Math.max(col, 1) };
}

function isEmpty({ contents }: Document.Parsed): boolean {
  return contents === null || (isScalar(contents) && contents.value === null);
}

function faultsOf(document: Document.Parsed, text: string, at: (offset: number) => Position): Fault[] {
  const [first] = [...document.errors, ...document.warnings];
  if (!first) return duplicateKeys(document, at);
  const end = text.trimEnd().length;
  const [offset] = first.pos;
  return [
    offset >= end - 1 && document.errors.length > 0
      ? syntaxFault('the text ends before the document is complete', at(Math.min(offset, end)), 'is the file truncated?')
      : syntaxFault(WORDINGS[first.code], at(offset), 'look at the indentation, the quotes and the brackets before this place'),
  ];
}

/** What the parser found, in words of our own: its messages may quote a piece of the text. */
const WORDINGS: Readonly<Record<ErrorCode, string>> = {
  ALIAS_PROPS: 'an alias (*name) has a tag or an anchor of its own',
  BAD_ALIAS: 'an alias (*name) that names no anchor (&name) before it',
  BAD_COLLECTION_TYPE: 'a tag that does not go with this kind of value',
  BAD_DIRECTIVE: 'a line that begins with % and is no YAML directive',
  BAD_DQ_ESCAPE: 'a backslash in double quotes before something that it cannot escape',
  BAD_INDENT: 'wrong indentation',
  BAD_PROP_ORDER: 'a tag or an anchor in the wrong place',
  BAD_SCALAR_START: 'text that begins with a character which needs quotes',
  BLOCK_AS_IMPLICIT_KEY: 'a second "key: value" on one line, or a list in the place of a value',
  BLOCK_IN_FLOW: 'indented lines inside of { } or [ ]',
  DUPLICATE_KEY: 'a key that is there twice',
  IMPOSSIBLE: 'this is no YAML',
  KEY_OVER_1024_CHARS: 'a key of more than 1024 characters',
  MISSING_CHAR: 'a quote, bracket, comma, colon or space is missing',
  MULTILINE_IMPLICIT_KEY: 'a key over several lines',
  MULTIPLE_ANCHORS: 'two anchors at one value',
  MULTIPLE_DOCS: 'more than one document',
  MULTIPLE_TAGS: 'two tags at one value',
  NON_STRING_KEY: 'a key that is no text',
  RESOURCE_EXHAUSTION: 'nested too deep',
  TAB_AS_INDENT: 'a tab as indentation; YAML wants spaces',
  TAG_RESOLVE_FAILED: 'a tag (!name) that is not known',
  UNEXPECTED_TOKEN: 'something that cannot stand here',
};

function duplicateKeys(document: Document.Parsed, at: (offset: number) => Position): Fault[] {
  const faults: Fault[] = [];
  visit(document, {
    Map(_, map) {
      const seen = new Set<string>();
      for (const { key } of map.items) {
        const name = keyName(key);
        if (seen.has(name) && name !== '<<')
          faults.push(syntaxFault(`the key "${name}" is there twice`, at(startOf(key) ?? 0), 'leave one of them out'));
        seen.add(name);
      }
    },
  });
  return faults;
}

function keyName(key: unknown): string {
  return String(isScalar(key) ? key.value : key);
}

function startOf(node: unknown): number | undefined {
  return typeof node === 'object' && node !== null && 'range' in node ? (node as Node).range?.[0] : undefined;
}

function readValue(document: Document.Parsed, at: (offset: number) => Position): { value: unknown } | { fault: Fault } {
  const start = at(document.contents?.range?.[0] ?? 0);
  try {
    const value: unknown = document.toJS({ maxAliasCount: 100 });
    return isTooDeep(value) ? { fault: tooLarge(`nesting is deeper than ${MAX_DEPTH}`, start, 'flatten the document') } : { value };
  } catch {
    return { fault: tooLarge('aliases (*name) expand to too much', start, 'write the repeated parts out') };
  }
}

function offsetOf(document: Document.Parsed, path: readonly PropertyKey[], part: 'key' | 'value'): number {
  let node: unknown = document.contents;
  let offset = startOf(node) ?? 0;
  for (const [index, segment] of path.entries()) {
    const container = isAlias(node) ? node.resolve(document) : node;
    const pair = isMap(container) ? pairAt(container.items, segment) : undefined;
    if (pair && part === 'key' && index === path.length - 1) return startOf(pair.key) ?? offset;
    node = pair ? (pair.value ?? pair.key) : isSeq(container) ? container.items[Number(segment)] : undefined;
    offset = startOf(node) ?? offset;
    if (node === undefined) break;
  }
  return offset;
}

function pairAt(items: readonly Pair[], segment: PropertyKey): Pair | undefined {
  return items.find(({ key }) => keyName(key) === String(segment));
}

function syntaxFault(message: string, position: Position, hint: string): Fault {
  return { code: 'SCENARIO_SYNTAX', message, position, hint };
}

function tooLarge(message: string, position: Position, hint: string): Fault {
  return { code: 'SCENARIO_TOO_LARGE', message, position, hint };
}
