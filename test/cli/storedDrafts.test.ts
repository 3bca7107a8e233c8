import { createHash } from 'node:crypto';
import { inspect } from 'node:util';
import { deserialize } from 'node:v8';
import { describe, expect, it } from 'vitest';
import { FORMAT } from '../../src/cli/DumpSnapshot.ts';
import { bytesOf, draftsOf } from '../../src/cli/storedDrafts.ts';
import { ObjectReader } from '../../src/scenario/kubernetes/ObjectReader.ts';
import { everyKind } from '../support/everyKind.ts';

const drafts = new ObjectReader().read(everyKind().map((value) => ({ value, locate: () => ({ file: 'f', line: 1, column: 1 }) })));

describe('stored drafts', () => {
  it('come back as they were, shared parts shared', () => {
    const back = drafts && draftsOf(bytesOf(drafts));
    expect(back).toStrictEqual(drafts);
    expect(back?.drafts.pods[0]?.spec).toBe(back?.drafts.pods[1]?.spec);
  });

  it('are what FORMAT in DumpSnapshot.ts stands for: raise it together with this', () => {
    expect({ format: FORMAT, holds: digest(drafts), written: digest(drafts && deserialize(bytesOf(drafts))) }).toEqual({
      format: 7,
      holds: 'b89b46bfe38b4098',
      written: 'd5a8843f14e0ac80',
    });
  });
});

function digest(value: unknown): string {
  const text = inspect(value, { depth: null, maxArrayLength: null, maxStringLength: null, breakLength: 120 });
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}
