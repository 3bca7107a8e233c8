import { describe, expect, it } from 'vitest';
import { run } from '../../src/run/run.ts';
import type { Scenario } from '../../src/scenario/Scenario.ts';
import { type Duration, minutes, NEVER } from '../../src/units.ts';
import { aNode } from '../support/builders.ts';
import { aScenario, aTiming } from '../support/scenarios.ts';

/** What is said of the nodes that are left when the first of three does not come back within half an hour. */
function left(roll: Partial<Scenario['roll']>, reset: Duration = NEVER) {
  const nodes = ['a', 'b', 'c'].map((name) => aNode(name, { cpu: 4, memory: 16 }));
  const failure = { readyTimeout: minutes(30), then: 'continue', retries: 0 } as const;
  const { findings } = run(aScenario({ cluster: { nodes }, timing: aTiming({ resets: { a: reset } }), roll: { failure, ...roll } }), '1');
  return findings.filter(({ code }) => code === 'NODES_LEFT_CORDONED').map(({ message }) => message);
}

describe('nodes that are left cordoned', () => {
  it('are named with what the cluster has less', () => {
    expect(left({})).toEqual(['1 of 3 nodes takes no pods when the roll is over (a): 4 of 12 CPU, 16Gi of 48Gi of memory']);
  });

  it('are those that were not reached too, if the whole pool was cordoned', () => {
    const failure = { readyTimeout: minutes(30), then: 'stop', retries: 0 } as const;
    expect(left({ failure })[0]).toMatch(/^1 of 3 nodes takes /);
    expect(left({ failure, cordon: 'wholePool' })).toMatchObject([
      expect.stringMatching(/^3 of 3 nodes take no .* \(a, b, c\): 12 of 12 CPU/),
    ]);
  });

  it('are none when all are back', () => {
    expect(left({}, minutes(8))).toEqual([]);
  });
});
