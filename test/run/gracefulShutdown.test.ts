import { describe, expect, it } from 'vitest';
import { run } from '../../src/run/run.ts';
import { between, instant, seconds, toSeconds, ZERO } from '../../src/units.ts';
import { aBudget, aDaemonSet, aDeployment, aNode } from '../support/builders.ts';
import { aRoll, aScenario, aTiming } from '../support/scenarios.ts';

const cluster = { nodes: [aNode('n1'), aNode('n2')], workloads: [aDeployment('web', 1, { cpu: 1 }), aDaemonSet('agent')] };
const shutdown = { grace: seconds(30), critical: seconds(10) };
const { drain } = aRoll(cluster);

/** A roll that does not drain, with and without a graceful shutdown. */
function rolled(knobs: { readonly shutdown?: typeof shutdown }, budgets = [] as ReturnType<typeof aBudget>[]) {
  return run(scenarioOf(knobs, budgets), '1');
}

function scenarioOf(knobs: { readonly shutdown?: typeof shutdown }, budgets = [] as ReturnType<typeof aBudget>[]) {
  const roll = { nodes: ['n1', 'n2'], drain: { ...drain, mode: 'none' as const }, ...knobs };
  return aScenario({ cluster: { ...cluster, budgets }, timing: aTiming({ exit: seconds(5) }), roll });
}

function outage(result: ReturnType<typeof rolled>): number {
  return toSeconds(result.workloads.find(({ name }) => name === 'web')?.outage ?? ZERO);
}

describe('a roll without drain whose nodes shut down gracefully', () => {
  it('moves pods before the machine goes away, where without it they wait for their node', () => {
    const graceful = rolled({ shutdown });
    expect(graceful.roll.outcome).toBe('completed');
    expect(graceful.workloads.find(({ name }) => name === 'web')?.moves).toBeGreaterThan(0);
    expect(outage(graceful)).toBe(10 * (graceful.workloads.find(({ name }) => name === 'web')?.moves ?? 0));
    expect(outage(rolled({}))).toBeGreaterThan(300);
  });

  it('takes as long as the pods need to end, in addition to the reset', () => {
    const [first] = rolled({ shutdown }).roll.nodes;
    const [twin] = rolled({}).roll.nodes;
    expect(between(first?.drainedAt ?? instant(0), first?.resetAt ?? instant(0))).toBe(seconds(5));
    expect(between(twin?.drainedAt ?? instant(0), twin?.resetAt ?? instant(0))).toBe(ZERO);
  });

  it('is cut off by the horizon in the midst of a shutdown', () => {
    const { roll } = run({ ...scenarioOf({ shutdown }), horizon: seconds(2) }, '1');
    expect(roll.outcome).toBe('horizon');
    expect(roll.nodes[0]).toMatchObject({ outcome: 'stuck', drainedAt: 0, resetAt: undefined, endedAt: 2000 });
  });

  it('ends with a node that is deleted in the midst of its shutdown', () => {
    const { roll } = run({ ...scenarioOf({ shutdown }), disturbances: [{ at: instant(2000), kind: 'deleteNode', node: 'n1' }] }, '1');
    expect(roll.nodes[0]).toMatchObject({ outcome: 'deleted', drainedAt: 0, resetAt: undefined, endedAt: 2000 });
  });

  it('asks no budget and tells why pods left', () => {
    const result = rolled({ shutdown }, [aBudget('web', { maxUnavailable: 0 })]);
    expect(result.roll.outcome).toBe('completed');
    expect(result.pods.filter(({ workload }) => workload.endsWith('web')).map(({ cause }) => cause)).toContain('TerminationByKubelet');
    expect(result.workloads.find(({ name }) => name === 'web')?.outages[0]?.cause[1]).toMatch(
      /was ended by the shutdown of its node on n\d at/,
    );
  });
});
