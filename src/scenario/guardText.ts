import { Lexer } from 'yaml';
import type { Fault, Position } from '../errors.ts';

/** How deep a document may nest; Kubernetes objects stay far below. */
export const MAX_DEPTH = 100;

/** Characters of one text; cluster dumps beyond this are JSON and split into their items before they come here. */
const MAX_LENGTH = 20_000_000;
/** Columns that indentation and list dashes of one line may take: each block level takes at least one. */
const MAX_INDENT = 1000;
/** Aliases (`*name`) of one text: resolving each takes time in proportion to the document. */
const MAX_ALIASES = 2000;
const TOO_DEEP = `nesting is deeper than ${MAX_DEPTH}`;

/**
 * The fault of a text that the parser must not get: too long, or nested so deeply that the parser's recursion would crash the program.
 * @returns undefined when the text may be parsed.
 */
export function guardText(text: string, file: string): Fault | undefined {
  if (text.length > MAX_LENGTH) return tooLarge(`the text is longer than ${MAX_LENGTH} characters`, { file, line: 1, column: 1 });
  const indented = deepIndentation(text);
  if (indented !== undefined) return tooLarge(TOO_DEEP, positionAt(text, indented, file));
  const excess = excessToken(text);
  return excess && tooLarge(excess.message, positionAt(text, excess.offset, file));
}

/** Whether `value` nests deeper than {@link MAX_DEPTH}, as aliases allow without a deep text. */
export function isTooDeep(value: unknown, depth = 0): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return depth >= MAX_DEPTH || Object.values(value).some((item) => isTooDeep(item, depth + 1));
}

function deepIndentation(text: string): number | undefined {
  let start = 0;
  for (const line of text.split('\n')) {
    const prefix = /^[ \t]*(?:[-?:][ \t]+)*/.exec(line)?.[0].length ?? 0;
    if (prefix > MAX_INDENT && prefix < line.length) return start + MAX_INDENT;
    start += line.length + 1;
  }
  return undefined;
}

function excessToken(text: string): { message: string; offset: number } | undefined {
  let depth = 0;
  let aliases = 0;
  let offset = 0;
  for (const token of new Lexer().lex(text)) {
    if (token === '[' || token === '{') depth += 1;
    else if (token === ']' || token === '}') depth -= 1;
    else if (token.startsWith('*')) aliases += 1;
    if (depth > MAX_DEPTH) return { message: TOO_DEEP, offset };
    if (aliases > MAX_ALIASES) return { message: `more than ${MAX_ALIASES} aliases (*name)`, offset };
    offset += isMarker(token) ? 0 : token.length;
  }
  return undefined;
}

/** Tokens that the lexer puts in without a counterpart in the text: document start, flow end, scalar start. */
function isMarker(token: string): boolean {
  return token === '\u0002' || token === '\u0018' || token === '\u001f';
}

function positionAt(text: string, offset: number, file: string): Position {
  const before = text.slice(0, offset).split('\n');
  return { file, line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}

function tooLarge(message: string, position: Position): Fault {
  return { code: 'SCENARIO_TOO_LARGE', message, position, hint: 'flatten the document' };
}
