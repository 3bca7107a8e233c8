import { assert, constantFrom, integer, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RollError } from '../../src/errors.ts';
import { parseScenario } from '../../src/scenario/parseScenario.ts';
import { STARTER_SCENARIO as text } from '../../src/scenario/starterScenario.ts';

const place = integer({ min: 0, max: text.length });
const piece = constantFrom(
  '',
  '[',
  '{',
  ': ',
  '- ',
  '\n',
  'null',
  '-1',
  '"',
  '&a ',
  '*a',
  '!!x ',
  '<<: ',
  '__proto__: ',
  '1e999',
  '\t',
  '#',
);

describe('a damaged scenario', () => {
  it('is read, or refused with faults that all have a message and a position in the file', () => {
    assert(
      property(place, integer({ min: 0, max: 30 }), piece, (at, cut, inserted) => {
        const damaged = text.slice(0, at) + inserted + text.slice(at + cut);
        for (const fault of faultsOf(damaged)) {
          expect(fault.message).not.toBe('');
          expect(fault.position?.file).toBe('damaged.yaml');
          expect(fault.position?.line).toBeLessThanOrEqual(damaged.split('\n').length);
        }
      }),
      { numRuns: 60, seed: 2026 },
    );
  });
});

function faultsOf(damaged: string) {
  try {
    parseScenario({ text: damaged, file: 'damaged.yaml' });
    return [];
  } catch (error) {
    if (error instanceof RollError) return error.faults;
    throw error;
  }
}
