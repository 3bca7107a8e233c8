import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { NodeReset } from '../../src/rolls/NodeReset.ts';
import type { Pacing, RollPlan } from '../../src/rolls/RollPlan.ts';
import { run } from '../../src/run/run.ts';
import type { Disturbance } from '../../src/scenario/Scenario.ts';
import { after, minutes, START } from '../../src/units.ts';
import { aDeployment, aNode } from '../support/builders.ts';
import { aScenario, aTiming } from '../support/scenarios.ts';

const NAMES = ['a', 'b', 'c', 'd', 'e', 'f'];

/** Somebody cordons a node, or its machine fails, for a while. */
const trouble = fc.record({
  node: fc.constantFrom(...NAMES),
  at: fc.integer({ min: 0, max: 40 }),
  lasts: fc.integer({ min: 1, max: 20 }),
  kind: fc.constantFrom('cordon', 'stop'),
});

function disturbancesOf({ node, at, lasts, kind }: typeof trouble extends fc.Arbitrary<infer T> ? T : never): Disturbance[] {
  const [begin, end] = [after(START, minutes(at)), after(START, minutes(at + lasts))];
  if (kind === 'stop')
    return [
      { at: begin, kind: 'stopNode', node },
      { at: end, kind: 'startNode', node },
    ];
  return [
    { at: begin, kind: 'changeNode', node, change: { unschedulable: true } },
    { at: end, kind: 'changeNode', node, change: { unschedulable: false } },
  ];
}

const scenarios = fc
  .record({
    troubles: fc.array(trouble, { maxLength: 4 }),
    maxUnavailable: fc.integer({ min: 1, max: 4 }),
    budgetAccounting: fc.constantFrom<NonNullable<RollPlan['budgetAccounting']>>('inflight', 'anyUnready', 'unreadyOrCordoned'),
    pacing: fc.constantFrom<Pacing>({ kind: 'barrier' }, { kind: 'window' }, { kind: 'ramp', factor: 2 }),
  })
  .map(({ troubles, ...roll }) =>
    aScenario({
      cluster: { nodes: NAMES.map((name) => aNode(name)), workloads: [aDeployment('web', 4, { cpu: 0.5 })] },
      roll,
      timing: aTiming(),
      disturbances: troubles.flatMap(disturbancesOf),
    }),
  );

/** When nodes became or ceased to be unavailable, in the eyes of `accounting`. */
interface Turn {
  readonly at: number;
  readonly node: string;
  readonly isUnavailable: boolean;
}

function isInFlight({ cordonedAt, endedAt }: NodeReset, at: number): boolean {
  return cordonedAt !== undefined && cordonedAt <= at && at < endedAt;
}

/** Whether `node` was unavailable in the instant before `at`, and stays so in it. */
function wasUnavailable(turns: readonly Turn[], node: string, at: number): boolean {
  const own = turns.filter((turn) => turn.node === node);
  return own.findLast((turn) => turn.at < at)?.isUnavailable === true && !own.some((turn) => turn.at === at);
}

describe('a roll in the midst of other trouble', () => {
  it('never starts a node for which no place is free, and reaches every node once the trouble is over', () => {
    fc.assert(
      fc.property(scenarios, (scenario) => {
        const { maxUnavailable, budgetAccounting } = scenario.roll;
        const turns: Turn[] = [];
        const { roll } = run(scenario, '1', 'everything', ({ cluster, sim }) =>
          cluster.subscribe(({ kind, ...change }) => {
            if (kind !== 'nodeUpdated' || !('node' in change) || !change.node || budgetAccounting === 'inflight') return;
            const { name, ready, unschedulable } = change.node;
            const isUnavailable = ready !== 'True' || (budgetAccounting === 'unreadyOrCordoned' && unschedulable);
            turns.push({ at: sim.now, node: name, isUnavailable });
          }),
        );
        for (const { cordonedAt = 0 } of roll.nodes) {
          const [inFlight, idle] = [true, false].map((wanted) => roll.nodes.filter((row) => isInFlight(row, cordonedAt) === wanted));
          const others = idle?.filter(({ node }) => wasUnavailable(turns, node, cordonedAt)) ?? [];
          expect((inFlight?.length ?? 0) + others.length).toBeLessThanOrEqual(maxUnavailable);
        }
        expect(roll.nodes.map(({ outcome }) => outcome)).toEqual(NAMES.map(() => 'inService'));
      }),
      { numRuns: 150 },
    );
  });
});
