import { describe, expect, it } from 'vitest';
import type { KubernetesVersion } from '../../../src/cluster/KubernetesVersion.ts';
import type { Pod } from '../../../src/cluster/Pod.ts';
import { PodDemands } from '../../../src/scheduler/PodDemands.ts';
import { SchedulingQueue } from '../../../src/scheduler/queue/SchedulingQueue.ts';
import type { ClusterEvent } from '../../../src/scheduler/requeue/ClusterEvent.ts';
import { instant } from '../../../src/units.ts';
import { aPodSpec } from '../../support/builders.ts';
import { aPodAffinityTerm } from '../../support/placement.ts';
import { LivePods } from './LivePods.ts';

const pods = new LivePods();
const noCpu = new Set(['NodeResourcesFit']);

describe('the scheduling queue', () => {
  it('gives the highest priority first, then the one that waits longest', () => {
    const queue = queueOf('1.34');
    for (const [name, priority, at] of [
      ['a', 0, 1],
      ['b', 5, 2],
      ['c', 5, 1],
      ['d', 0, 0],
    ] as const) {
      queue.add(pod(name, priority), instant(at));
    }
    expect(drain(queue)).toEqual(['c', 'b', 'd', 'a']);
  });

  it('puts a refused pod behind those that came before its refusal', () => {
    const queue = queueOf('1.34');
    queue.add(pod('a'), instant(0));
    const a = queue.pop();
    queue.add(pod('b'), instant(10));
    if (a) queue.reject(a, noCpu, instant(20));
    queue.onEvent(gone(), instant(3000));
    expect(drain(queue)).toEqual(['b', 'a']);
  });

  it('gives a pod that backs off as soon as no other is active', () => {
    const queue = queueOf('1.34');
    queue.add(pod('early'), instant(0));
    const early = queue.pop();
    if (early) queue.reject(early, noCpu, instant(0));
    queue.onEvent(gone(), instant(100));
    queue.add(pod('late', -1), instant(200));
    expect(queue.get(early?.pod ?? pod('none'))?.place).toBe('backoff');
    expect(drain(queue)).toEqual(['late', 'early']);
  });

  it('remembers nothing of a pod that was bound when it lets in the next one', () => {
    const queue = queueOf('1.34');
    queue.add(pod('bound'), instant(0));
    const first = queue.pop();
    if (first) queue.reject(first, noCpu, instant(0));
    queue.onEvent(gone(), instant(100));
    const bound = queue.pop();
    if (bound) Object.assign(bound, { message: 'refused', changesSeen: 7 });
    if (bound) queue.remove(bound.pod);
    const next = pod('next');
    queue.add(next, instant(500));
    expect(queue.get(next)).toBe(bound);
    expect(queue.get(next)).toMatchObject({ pod: next, place: 'active', attempts: 0, rejections: 0, backoffEnd: 0, since: 500 });
    expect(queue.get(next)).toMatchObject({ rejectedBy: new Set(), wokenBy: 'UnschedulablePodAdd', message: undefined, changesSeen: 0 });
  });

  it('wakes a refused pod by the events of the plugins that refused it alone', () => {
    const queue = queueOf('1.34');
    queue.add(pod('a'), instant(0));
    const a = queue.pop();
    if (a) queue.reject(a, new Set(['TaintToleration']), instant(0));
    queue.onEvent(gone(), instant(100));
    expect(queue.hasReady).toBe(false);
  });

  it('tells only pods of at most its priority that a nominated pod went', () => {
    const queue = queueOf('1.34');
    for (const name of ['high', 'low']) queue.add(pod(name, name === 'high' ? 10 : 0), instant(0));
    for (let queued = queue.pop(); queued; queued = queue.pop()) queue.reject(queued, noCpu, instant(0));
    queue.onEvent({ name: 'AssignedPodDelete', details: { pod: pod('nominated', 5), upToPriority: 5 } }, instant(100));
    expect(drain(queue)).toEqual(['low']);
  });

  it.each([
    ['does not tell a pod that wanted to keep away', 'podAnti', { app: 'db' }, {}, []],
    ['tells a pod that wants to be near', 'pod', {}, { app: 'db' }, ['a']],
  ] as const)('%s of the changed labels of another', (_, kind, earlier, labels, woken) => {
    const queue = queueOf('1.34');
    const other = pods.make('other');
    const { affinity } = aPodSpec();
    const near = { ...NEAR_DATABASE, namespaces: [other.namespace] };
    queue.add(pods.make('a', { affinity: { ...affinity, [kind]: { required: [near], preferred: [] } } }), instant(0));
    const a = queue.pop();
    if (a) queue.reject(a, new Set(['InterPodAffinity']), instant(0));
    const before = { labels: earlier, spec: other.spec };
    pods.cluster.updatePod(other, { labels });
    queue.onEvent({ name: 'AssignedPodUpdatePodLabel', details: { pod: other, before } }, instant(100));
    expect(drain(queue)).toEqual(woken);
  });

  it('flushes on the first half minute after more than five minutes', () => {
    const queue = queueOf('1.34');
    queue.add(pod('a'), instant(0));
    const a = queue.pop();
    if (a) queue.reject(a, noCpu, instant(1));
    expect(queue.nextFlush).toBe(330_000);
    queue.flush(instant(300_000));
    expect(queue.hasReady).toBe(false);
    queue.flush(instant(330_000));
    expect(drain(queue)).toEqual(['a']);
    expect(a?.wokenBy).toBe('UnschedulableTimeout');
  });

  it('flushes not yet when exactly five minutes have gone by', () => {
    const queue = queueOf('1.34');
    queue.add(pod('a'), instant(0));
    const a = queue.pop();
    if (a) queue.reject(a, noCpu, instant(0));
    expect(queue.nextFlush).toBe(330_000);
  });

  it('keeps a failed pod to the end of its back-off, whatever happens', () => {
    const queue = queueOf('1.34');
    queue.add(pod('a'), instant(0));
    const a = queue.pop();
    if (a) queue.fail(a, instant(300));
    queue.onEvent(gone(), instant(400));
    expect(queue.hasReady).toBe(false);
    expect(queue.nextErrorRetry).toBe(2000);
    queue.releaseErrors(instant(1999));
    expect(queue.hasReady).toBe(false);
    queue.releaseErrors(instant(2000));
    expect(drain(queue)).toEqual(['a']);
  });

  it('holds a gated pod back without counting an attempt, until its last gate goes', () => {
    const queue = queueOf('1.34');
    const gated = pods.make('g', { schedulingGates: ['a'] });
    queue.add(gated, instant(0));
    expect([queue.hasReady, queue.pods.has(gated), queue.nextFlush]).toEqual([false, true, undefined]);
    const before = { labels: gated.labels, spec: gated.spec };
    pods.cluster.updatePod(gated, { spec: aPodSpec() });
    queue.onEvent({ name: 'UnschedulablePodUpdatePodSchedulingGatesEliminated', details: { pod: gated, before } }, instant(9));
    expect(queue.pop()?.attempts).toBe(1);
  });

  it('forgets a removed pod wherever it waits', () => {
    const queue = queueOf('1.34');
    const [a, b] = [pod('a'), pod('b')];
    queue.add(a, instant(0));
    queue.add(b, instant(0));
    queue.remove(a);
    const queued = queue.pop();
    if (queued) queue.reject(queued, noCpu, instant(0));
    queue.remove(b);
    queue.onEvent(gone(), instant(5000));
    expect([queue.hasReady, queue.pods.size, queue.nextFlush]).toEqual([false, 0, undefined]);
  });
});

const NEAR_DATABASE = aPodAffinityTerm({ app: 'db' }, 'zone');

function queueOf(version: KubernetesVersion): SchedulingQueue {
  return new SchedulingQueue(version, new PodDemands(version));
}

function pod(name: string, priority = 0): Pod {
  return pods.make(name, { priority });
}

function gone(): ClusterEvent {
  return { name: 'AssignedPodDelete', details: { pod: pod('gone'), upToPriority: Number.POSITIVE_INFINITY } };
}

function drain(queue: SchedulingQueue): string[] {
  const names: string[] = [];
  for (let queued = queue.pop(); queued; queued = queue.pop()) names.push(queued.pod.name);
  return names;
}
