import type { LocatedObject } from '../LocatedObject.ts';
import { parseText } from '../parseText.ts';
import type { Reading } from '../Reading.ts';
import { readUpgradeNodePool } from './readUpgradeNodePool.ts';
import type { UpgradeRequest } from './UpgradeRequest.ts';

/** A request document that passed the checks of its API, and where its parts stand. */
export interface LocatedRequest {
  readonly request: UpgradeRequest;
  readonly document: LocatedObject;
}

/** Reads and checks the request document that `spec.roll` names; undefined with the faults noted when something is wrong with it. */
export function readRequest(reading: Reading, file: string): LocatedRequest | undefined {
  const text = reading.file(file, ['spec', 'roll', 'request']);
  if (text === undefined) return undefined;
  const { documents, faults } = parseText(text, file);
  reading.faults.push(...faults);
  const [document] = documents;
  if (!document && faults.length === 0) reading.refuseLine(file, 1, 'the request is empty', 'put the body of the request into the file');
  if (!document) return undefined;
  const request = readUpgradeNodePool(document);
  if ('nodePoolID' in request) return { request, document };
  reading.faults.push(...request);
  return undefined;
}
