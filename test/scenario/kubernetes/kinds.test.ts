import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { kinds } from '../../../src/scenario/kubernetes/kinds.ts';
import { STARTER_SCENARIO } from '../../../src/scenario/starterScenario.ts';

const readme = readFileSync(new URL('../../../README.md', import.meta.url), 'utf8');

describe('the command that dumps a cluster', () => {
  it.each([
    ['README', readme],
    ['starter scenario', STARTER_SCENARIO],
  ])('in the %s asks for every kind that is read, and for no other', (_where, text) => {
    const [, resources = ''] = /kubectl get (\S+(?:\\\n[\s#]*\S+)*) --all-namespaces/.exec(text) ?? [];
    expect(resources.split(/,[\\\s#]*/).sort()).toEqual(Object.keys(kinds).map(resourceOf).sort());
  });
});

/** The plural by which kubectl knows a kind. */
function resourceOf(kind: string): string {
  return kind.toLowerCase().replace(/(s?)$/, (end) => (end === 's' ? 'ses' : 's'));
}
