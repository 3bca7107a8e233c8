import { describe, expect, it } from 'vitest';
import { clusterOf } from '../../src/cluster/clusterOf.ts';
import { IndexedPods } from '../../src/scheduler/IndexedPods.ts';
import { PodDemands } from '../../src/scheduler/PodDemands.ts';
import type { AlikePods } from '../../src/scheduler/PodsByNode.ts';
import { RecountedPods } from '../../src/scheduler/RecountedPods.ts';
import { Snapshot } from '../../src/scheduler/Snapshot.ts';
import { START } from '../../src/units.ts';
import { aNode, aPod, aPodSpec, selecting } from '../support/builders.ts';
import { NO_OBJECTS } from '../support/noObjects.ts';
import { anAffinity, aPodAffinityTerm } from '../support/placement.ts';

const APART = aPodSpec({ affinity: anAffinity({ podAnti: { required: [aPodAffinityTerm({ app: 'db' }, 'kubernetes.io/hostname')] } }) });

/** On n0 two web pods, one of them terminating, and one of another namespace; on n1 a web pod and a database; one web pod waits. */
function someCluster() {
  const web = { labels: { app: 'web' } };
  const cluster = clusterOf({
    ...NO_OBJECTS,
    nodes: ['n0', 'n1'].map((name) => aNode(name)),
    pods: [
      aPod('web-0', { ...web, nodeName: 'n0' }),
      aPod('web-1', { ...web, nodeName: 'n0' }),
      aPod('web-2', { ...web, nodeName: 'n0', namespace: 'shop' }),
      aPod('web-3', { ...web, nodeName: 'n1' }),
      aPod('web-4', web),
      aPod('db-0', { labels: { app: 'db' }, spec: APART, nodeName: 'n1' }),
    ],
  });
  const snapshot = new Snapshot(cluster, new PodDemands('1.34'));
  cluster.subscribe(snapshot);
  const leaving = cluster.pods.get('default/web-1');
  if (leaving) cluster.terminatePod(leaving, { requestedAt: START, gracePeriodSeconds: 30, cause: 'Delete' });
  return snapshot;
}

describe.each([
  ['RecountedPods', (snapshot: Snapshot) => new RecountedPods(snapshot)],
  ['IndexedPods', (snapshot: Snapshot) => new IndexedPods(snapshot)],
] as const)('%s', (_, counting) => {
  it('counts those of a namespace that match a selector and are not terminating', () => {
    const snapshot = someCluster();
    const counts = counting(snapshot).lastingPods('default', selecting({ app: 'web' }));
    expect(snapshot.nodes.map((node) => [node.name, counts.get(node) ?? 0])).toEqual([
      ['n0', 1],
      ['n1', 1],
    ]);
  });

  it('finds all pods on nodes, terminating ones too', () => {
    expect(told(counting(someCluster()).all())).toEqual({ 'default db n1': 1, 'default web n0': 2, 'default web n1': 1, 'shop web n0': 1 });
  });

  it('finds those with terms of affinity', () => {
    expect(told(counting(someCluster()).allWithAffinity())).toEqual({ 'default db n1': 1 });
  });
});

function told(all: Iterable<AlikePods>): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const { namespace, labels, nodes } of all) {
    for (const [{ name }, pods] of nodes) {
      const key = `${namespace} ${labels.app} ${name}`;
      sums[key] = (sums[key] ?? 0) + pods;
    }
  }
  return sums;
}
