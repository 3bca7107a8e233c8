import { describe, expect, it } from 'vitest';
import type { Deployment } from '../../src/cluster/Workload.ts';
import { isScalingEvent, scaleDeployment } from '../../src/controllers/scaleDeployment.ts';
import { aDeployment, aReplicaSet } from '../support/builders.ts';

/** Replicas now and available ones of a ReplicaSet, and the size that its Deployment had when it last scaled it. */
type Counts = readonly [replicas: number, available: number, scaledFor: readonly [desired: number, max: number]];

const cases: readonly {
  name: string;
  replicas: number;
  surge?: number;
  newest?: Counts;
  old: readonly Counts[];
  next: readonly string[];
}[] = [
  { name: 'gives the only active revision all replicas', replicas: 4, newest: [0, 0, [2, 3]], old: [[2, 2, [2, 3]]], next: ['old0 4'] },
  {
    name: 'gives the newest all replicas when none is active',
    replicas: 4,
    newest: [0, 0, [0, 1]],
    old: [[0, 0, [2, 3]]],
    next: ['new 4'],
  },
  {
    name: 'gives the youngest old one all replicas when there is none of the template',
    replicas: 4,
    old: [
      [0, 0, [0, 1]],
      [0, 0, [0, 1]],
    ],
    next: ['old1 4'],
  },
  { name: 'does nothing for a Deployment without a revision', replicas: 4, old: [], next: [] },
  {
    name: 'ends the old ones when the newest has all replicas',
    replicas: 4,
    newest: [4, 4, [4, 5]],
    old: [[1, 1, [3, 4]]],
    next: ['old0 0'],
  },
  {
    name: 'shares more replicas by size',
    replicas: 15,
    surge: 3,
    newest: [5, 0, [10, 13]],
    old: [[8, 8, [10, 13]]],
    next: ['old0 11', 'new 7'],
  },
  {
    name: 'shares fewer replicas by size',
    replicas: 5,
    surge: 3,
    newest: [5, 0, [10, 13]],
    old: [[8, 8, [10, 13]]],
    next: ['old0 5', 'new 3'],
  },
  {
    name: 'gives what rounding leaves to the newer of two equals when there is more',
    replicas: 5,
    newest: [2, 0, [3, 4]],
    old: [[2, 2, [3, 4]]],
    next: ['new 3', 'old0 3'],
  },
  {
    name: 'gives an odd one more to the newer of two equals',
    replicas: 4,
    newest: [2, 0, [3, 4]],
    old: [[2, 2, [3, 4]]],
    next: ['new 3', 'old0 2'],
  },
  {
    name: 'takes an odd one from the older of two equals',
    replicas: 2,
    newest: [2, 0, [3, 4]],
    old: [[2, 2, [3, 4]]],
    next: ['old0 1', 'new 2'],
  },
  {
    name: 'leaves nothing of any revision at no replicas',
    replicas: 0,
    newest: [2, 0, [3, 4]],
    old: [[2, 2, [3, 4]]],
    next: ['old0 0', 'new 0'],
  },
  {
    name: 'shares by the size that each revision was scaled for',
    replicas: 10,
    newest: [2, 0, [5, 6]],
    old: [[4, 4, [10, 11]]],
    next: ['old0 7', 'new 4'],
  },
  {
    name: 'marks revisions that keep their replicas with the new size',
    replicas: 5,
    surge: 0,
    newest: [2, 0, [4, 5]],
    old: [[3, 3, [4, 5]]],
    next: ['old0 3', 'new 2'],
  },
  { name: 'leaves revisions that bear the size', replicas: 4, newest: [2, 0, [4, 5]], old: [[3, 3, [4, 5]]], next: [] },
];

describe('scaleDeployment', () => {
  it.each(cases)('$name', ({ replicas, surge = 1, newest, old, next }) => {
    const deployment = aRollingDeployment(replicas, surge);
    const revisions = {
      newest: newest && aRevision('new', newest, old.length + 1),
      old: old.map((counts, index) => aRevision(`old${index}`, counts, index + 1)),
    };
    expect(scaleDeployment(deployment, revisions).map(({ replicaSet, replicas: count }) => `${replicaSet.name} ${count}`)).toEqual(next);
  });

  it('leaves several active revisions to Recreate', () => {
    const revisions = { newest: aRevision('new', [2, 0, [3, 3]], 2), old: [aRevision('old', [2, 2, [3, 3]], 1)] };
    expect(scaleDeployment({ ...aDeployment('web', 5), strategy: { type: 'Recreate' } }, revisions)).toEqual([]);
  });
});

describe('isScalingEvent', () => {
  it('looks for an active revision that was scaled for other replicas', () => {
    const settled = { newest: aRevision('new', [4, 4, [4, 5]], 2), old: [aRevision('old', [0, 0, [2, 3]], 1)] };
    expect(isScalingEvent(aRollingDeployment(4, 1), settled)).toBe(false);
    expect(isScalingEvent(aRollingDeployment(5, 1), settled)).toBe(true);
  });
});

function aRollingDeployment(replicas: number, maxSurge: number): Deployment {
  return { ...aDeployment('web', replicas), strategy: { type: 'RollingUpdate', maxSurge, maxUnavailable: 1 } };
}

function aRevision(name: string, [replicas, available, [desiredReplicas, maxReplicas]]: Counts, revision: number) {
  return { replicaSet: { ...aReplicaSet(name, replicas), revision }, available, scaledFor: { desiredReplicas, maxReplicas } };
}
