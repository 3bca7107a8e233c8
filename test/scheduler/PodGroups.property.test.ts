import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Cluster } from '../../src/cluster/Cluster.ts';
import { clusterOf } from '../../src/cluster/clusterOf.ts';
import { type LabelSelector, selectorMatches } from '../../src/cluster/LabelSelector.ts';
import type { OwnerReference } from '../../src/cluster/OwnerReference.ts';
import type { Pod } from '../../src/cluster/Pod.ts';
import type { NodeCounts } from '../../src/scheduler/NodeCounts.ts';
import { PodDemands } from '../../src/scheduler/PodDemands.ts';
import { Snapshot } from '../../src/scheduler/Snapshot.ts';
import { START } from '../../src/units.ts';
import { aNode, aPod, selecting } from '../support/builders.ts';
import { NO_OBJECTS } from '../support/noObjects.ts';

const NODES = ['n0', 'n1', 'n2', 'n3'];
const SELECTORS = [selecting({ app: 'web' }), selecting({ app: 'web', version: '1' }), selecting({ version: '2' }), { requirements: [] }];
const OWNERS = [undefined, owner('a'), owner('b'), owner('b')];

/** One change of a cluster, or one question; numbers choose among what is there. */
const steps = fc.record({
  verb: fc.constantFrom('add', 'add', 'add', 'terminate', 'terminate', 'remove', 'relabel', 'release', 'adopt', 'ask', 'askGroup'),
  which: fc.nat(30),
  node: fc.nat(NODES.length - 1),
});
type Step = typeof steps extends fc.Arbitrary<infer T> ? T : never;

describe('PodGroups', () => {
  it('counts pods by selector and by group like one that looks at every pod, whenever it is first asked', () => {
    fc.assert(
      fc.property(fc.array(steps, { maxLength: 80 }), (list) => {
        const cluster = clusterOf({ ...NO_OBJECTS, nodes: NODES.map((name) => aNode(name)) });
        const snapshot = new Snapshot(cluster, new PodDemands('1.34'));
        cluster.subscribe(snapshot);
        for (const [index, step] of list.entries()) take(cluster, snapshot, step, index);
        for (const selector of SELECTORS) checkSelector(cluster, snapshot, selector);
        for (const group of snapshot.groups.all()) checkGroup(cluster, snapshot, group);
      }),
      { numRuns: 500 },
    );
  });
});

function take(cluster: Cluster, snapshot: Snapshot, { verb, which, node }: Step, index: number): void {
  const pods = [...cluster.pods.values()];
  const pod = pods[which % Math.max(1, pods.length)];
  if (verb === 'add')
    cluster.addPod(aPod(`p${index}`, { nodeName: NODES[node], labels: labelsOf(which), owner: OWNERS[which % OWNERS.length] }));
  else if (verb === 'ask') checkSelector(cluster, snapshot, SELECTORS[which % SELECTORS.length] ?? { requirements: [] });
  else if (verb === 'askGroup') for (const group of snapshot.groups.all().slice(0, 1)) checkGroup(cluster, snapshot, group);
  else if (pod && verb === 'terminate') cluster.terminatePod(pod, { requestedAt: START, gracePeriodSeconds: 30, cause: 'Delete' });
  else if (pod && verb === 'remove') cluster.removePod(pod);
  else if (pod && verb === 'release') cluster.setPodOwner(pod, undefined);
  else if (pod && verb === 'adopt') cluster.setPodOwner(pod, owner('a'));
  else if (pod && verb === 'relabel') cluster.updatePod(pod, { labels: labelsOf(which) });
}

function owner(name: string): OwnerReference {
  return { apiVersion: 'apps/v1', kind: 'ReplicaSet', name };
}

function labelsOf(which: number) {
  return { app: which % 2 === 0 ? 'web' : 'db', version: String(which % 3) };
}

function checkSelector(cluster: Cluster, snapshot: Snapshot, selector: LabelSelector): void {
  const lasting = [...cluster.pods.values()].filter((pod) => !pod.isTerminating && selectorMatches(selector, pod.labels));
  expect(byNode(snapshot, snapshot.groups.lastingPods('default', selector))).toEqual(tally(lasting));
}

function checkGroup(cluster: Cluster, snapshot: Snapshot, { labels, counts }: { labels: Pod['labels']; counts: NodeCounts }): void {
  const alike = [...cluster.pods.values()].filter((pod) => JSON.stringify(pod.labels) === JSON.stringify(labels));
  expect(byNode(snapshot, counts)).toEqual(tally(alike));
}

function byNode(snapshot: Snapshot, counts: NodeCounts): Record<string, number> {
  return Object.fromEntries(snapshot.nodesOf(counts).map(([{ name }, pods]) => [name, pods]));
}

function tally(pods: readonly Pod[]): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const { nodeName = '' } of pods) sums[nodeName] = (sums[nodeName] ?? 0) + 1;
  return sums;
}
