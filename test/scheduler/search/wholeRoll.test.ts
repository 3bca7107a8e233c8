import { describe, expect, it } from 'vitest';
import { roll } from '../../../src/rolls/roll.ts';
import { type Searching, wire } from '../../../src/run/wire.ts';
import { after, minutes, START, seconds } from '../../../src/units.ts';
import { spreadingOf } from '../../bench/rollW.ts';
import { type Variant, workloadW } from '../../bench/workloadW.ts';
import { aScenario, aTiming } from '../../support/scenarios.ts';

describe('a whole roll of W', () => {
  it('with 300 nodes places every pod where the plugins do', () => {
    expectSame({ nodes: 300, variant: 'ds', maxUnavailable: 20 }, {});
  });

  it.each(['plain', 'ds'] as const)('%s, with 120 nodes and every node searched, places every pod where the plugins do', (variant) => {
    expectSame({ nodes: 120, variant, maxUnavailable: 5 }, { percentageOfNodesToScore: 100 });
  });

  it('under pressure refuses the same pods in the same words', () => {
    const attempts = expectSame({ nodes: 60, variant: 'ds', maxUnavailable: 20 }, {});
    expect(attempts.some((attempt) => attempt.includes('nodes are available'))).toBe(true);
  });
});

interface Setting {
  readonly nodes: number;
  readonly variant: Variant;
  readonly maxUnavailable: number;
}

/** Compares both ways attempt by attempt and gives the attempts. */
function expectSame(setting: Setting, searching: Searching): readonly string[] {
  const fast = attemptsOf(setting, { ...searching, search: 'fast' });
  const slow = attemptsOf(setting, { ...searching, search: 'plugins' });
  expect(fast.length).toBeGreaterThan(setting.nodes * 50);
  expect(fast.findIndex((attempt, i) => attempt !== slow[i])).toBe(-1);
  expect(fast.length).toBe(slow.length);
  return fast;
}

function attemptsOf({ nodes, variant, maxUnavailable }: Setting, searching: Searching): string[] {
  const timing = aTiming({ ready: seconds(15), exit: seconds(30) });
  const scenario = aScenario({ cluster: workloadW(nodes, variant), timing, roll: { maxUnavailable } });
  const world = wire(scenario, '1', { ...searching, ...spreadingOf(variant) });
  const attempts: string[] = [];
  world.scheduler.onAttempt(({ at, pod, decision }) => {
    attempts.push(`${at} ${pod.key} ${decision.kind === 'bound' ? decision.node : decision.message}`);
  });
  world.sim.run(START);
  world.endSettling();
  world.sim.start('roll', roll(world.roll, scenario.roll));
  world.sim.run(after(START, minutes(60 * 24 * 7)));
  return attempts;
}
