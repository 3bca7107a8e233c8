import { describe, expect, it } from 'vitest';
import { minutes, NEVER } from '../../src/units.ts';
import { aBudget, aDeployment, aNode } from '../support/builders.ts';
import { leastInService, minutesOf, type ReplacedRoll, replacedBy } from '../support/replacedRolls.ts';
import { faultsIn, readScenario, summaryOf } from '../support/scenarioText.ts';

const limitsOf = (preset: string, knobs: string) => {
  const { maxUnavailable, surge } = readScenario({ roll: `{preset: ${preset}, pool: workers, ${knobs}}` }).roll;
  return [surge?.nodes, maxUnavailable];
};

const faultsOf = (preset: string, knobs: string) => summaryOf(faultsIn({ roll: `{preset: ${preset}, pool: workers, ${knobs}}` }));

/** Two nodes with one pod each, which a budget never lets go. */
const held = {
  nodes: ['a', 'b'].map((name) => aNode(name)),
  workloads: [aDeployment('web', 2, { cpu: 3 })],
  budgets: [aBudget('web', { maxUnavailable: 0 })],
};

describe('a surge upgrade of GKE', () => {
  const rolled = (roll: ReplacedRoll) => replacedBy('gke-surge', roll);

  it('makes one node after the other before one goes, unless told otherwise', () => {
    const result = rolled({ nodes: 3 });
    expect(result.roll).toMatchObject({ outcome: 'completed', duration: minutes(24), surge: { peakNodes: 4 } });
    expect(leastInService(result)).toBe(3);
  });

  it('lets nodes go first where no surge is allowed', () => {
    const result = rolled({ nodes: 4, surge: 0, knobs: { maxUnavailable: 2 } });
    expect(result.roll).toMatchObject({ outcome: 'completed', duration: minutes(16), surge: { peakNodes: 4 } });
    expect(leastInService(result)).toBe(2);
  });

  it('does both at once where both are allowed', () => {
    const result = rolled({ nodes: 4, knobs: { maxUnavailable: 1 } });
    expect(minutesOf(result, 'createdAt')).toEqual([0, 3, 8, 11]);
    expect(minutesOf(result, 'cordonedAt').sort((a, b) => a - b)).toEqual([0, 5, 8, 13]);
    expect(result.roll).toMatchObject({ outcome: 'completed', duration: minutes(16), surge: { peakNodes: 5 } });
    expect(leastInService(result)).toBe(3);
  });

  it('kills after an hour what a budget keeps, and goes on', () => {
    const { roll } = rolled({ cluster: held });
    expect(roll).toMatchObject({ outcome: 'completed', duration: minutes(2 * (5 + 60 + 3)) });
    expect(roll.nodes.map(({ forcedKills }) => forcedKills)).toEqual([1, 1, 0, 0]);
  });

  it('stops when a new node is not Ready after an hour', () => {
    const { roll } = rolled({ nodes: 3, boot: NEVER });
    expect(roll).toMatchObject({ outcome: 'failed', duration: minutes(60) });
    expect(roll.nodes.map(({ outcome }) => outcome)).toEqual(['notStarted', 'notStarted', 'notStarted', 'failed']);
  });

  it('takes whole numbers that add up to 20 at most', () => {
    expect(limitsOf('gke-surge', 'order: listing')).toEqual([1, 0]);
    expect(limitsOf('gke-surge', 'surge: 12, maxUnavailable: 8')).toEqual([12, 8]);
    expect(faultsOf('gke-surge', 'surge: 12, maxUnavailable: 9')).toEqual(['roll.surge: with maxUnavailable 9 more than 20 nodes at once']);
    expect(faultsOf('gke-surge', 'surge: 0')).toEqual(['roll.surge: not 0 with maxUnavailable 0: no node could ever go']);
    expect(faultsOf('gke-surge', 'surge: 10%')).toEqual(['roll.surge: a percentage is not taken here']);
  });
});

describe('an update of EKS with strategy MINIMAL', () => {
  const rolled = (roll: ReplacedRoll = {}) => replacedBy('eks-minimal', { surge: 0, ...roll, knobs: { maxUnavailable: 1, ...roll.knobs } });

  it('lets nodes go first, each a minute after its drain, and never has more than before', () => {
    const result = rolled({ nodes: 3 });
    expect(result.roll).toMatchObject({ outcome: 'completed', duration: minutes(3 * (1 + 3 + 5)), surge: { nodes: 0, peakNodes: 3 } });
    expect(minutesOf(result, 'createdAt')).toEqual([4, 13, 22]);
    expect(leastInService(result)).toBe(2);
  });

  it('needs no quota beyond the nodes that there are', () => {
    expect(rolled({ nodes: 3, quota: 3 }).roll.outcome).toBe('completed');
  });

  it('fails after 15 minutes when a budget keeps a pod, and leaves the other nodes alone', () => {
    const { roll } = rolled({ cluster: held });
    expect(roll).toMatchObject({ outcome: 'failed', duration: minutes(15) });
    expect(roll.nodes.map(({ outcome }) => outcome).sort()).toEqual(['failed', 'notStarted']);
    const forced = rolled({ cluster: held, knobs: { drain: { ...drainOf('eks-minimal'), onTimeout: 'force' } } });
    expect(forced.roll).toMatchObject({ outcome: 'completed', duration: minutes(2 * (15 + 1 + 3 + 5)) });
  });

  it('takes 1 to 100 nodes or a percentage, and no surge', () => {
    expect(limitsOf('eks-minimal', 'maxUnavailable: 33%')).toEqual([0, 3]);
    expect(limitsOf('eks-minimal', 'maxUnavailable: 5%')).toEqual([0, 1]);
    expect(faultsOf('eks-minimal', 'surge: 1')).toEqual(['roll.surge: must be at most 0']);
    expect(faultsOf('eks-minimal', 'maxUnavailable: 101')).toEqual(['roll.maxUnavailable: must be at most 100']);
  });
});

function drainOf(preset: string) {
  return readScenario({ roll: `{preset: ${preset}, pool: workers}` }).roll.drain;
}
