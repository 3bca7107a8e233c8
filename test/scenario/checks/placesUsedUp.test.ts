import { describe, expect, it } from 'vitest';
import { check } from '../../../src/experiments/check.ts';
import type { RollPlan } from '../../../src/rolls/RollPlan.ts';
import { aDeployment, aNode } from '../../support/builders.ts';
import { aScenario } from '../../support/scenarios.ts';

const nodes = [aNode('a'), aNode('b'), aNode('c', { ready: 'Unknown' }), aNode('d', { unschedulable: true })];

function found(roll: Partial<RollPlan>) {
  return check(aScenario({ cluster: { nodes }, roll }))
    .filter(({ code }) => code === 'PLACES_USED_UP')
    .map(({ severity, message }) => `${severity}: ${message}`);
}

describe('placesUsedUp', () => {
  it('finds a roll that cannot begin', () => {
    const message = 'c, d are not Ready or cordoned, which leaves 0 of maxUnavailable 2 for the roll';
    expect(found({ budgetAccounting: 'unreadyOrCordoned', maxUnavailable: 2 })).toEqual([`error: ${message}`]);
  });

  it('warns of one that takes fewer nodes at once than it may', () => {
    const message = 'c is not Ready, which leaves 1 of maxUnavailable 2 for the roll';
    expect(found({ budgetAccounting: 'anyUnready', maxUnavailable: 2 })).toEqual([`warning: ${message}`]);
  });

  it('says nothing where such nodes do not count', () => {
    expect(found({ maxUnavailable: 1 })).toEqual([]);
  });
});

describe('a capacity that is too small', () => {
  const cluster = {
    nodes: [...['a', 'b', 'c'].map((name) => aNode(name)), aNode('d', { unschedulable: true })],
    workloads: [aDeployment('web', 6, { cpu: 2 })],
  };
  const severity = (roll: Partial<RollPlan>) =>
    check(aScenario({ cluster, roll: { maxUnavailable: 2, nodes: ['a', 'b', 'c'], ...roll } })).find(
      ({ code }) => code === 'CAPACITY_TOO_SMALL',
    )?.severity;

  it('is not certain where others may use up the places', () => {
    expect(severity({})).toBe('error');
    expect(severity({ budgetAccounting: 'unreadyOrCordoned' })).toBe('warning');
  });
});
