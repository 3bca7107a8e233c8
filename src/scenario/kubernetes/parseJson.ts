import type { Fault, Position } from '../../errors.ts';
import { MAX_DEPTH } from '../guardText.ts';
import type { LocatedObject } from '../LocatedObject.ts';
import { parseText } from '../parseText.ts';
import { type JsonPiece, JsonSplitter, type SplitStop } from './JsonSplitter.ts';
import { jsonOffset } from './jsonOffset.ts';

/**
 * Reads JSON of any size that comes in chunks of bytes: one object, a list (whose items come out one by one) or JSON lines.
 *
 * Gives each object as soon as its end was read and keeps none. What is wrong is added to `faults` with its place, without a piece of
 * the text, since it might be a secret; objects after an object that is no valid JSON are still read.
 */
export function* parseJson(chunks: Iterable<Uint8Array>, file: string, faults: Fault[]): Generator<LocatedObject> {
  const splitter = new JsonSplitter();
  for (const chunk of chunks) {
    for (const piece of splitter.push(chunk)) yield* parsePiece(piece, file, faults);
    if (splitter.stop) break;
  }
  splitter.end();
  if (splitter.stop) faults.push(stopFault(splitter.stop, file));
}

function* parsePiece(piece: JsonPiece, file: string, faults: Fault[]): Generator<LocatedObject> {
  try {
    const value: unknown = JSON.parse(piece.text);
    const given = { ...piece.inherited, ...(typeof value === 'object' ? value : {}) };
    yield { value: given, locate: (path) => placeAt(piece, jsonOffset(piece.text, path), file) };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    yield* parseAsYaml(piece, file, faults);
  }
}

/** What is no JSON may still be YAML in braces; otherwise the YAML parser tells where it breaks. */
function* parseAsYaml(piece: JsonPiece, file: string, faults: Fault[]): Generator<LocatedObject> {
  const moved = (position: Position): Position => move(position, piece);
  const { documents, faults: found } = parseText(piece.text, file);
  for (const fault of found) faults.push(fault.position ? { ...fault, position: moved(fault.position) } : fault);
  for (const { value, locate } of documents) yield { value, locate: (path, part) => moved(locate(path, part)) };
}

function placeAt(piece: JsonPiece, offset: number, file: string): Position {
  const before = piece.text.slice(0, offset);
  const line = before.split('\n').length;
  return move({ file, line, column: offset - before.lastIndexOf('\n') }, piece);
}

function move({ file, line, column }: Position, piece: JsonPiece): Position {
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
