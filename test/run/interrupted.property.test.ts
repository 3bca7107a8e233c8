import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { run } from '../../src/run/run.ts';
import { instant, seconds } from '../../src/units.ts';
import { aBudget, aDaemonSet, aDeployment, aNode } from '../support/builders.ts';
import { aScenario, aTiming } from '../support/scenarios.ts';

/** Rolls of up to four nodes that the horizon cuts off, or that lose a node, at any step of a reset. */
const interrupted = fc
  .record({
    nodes: fc.integer({ min: 1, max: 4 }),
    maxUnavailable: fc.integer({ min: 1, max: 3 }),
    allowed: fc.integer({ min: 0, max: 2 }),
    command: fc.constantFrom(0, 20),
    pause: fc.constantFrom(0, 30),
    grace: fc.option(fc.integer({ min: 5, max: 60 }), { nil: undefined }),
    nodeObject: fc.constantFrom('kept' as const, 'recreated' as const, 'recreatedCordoned' as const),
    cordon: fc.constantFrom('perNode' as const, 'wholePool' as const),
    horizon: fc.integer({ min: 1, max: 900 }),
    deletedAt: fc.option(fc.integer({ min: 0, max: 300 }), { nil: undefined }),
  })
  .map(({ nodes, allowed, command, pause, grace, horizon, deletedAt, ...knobs }) =>
    aScenario({
      cluster: {
        nodes: Array.from({ length: nodes }, (_, index) => aNode(`n${index}`)),
        workloads: [aDeployment('web', 4, { cpu: 1 }), aDaemonSet('agent')],
        budgets: [aBudget('web', { maxUnavailable: allowed })],
      },
      timing: aTiming({ reset: seconds(100), ready: seconds(10), exit: seconds(5) }),
      roll: {
        ...knobs,
        commandTime: seconds(command),
        pauseAfterDrain: seconds(pause),
        ...(grace === undefined ? {} : { shutdown: { grace: seconds(grace), critical: seconds(1) } }),
      },
      horizon: seconds(horizon),
      disturbances: deletedAt === undefined ? [] : [{ at: instant(deletedAt * 1000), kind: 'deleteNode', node: 'n0' }],
    }),
  );

describe('a roll that is interrupted', () => {
  it('ends by the horizon with a row for every node, the steps of which are in order, and never counts a node twice', () => {
    fc.assert(
      fc.property(interrupted, (scenario) => {
        const { roll, headroom, endedAt } = run(scenario, scenario.seed, 'figures');
        expect(endedAt).toBeLessThanOrEqual(scenario.horizon);
        expect(roll.nodes.map(({ node }) => node)).toEqual(scenario.roll.nodes);
        for (const { cordonedAt, drainedAt, resetAt, readyAt, inServiceAt, endedAt: end } of roll.nodes) {
          const steps = [cordonedAt, drainedAt, resetAt, readyAt, inServiceAt, end].flatMap((at) => at ?? []);
          expect(steps).toEqual([...steps].sort((a, b) => a - b));
          expect(end).toBeLessThanOrEqual(endedAt);
        }
        for (const { min } of Object.values(headroom)) expect(min).toBeGreaterThanOrEqual(0);
      }),
      { numRuns: 40 },
    );
  });
});
