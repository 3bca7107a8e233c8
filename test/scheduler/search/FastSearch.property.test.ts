import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Cluster } from '../../../src/cluster/Cluster.ts';
import { clusterOf } from '../../../src/cluster/clusterOf.ts';
import type { Pod } from '../../../src/cluster/Pod.ts';
import type { Decision } from '../../../src/scheduler/Decision.ts';
import { SchedulerState } from '../../../src/scheduler/SchedulerState.ts';
import { scheduleOne } from '../../../src/scheduler/scheduleOne.ts';
import { FastSearch } from '../../../src/scheduler/search/FastSearch.ts';
import { START } from '../../../src/units.ts';
import { aNode, aPod, aPodSpec, aReplicaSet } from '../../support/builders.ts';
import { NO_OBJECTS } from '../../support/noObjects.ts';
import { anyBlow, anyNodeSeed, anyWorkload, nodeFrom } from './arbitraries.ts';
import { strike } from './strike.ts';

const clusters = fc.record({
  nodes: fc.array(anyNodeSeed, { minLength: 2, maxLength: 12 }),
  kinds: fc.array(anyWorkload, { minLength: 1, maxLength: 5 }),
  blows: fc.array(anyBlow, { minLength: 10, maxLength: 60 }),
  version: fc.constantFrom('1.33' as const, '1.34' as const, '1.35' as const),
  percentageOfNodesToScore: fc.constantFrom(0, 100),
});
type Generated = typeof clusters extends fc.Arbitrary<infer T> ? T : never;

describe('FastSearch', () => {
  it('chooses the node that the plugins choose, whatever happens to the cluster in between', () => {
    fc.assert(fc.property(clusters, checkOneByOne), { numRuns: 300 });
  });

  it('chooses the same of many nodes when a part of them is enough, and when it is not', () => {
    const crowds = fc.record({
      kinds: fc.array(anyWorkload, { minLength: 2, maxLength: 4 }),
      blows: fc.array(anyBlow, { minLength: 20, maxLength: 40 }),
    });
    const check = ({ kinds, blows }: Pick<Generated, 'kinds' | 'blows'>) => {
      for (const percentageOfNodesToScore of [0, 100] as const)
        checkOneByOne({ nodes: CROWD, kinds, blows, version: '1.34', percentageOfNodesToScore });
    };
    fc.assert(fc.property(crowds, check), { numRuns: 15 });
  });

  it('chooses the same where some nodes hold a great many pods of one owner', () => {
    const seeds = ['a', 'b', 'c', 'a'].map((zone, i) => ({ cpu: 4 + 4 * i, zone, taint: 6, images: 0 }));
    const blows = Array.from({ length: 60 }, () => ({ what: 'nothing' as const, whom: 0, kind: 0 }));
    checkOneByOne({ nodes: seeds, kinds: [aReplicaSet('small', 60)], blows, version: '1.34', percentageOfNodesToScore: 100 });
  });

  it('brings the start index back among the nodes when there are fewer of them, and the pod fits on none', () => {
    const cluster = clusterOf({ ...NO_OBJECTS, nodes: ['n0', 'n1', 'n2'].map((name) => aNode(name)) });
    const options = { version: '1.34', tieBreak: inTurn } as const;
    const slow = new SchedulerState(cluster, { ...options, podCounting: 'anew' });
    const quick = new SchedulerState(cluster, options);
    for (const state of [slow, quick]) {
      state.nextStartIndex = 2;
      cluster.subscribe(state);
    }
    for (const node of [...cluster.nodes.values()].slice(2)) cluster.removeNode(node);
    const pod = cluster.addPod(aPod('large', { spec: aPodSpec({ cpu: 5 }) }));
    expect(outcomeOf(new FastSearch(quick).decide(pod, quick.demands.kindOf(pod)) ?? scheduleOne(quick, pod))).toEqual(
      outcomeOf(scheduleOne(slow, pod)),
    );
    expect([quick.nextStartIndex, slow.nextStartIndex]).toEqual([0, 0]);
  });
});

const CROWD = Array.from({ length: 600 }, (_, i) => ({ cpu: 2 + (i % 3), zone: 'abc'.charAt(i % 3), taint: i % 7, images: i % 5 }));

/** Lets both ways decide for each pod in turn, each with its own memory of the cluster, and carries the decision out. */
function checkOneByOne({ nodes, kinds, blows, version, percentageOfNodesToScore }: Generated): void {
  const workloads = kinds.map((kind, i) => ({ ...kind, name: `${kind.name}-${i}` }));
  const cluster = clusterOf({ ...NO_OBJECTS, nodes: nodes.map((seed, i) => nodeFrom(`n${i}`, seed)), workloads });
  const options = { version, percentageOfNodesToScore, tieBreak: inTurn };
  const slow = new SchedulerState(cluster, { ...options, podCounting: 'anew' });
  const quick = new SchedulerState(cluster, options);
  const search = new FastSearch(quick);
  for (const listener of [slow, quick, search]) cluster.subscribe(listener);
  for (const [step, blow] of blows.entries()) {
    strike(cluster, blow, step);
    const owner = workloads[blow.kind % workloads.length];
    if (!owner) continue;
    const { labels, spec } = owner.template;
    const pod = cluster.addPod(aPod(`p${step}`, { labels, spec, owner: { apiVersion: 'apps/v1', kind: 'ReplicaSet', name: owner.name } }));
    const decision = scheduleOne(slow, pod);
    expect(outcomeOf(search.decide(pod, quick.demands.kindOf(pod)) ?? scheduleOne(quick, pod))).toEqual(outcomeOf(decision));
    expect([quick.nextStartIndex, quick.decisions]).toEqual([slow.nextStartIndex, slow.decisions]);
    carryOut(cluster, pod, decision);
  }
}

/** Unlike the hash this shows in which order candidates come. */
function inTurn(_pod: Pod, candidates: readonly string[], decision: number): string {
  return candidates[decision % candidates.length] ?? '';
}

/** A pod that has made room stays, nominated, until something else happens to it; any other that fits nowhere goes. */
function carryOut(cluster: Cluster, pod: Pod, decision: Decision): void {
  const node = decision.kind === 'bound' ? cluster.nodes.get(decision.node) : undefined;
  if (node) cluster.bindPod(pod, node, START);
  else if (decision.kind === 'unschedulable' && decision.nominated !== undefined) {
    cluster.nominatePod(pod, decision.nominated);
    for (const victim of decision.victims) cluster.removePod(victim);
  } else cluster.removePod(pod);
}

/** All that matters of a decision. */
function outcomeOf(decision: Decision): unknown {
  if (decision.kind === 'bound') return decision.node;
  if (decision.kind === 'error') return decision.message;
  const { message, rejectedBy, nominated, victims, clearsNomination, refusals } = decision;
  return { message, rejectedBy, nominated, victims: victims.map(({ key }) => key), clearsNomination, refusals: [...refusals].sort() };
}
