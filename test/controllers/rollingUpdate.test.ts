import { describe, expect, it } from 'vitest';
import type { Deployment, IntOrPercent } from '../../src/cluster/Workload.ts';
import { rollingUpdate } from '../../src/controllers/rollingUpdate.ts';
import { aDeployment, aReplicaSet } from '../support/builders.ts';

const cases: readonly {
  name: string;
  replicas: number;
  limits: readonly [IntOrPercent, IntOrPercent];
  newest: Counts;
  old: readonly Counts[];
  next: readonly string[];
}[] = [
  { name: 'brings the newest up by the surge', replicas: 4, limits: ['25%', '25%'], newest: [0, 0], old: [[4, 4]], next: ['new 1'] },
  { name: 'rounds the surge up and the unavailable down', replicas: 3, limits: ['25%', '25%'], newest: [1, 0], old: [[3, 3]], next: [] },
  {
    name: 'takes one away when both limits come to zero',
    replicas: 3,
    limits: [0, '25%'],
    newest: [0, 0],
    old: [[3, 3]],
    next: ['old0 2'],
  },
  { name: 'takes available old pods down to the minimum', replicas: 4, limits: [1, 1], newest: [1, 0], old: [[4, 4]], next: ['old0 3'] },
  {
    name: 'takes broken old replicas first, and counts them as taken',
    replicas: 4,
    limits: [1, 1],
    newest: [2, 2],
    old: [
      [1, 0],
      [2, 2],
    ],
    next: ['old0 0', 'old1 1'],
  },
  {
    name: 'takes the replica of an evicted old pod before an available one',
    replicas: 4,
    limits: [1, 0],
    newest: [1, 1],
    old: [[4, 3]],
    next: ['old0 3'],
  },
  { name: 'stops at the minimum when the newest is not available', replicas: 4, limits: [1, 0], newest: [1, 0], old: [[4, 4]], next: [] },
  {
    name: 'takes the oldest revision down first',
    replicas: 4,
    limits: [1, 1],
    newest: [2, 2],
    old: [
      [1, 1],
      [2, 2],
    ],
    next: ['old0 0', 'old1 1'],
  },
  {
    name: 'waits for an old revision that still has pods beyond its replicas',
    replicas: 5,
    limits: [3, 2],
    newest: [3, 0],
    old: [[5, 11]],
    next: [],
  },
  { name: 'shrinks the newest beyond the replicas', replicas: 2, limits: [1, 1], newest: [5, 5], old: [], next: ['new 2'] },
  { name: 'does nothing when all is done', replicas: 4, limits: [1, 1], newest: [4, 2], old: [[0, 0]], next: [] },
];

type Counts = readonly [replicas: number, available: number];

describe('rollingUpdate', () => {
  it.each(cases)('$name', ({ replicas, limits: [maxSurge, maxUnavailable], newest, old, next }) => {
    const deployment: Deployment = { ...aDeployment('web', replicas), strategy: { type: 'RollingUpdate', maxSurge, maxUnavailable } };
    const revision = (name: string, [count, available]: Counts) => ({ replicaSet: aReplicaSet(name, count), available });
    const rescales = rollingUpdate(
      deployment,
      revision('new', newest),
      old.map((counts, index) => revision(`old${index}`, counts)),
    );
    expect(rescales.map(({ replicaSet, replicas: count }) => `${replicaSet.name} ${count}`)).toEqual(next);
  });
});
