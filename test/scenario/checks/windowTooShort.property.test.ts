import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Pacing } from '../../../src/rolls/RollPlan.ts';
import { run } from '../../../src/run/run.ts';
import { subjectOf } from '../../../src/scenario/checks/Check.ts';
import { windowTooShort } from '../../../src/scenario/checks/windowTooShort.ts';
import { type Duration, milliseconds, minutes } from '../../../src/units.ts';
import { aNode } from '../../support/builders.ts';
import { aScenario, aTiming } from '../../support/scenarios.ts';

const time = (longest: number) => fc.integer({ min: 1, max: longest }).map(minutes);
const breaks = fc.record(
  {
    soak: time(5),
    interval: time(9),
    pause: fc.constantFrom('none' as const, 'first' as const, 'every' as const),
    resumeAfter: time(20),
  },
  { requiredKeys: ['pause', 'resumeAfter'] },
);
const batches = fc.tuple(
  breaks,
  fc.oneof(
    fc.constant({ kind: 'barrier' as const }),
    fc.record({ kind: fc.constant('ramp' as const), first: fc.integer({ min: 1, max: 3 }), factor: fc.integer({ min: 2, max: 3 }) }),
  ),
);
const pacings: fc.Arbitrary<Pacing> = fc.oneof(
  batches.map(([parts, kind]) => ({ ...parts, ...kind })),
  fc.record({ kind: fc.constant('window' as const), soak: time(5) }),
);

/** A roll of up to twelve empty nodes. */
const rolls = fc.record({
  resets: fc.array(time(30), { minLength: 1, maxLength: 12 }),
  maxUnavailable: fc.integer({ min: 1, max: 6 }),
  pacing: pacings,
  order: fc.constantFrom('listing' as const, 'random' as const),
});

describe('the least time of a roll', () => {
  it('is never more than a roll takes, and just that for batches of empty nodes in the order of the list', () => {
    fc.assert(
      fc.property(rolls, ({ resets, maxUnavailable, pacing, order }) => {
        const nodes = resets.map((_, index) => aNode(`n${10 + index}`));
        const timing = aTiming({ resets: Object.fromEntries(resets.map((reset, index) => [`n${10 + index}`, reset])) });
        const scenario = aScenario({ cluster: { nodes }, roll: { maxUnavailable, pacing, order }, timing });
        const { roll } = run(scenario, '1');
        const isTooShort = (limit: Duration) => {
          const objectives = [{ name: 'in time', probability: 1, goal: { kind: 'maxDuration' as const, limit } }];
          return windowTooShort(subjectOf({ ...scenario, objectives })).length > 0;
        };
        expect(roll.outcome).toBe('completed');
        expect(isTooShort(roll.duration)).toBe(false);
        if (order === 'listing' && pacing.kind !== 'window') expect(isTooShort(milliseconds(roll.duration - 1))).toBe(true);
      }),
      { numRuns: 100 },
    );
  });
});
