import { describe, expect, it } from 'vitest';
import { subjectOf } from '../../../src/scenario/checks/Check.ts';
import { resetOutlastsTimeout } from '../../../src/scenario/checks/resetOutlastsTimeout.ts';
import type { Distribution } from '../../../src/sim/Distribution.ts';
import { minutes, NEVER } from '../../../src/units.ts';
import { aNode } from '../../support/builders.ts';
import { aScenario, aTiming } from '../../support/scenarios.ts';

/** The findings on nodes whose resets take as given, in a roll that waits 10 min for each. */
function found(resets: Readonly<Record<string, Distribution>>, readyTimeout = minutes(10)) {
  const nodes = Object.entries(resets).map(([name, reset]) => ({ match: { names: [name] }, reset, origin: 'assumed' as const }));
  return resetOutlastsTimeout(
    subjectOf(
      aScenario({
        cluster: { nodes: Object.keys(resets).map((name) => aNode(name)) },
        timing: { ...aTiming(), nodes },
        roll: { failure: { readyTimeout, then: 'continue', retries: 1 } },
      }),
    ),
  );
}

const of = (value: number): Distribution => ({ kind: 'constant', value: minutes(value) });

describe('resetOutlastsTimeout', () => {
  it('finds nodes that are not back in time even if all goes well', () => {
    expect(found({ a: of(11), b: of(10) })).toMatchObject([
      {
        severity: 'error',
        object: 'Node/a',
        message: 'the reset of a takes at least 11m, and a node that is not Ready after 10m has failed',
      },
    ]);
    expect(found({ a: of(12), b: of(11) })).toMatchObject([
      { object: 'Cluster', message: expect.stringContaining('of a, b takes at least 11m') },
    ]);
  });

  it('finds nodes that never come back', () => {
    expect(found({ a: { ...of(1), never: 1 } }, NEVER)).toMatchObject([
      { message: 'the reset of a never ends, and the roll waits for ever' },
    ]);
  });

  it('leaves nodes alone that may be back in time', () => {
    expect(found({ a: of(10), b: { kind: 'uniform', min: minutes(5), max: minutes(50) }, c: { ...of(5), never: 0.5 } })).toEqual([]);
    expect(found({ a: of(500) }, NEVER)).toEqual([]);
  });
});
