import type { Fault, Position } from '../../errors.ts';
import { MAX_DEPTH } from '../guardText.ts';
import type { LocatedObject } from '../LocatedObject.ts';
import { parseText } from '../parseText.ts';
import { JsonSifter } from './JsonSifter.ts';
import { type JsonPiece, JsonSplitter, type SplitStop } from './JsonSplitter.ts';
import { jsonOffset } from './jsonOffset.ts';
import { PieceParser } from './PieceParser.ts';
import { type SiftRule, siftRules } from './siftRules.ts';

/**
 * Reads JSON of any size that comes in chunks of bytes: one object, a list (whose items come out one by one) or JSON lines.
 *
 * Yields each object as soon as it is complete and keeps none: positions in it can be asked for until the next one is taken, and the memory
 * of a chunk is free once the next chunk is. Parts that nobody reads are left out (`siftRules`). Faults are added to `faults` with their
 * position, but without any of the text, since it might be a secret. Objects after one that is not valid JSON are still read.
 */
export function* parseJson(chunks: Iterable<Uint8Array>, file: string, faults: Fault[]): Generator<LocatedObject> {
  const splitter = new JsonSplitter(new JsonSifter(siftRules));
  const parser = new PieceParser();
  for (const chunk of chunks) {
    for (const piece of splitter.push(chunk)) yield* parsePiece(piece, { parser, file, faults });
    if (splitter.stop) break;
  }
  splitter.end();
  if (splitter.stop) faults.push(stopFault(splitter.stop, file));
}

type Piece = JsonPiece<SiftRule>;

interface ParsedFile {
  readonly parser: PieceParser;
  readonly file: string;
  readonly faults: Fault[];
}

function* parsePiece(piece: Piece, { parser, file, faults }: ParsedFile): Generator<LocatedObject> {
  try {
    const value = parser.parse(piece);
    yield { value, locate: (path) => placeAt(piece, parser.text(piece), path, file) };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    yield* parseAsYaml(piece, { parser, file, faults });
  }
}

/** What is no JSON may still be YAML in braces; otherwise the YAML parser tells where it breaks. */
function* parseAsYaml(piece: Piece, { parser, file, faults }: ParsedFile): Generator<LocatedObject> {
  const moved = (position: Position): Position => move(position, piece);
  const { documents, faults: found } = parseText(parser.text(piece), file);
  for (const fault of found) faults.push(fault.position ? { ...fault, position: moved(fault.position) } : fault);
  for (const { value, locate } of documents) yield { value, locate: (path, part) => moved(locate(path, part)) };
}

function placeAt(piece: Piece, text: string, path: readonly PropertyKey[], file: string): Position {
  const offset = jsonOffset(text, path);
  const before = text.slice(0, offset);
  const line = before.split('\n').length;
  return move({ file, line, column: offset - before.lastIndexOf('\n') }, piece);
}

function move({ file, line, column }: Position, piece: Piece): Position {
  return { file, line: line + piece.line - 1, column: line === 1 ? column + piece.column - 1 : column };
}

function stopFault({ reason, line, column }: SplitStop, file: string): Fault {
  const position = { file, line, column };
  switch (reason) {
    case 'truncated':
      return {
        code: 'SCENARIO_SYNTAX',
        position,
        message: 'the text ends before the document is complete',
        hint: 'is the file truncated?',
      };
    case 'tooDeep':
      return { code: 'SCENARIO_TOO_LARGE', position, message: `nesting is deeper than ${MAX_DEPTH}`, hint: 'flatten the document' };
    case 'noJson':
      return { code: 'SCENARIO_SYNTAX', position, message: 'this is no JSON object', hint: 'dump with kubectl get -o json' };
  }
}
