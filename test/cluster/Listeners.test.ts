import { describe, expect, it } from 'vitest';
import type { ChangeOfPod, ClusterChange, ClusterListener } from '../../src/cluster/ClusterChange.ts';
import { clusterOf } from '../../src/cluster/clusterOf.ts';
import { hashed } from '../../src/cluster/keyHash.ts';
import { START } from '../../src/units.ts';
import { aNode, aPod } from '../support/builders.ts';
import { NO_OBJECTS } from '../support/noObjects.ts';

describe('listeners of a cluster', () => {
  it('are told of the kinds that they hear, in the order in which they asked', () => {
    const cluster = clusterOf(NO_OBJECTS);
    const told: string[] = [];
    const note = ({ kind }: ClusterChange) => void told.push(`first ${kind}`);
    cluster.subscribe({ on: { podRunning: note, podRemoved: note } });
    cluster.subscribe(({ kind }) => told.push(`second ${kind}`));
    const pod = cluster.addPod(aPod('web'));
    cluster.setPodPhase(pod, 'Running');
    cluster.setPodPhase(pod, 'Succeeded');
    cluster.removePod(pod);
    expect(told).toEqual([
      'second podAdded',
      'second podClassBegun',
      'second podGiven',
      'first podRunning',
      'second podRunning',
      'second podPhaseChanged',
      'first podRemoved',
      'second podRemoved',
      'second podLost',
      'second podClassEnded',
    ]);
  });

  it('are told besides which pods come as they stand or go unasked, and which are the first and the last of their class', () => {
    const cluster = clusterOf(NO_OBJECTS);
    const told: string[] = [];
    const note = ({ kind, pod }: ChangeOfPod) => void told.push(`${kind} ${pod.name}`);
    cluster.subscribe({ on: { podGiven: note, podClassBegun: note, podLost: note, podClassEnded: note } });
    const given = cluster.addPod(aPod('given'));
    const created = cluster.createPod(given.podClass, hashed('default/created'), START);
    const relabelled = cluster.createPod(given.podClass, hashed('default/relabelled'), START);
    if (!created || !relabelled) throw new Error('there is a pod of that name');
    expect(told.splice(0)).toEqual(['podClassBegun given', 'podGiven given']);
    cluster.terminatePod(created, { requestedAt: START, gracePeriodSeconds: 30, cause: 'Delete' });
    cluster.removePod(created);
    cluster.updatePod(relabelled, { labels: { app: 'other' } });
    expect(cluster.podCounts.of(given.podClass)).toBe(1);
    cluster.removePod(given);
    cluster.removePod(relabelled);
    expect(told).toEqual(['podLost given', 'podClassEnded given', 'podLost relabelled', 'podClassEnded relabelled']);
  });

  it('are told only of pods that concern them, but of every pod that is given or has come from another class', () => {
    const cluster = clusterOf({ ...NO_OBJECTS, nodes: [aNode('n')] });
    const told: string[] = [];
    const note = ({ kind, pod }: ChangeOfPod) => void told.push(`${kind} ${pod.name}`);
    cluster.subscribe({
      on: { podAdded: note, podGiven: note, podOwnerChanged: note, podUpdated: note, podReadyChanged: note },
      concerns: ({ owner }) => owner?.kind === 'Job',
    });
    const owner = { apiVersion: 'batch/v1', kind: 'Job', name: 'sums' };
    const [work, bare] = [cluster.addPod(aPod('work', { owner })), cluster.addPod(aPod('bare'))];
    cluster.setPodOwner(work, undefined);
    cluster.updatePod(bare, { labels: { app: 'other' } });
    cluster.markPodReady(bare, START);
    cluster.setPodOwner(bare, { ...owner, kind: 'ReplicaSet' });
    const given = ['podAdded work', 'podGiven work', 'podGiven bare'];
    expect(told).toEqual([...given, 'podOwnerChanged work', 'podUpdated bare', 'podOwnerChanged bare']);
  });

  it('hear of some kinds only as long as they are alert, even if they were alert before they asked', () => {
    const cluster = clusterOf(NO_OBJECTS);
    const told: string[] = [];
    const guard = (name: string): ClusterListener => ({
      on: { podAdded: ({ kind }) => told.push(`${name} ${kind}`) },
      onWhenAlert: { podReadyChanged: ({ kind }) => told.push(`${name} ${kind}`) },
    });
    const [calm, alert] = [guard('calm'), guard('alert')];
    cluster.alert(alert);
    for (const listener of [calm, alert]) cluster.subscribe(listener);
    const pod = cluster.addPod(aPod('web'));
    cluster.markPodReady(pod, START);
    cluster.calm(alert);
    cluster.markPodUnready(pod, START);
    cluster.alert(calm);
    cluster.markPodReady(pod, START);
    expect(told).toEqual(['calm podAdded', 'alert podAdded', 'alert podReadyChanged', 'calm podReadyChanged']);
  });

  it('hear nothing of pods that do not concern them when they are alert either, but of those that have come from another class', () => {
    const cluster = clusterOf(NO_OBJECTS);
    const told: string[] = [];
    const guard = (owning: string): ClusterListener => {
      const note = ({ kind }: ClusterChange) => void told.push(`${owning} ${kind}`);
      return {
        on: {},
        onWhenAlert: { podReadyChanged: note, podUpdated: note },
        concerns: ({ owner }) => owner?.kind === owning,
      };
    };
    const [sets, jobs] = [guard('ReplicaSet'), guard('Job')];
    for (const listener of [sets, jobs]) cluster.subscribe(listener);
    const pods = ['ReplicaSet', 'Job', 'Other'].map((kind) =>
      cluster.addPod(aPod(kind, { owner: { apiVersion: 'apps/v1', kind, name: 'a' } })),
    );
    const changeAll = (mark: 'markPodReady' | 'markPodUnready') => {
      for (const pod of pods) cluster[mark](pod, START);
    };
    changeAll('markPodReady');
    cluster.alert(sets);
    changeAll('markPodUnready');
    cluster.alert(jobs);
    changeAll('markPodReady');
    cluster.calm(sets);
    changeAll('markPodUnready');
    for (const pod of pods) cluster.updatePod(pod, { labels: { app: 'other' } });
    const updates = Array.from({ length: 3 }, () => 'Job podUpdated');
    const readiness = ['ReplicaSet podReadyChanged', 'ReplicaSet podReadyChanged', 'Job podReadyChanged', 'Job podReadyChanged'];
    expect(told).toEqual([...readiness, ...updates]);
  });

  it('are told again when they are alert again, of new classes of pods too', () => {
    const cluster = clusterOf(NO_OBJECTS);
    const told: string[] = [];
    const guard: ClusterListener = {
      on: {},
      onWhenAlert: { podAdded: ({ pod }) => told.push(pod.key) },
      concerns: ({ namespace }) => namespace !== 'other',
    };
    cluster.subscribe(guard);
    for (const name of ['a', 'b', 'c', 'd']) {
      if (name === 'a' || name === 'c') cluster.alert(guard);
      else cluster.calm(guard);
      for (const namespace of ['default', 'other', name]) cluster.addPod(aPod(name, { namespace }));
    }
    expect(told).toEqual(['default/a', 'a/a', 'default/c', 'c/c']);
  });

  it('that come later hear of classes that are known already', () => {
    const cluster = clusterOf(NO_OBJECTS);
    const pod = cluster.addPod(aPod('web'));
    cluster.markPodReady(pod, START);
    const told: string[] = [];
    cluster.subscribe(({ kind }) => told.push(kind));
    cluster.markPodUnready(pod, START);
    expect(told).toEqual(['podReadyChanged']);
  });

  it('may not change the cluster while they are told', () => {
    const cluster = clusterOf(NO_OBJECTS);
    cluster.subscribe(({ kind }) => kind === 'podAdded' && cluster.addNode(aNode('n')));
    expect(() => cluster.addPod(aPod('web'))).toThrow('a listener that was told of podAdded changed the cluster: nodeAdded');
  });
});
