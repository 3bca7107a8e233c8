import type { LocatedObject } from '../LocatedObject.ts';
import { parseText } from '../parseText.ts';
import type { Reading } from '../Reading.ts';
import { readUpgradeNodePool, type ScriptLimit } from './readUpgradeNodePool.ts';
import type { RequestedNodes, UpgradeRequest } from './UpgradeRequest.ts';

/** A request document and where its parts stand. */
export interface LocatedRequest {
  /** undefined: it did not pass the checks of its API. */
  readonly request: UpgradeRequest | undefined;
  /** What it says of nodes; undefined: not even that can be read. */
  readonly nodes: RequestedNodes | undefined;
  readonly document: LocatedObject;
}

/** Reads and checks the request document that `spec.roll` names; faults are noted, and undefined means that there is no document to check. */
export function readRequest(reading: Reading, file: string, limit: ScriptLimit = 'together'): LocatedRequest | undefined {
  const text = reading.file(file, ['spec', 'roll', 'request']);
  if (text === undefined) return undefined;
  const { documents, faults } = parseText(text, file);
  reading.faults.push(...faults);
  const [document, second] = documents;
  if (!document && faults.length === 0) reading.refuseLine(file, 1, 'the request is empty', 'put the body of the request into the file');
  if (second) {
    const hint = 'put each request into a file of its own';
    reading.faults.push({ code: 'REQUEST_INVALID', position: second.locate([]), message: 'more than one document', hint });
  }
  if (!document) return undefined;
  warnUnlessJson(reading, text, file);
  const { faults: wrong, ...read } = readUpgradeNodePool(document, limit);
  reading.faults.push(...wrong);
  return { ...read, document };
}

/** A request that looks like JSON is read although it has comments or one comma too many; the API takes neither. One in YAML is meant as it is. */
function warnUnlessJson(reading: Reading, text: string, file: string): void {
  const body = text.trim();
  if (!body.startsWith('{') || isJson(body)) return;
  reading.warnings.push({
    code: 'REQUEST_NOT_JSON',
    severity: 'warning',
    object: file,
    message: 'it is not quite JSON, so the API would not take it as it stands',
    hint: 'look for comments, commas before a closing bracket, and text without double quotes',
  });
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
