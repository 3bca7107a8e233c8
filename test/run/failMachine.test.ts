import { describe, expect, it } from 'vitest';
import type { RollPlan } from '../../src/rolls/RollPlan.ts';
import { run } from '../../src/run/run.ts';
import { minutes, seconds } from '../../src/units.ts';
import { aDeployment, aNode } from '../support/builders.ts';
import { aScenario } from '../support/scenarios.ts';
import { faultsIn, readScenario, summaryOf } from '../support/scenarioText.ts';

const nodes = ['workers-1', 'workers-2', 'workers-3'].map((name) => aNode(name));

/** Rolls three nodes one after the other, each in 8 minutes, with the disturbances as a scenario gives them. */
function disturbed(disturbances: string, roll: Partial<RollPlan> = {}, workloads = [aDeployment('web', 1, {})]) {
  const given = readScenario({ disturbances }).disturbances;
  return run(aScenario({ cluster: { nodes, workloads }, roll: { pacing: { kind: 'window' }, ...roll }, disturbances: given }), '1');
}

const turns = (disturbances: string, roll: Partial<RollPlan> = {}) =>
  disturbed(disturbances, roll).roll.nodes.map(({ cordonedAt }) => cordonedAt);

describe('a machine that fails during a roll', () => {
  it('holds up a roll that counts unready nodes until it is back, once its silence is noticed', () => {
    const stop = '[{at: 1m, stopNode: workers-3, for: 30m}]';
    expect(turns(stop)).toEqual([seconds(0), minutes(8), minutes(16)].map((time) => expect.closeTo(time, -4)));
    expect(turns(stop, { budgetAccounting: 'anyUnready' })[1]).toBe(minutes(31));
  });

  it('makes its pods unready, and they start again with it', () => {
    const { workloads } = disturbed('[{at: 1m, stopNode: workers-2, for: 3m}]', { nodes: ['workers-3'] }, [
      aDeployment('web', 1, { nodeSelector: { 'kubernetes.io/hostname': 'workers-2' } }),
    ]);
    expect(workloads[0]?.outages[0]).toMatchObject({ isOver: true });
    expect(workloads[0]?.moves).toBe(0);
  });

  it('does not end the reset that has taken it away', () => {
    const { roll } = disturbed('[{at: 5m, stopNode: workers-1, for: 1m}]');
    expect(roll.nodes[0]).toMatchObject({ outcome: 'inService', readyAt: roll.nodes[0]?.resetAt && roll.nodes[0].resetAt + minutes(8) });
  });

  it('is back with its reset, which comes before', () => {
    const { roll } = disturbed('[{at: 0s, stopNode: workers-1, for: 10m}]', { nodes: ['workers-1'] }, []);
    expect(roll.nodes[0]).toMatchObject({ outcome: 'inService', inServiceAt: minutes(8) });
  });
});

describe('disturbances of nodes', () => {
  it('stop a machine, for ever unless told otherwise, or cordon a node', () => {
    const list =
      '[{at: 1m, stopNode: workers-1, for: 2m}, {at: 2m, stopNode: workers-2}, {at: 3m, cordonNode: workers-1}, {at: 4m, uncordonNode: workers-1}]';
    expect(readScenario({ disturbances: list }).disturbances).toEqual([
      { at: minutes(1), kind: 'stopNode', node: 'workers-1' },
      { at: minutes(3), kind: 'startNode', node: 'workers-1' },
      { at: minutes(2), kind: 'stopNode', node: 'workers-2' },
      { at: minutes(3), kind: 'changeNode', node: 'workers-1', change: { unschedulable: true } },
      { at: minutes(4), kind: 'changeNode', node: 'workers-1', change: { unschedulable: false } },
    ]);
  });

  it.each([
    ['{at: 1m, stopNode: workers-99}', ['disturbances[0].stopNode: no node named "workers-99"']],
    ['{at: 1m, cordonNode: workers-1, for: 2m}', ['disturbances[0].for: only a stopNode lasts for a while']],
    ['{at: 1m, cordonNode: workers-1, stopNode: workers-1}', ['disturbances[0]: not exactly one thing happens']],
  ])('given as %s have the faults %j', (entry, faults) => {
    expect(summaryOf(faultsIn({ disturbances: `[${entry}]` }))).toEqual(faults);
  });
});
