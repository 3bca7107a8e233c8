import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Pod } from '../../../src/cluster/Pod.ts';
import { PodDemands } from '../../../src/scheduler/PodDemands.ts';
import type { QueuedPod } from '../../../src/scheduler/queue/QueuedPod.ts';
import { SchedulingQueue } from '../../../src/scheduler/queue/SchedulingQueue.ts';
import { instant } from '../../../src/units.ts';
import { LivePods } from './LivePods.ts';

const pods = new LivePods();

const step = fc.record({
  verb: fc.constantFrom('add', 'pop', 'remove', 'deletion'),
  priority: fc.integer({ min: -2, max: 2 }),
  wait: fc.integer({ min: 0, max: 3000 }),
});

describe('the scheduling queue under any sequence of steps', () => {
  it('gives pods by priority, then waiting time, then arrival', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.integer({ min: -3, max: 3 }), fc.integer({ min: 0, max: 5 })), { maxLength: 60 }), (arrivals) => {
        const queue = newQueue();
        for (const [index, [priority, at]] of arrivals.entries()) queue.add(pod(`p${index}`, priority), instant(at));
        const order = [...arrivals.entries()].sort(([i, [p, t]], [j, [q, u]]) => q - p || t - u || i - j).map(([index]) => `p${index}`);
        expect(popAll(queue).map((queued) => queued.pod.name)).toEqual(order);
      }),
    );
  });

  it('loses no pod, gives none twice, and never one that was removed', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 80 }), (steps) => {
        const queue = newQueue();
        const present = new Set<Pod>();
        let now = 0;
        for (const [index, { verb, priority, wait }] of steps.entries()) {
          now += wait;
          if (verb === 'add') present.add(enter(queue, pod(`p${index}`, priority), now));
          if (verb === 'remove') takeOut(queue, present);
          if (verb === 'pop') expect(refuseNext(queue, now)).toSatisfy((popped) => popped === undefined || present.has(popped));
          if (verb === 'deletion') queue.onEvent(deletion(), instant(now));
        }
        expect(queue.pods).toEqual(present);
        for (const queued of popAll(queue)) queue.reject(queued, REFUSER, instant(now));
        queue.onEvent(deletion(), instant(now));
        expect(new Set(popAll(queue).map((queued) => queued.pod))).toEqual(present);
      }),
    );
  });
});

const REFUSER = new Set(['NodeResourcesFit']);

function newQueue(): SchedulingQueue {
  return new SchedulingQueue('1.34', new PodDemands('1.34'));
}

function pod(name: string, priority: number): Pod {
  return pods.make(name, { priority });
}

function enter(queue: SchedulingQueue, pod: Pod, now: number): Pod {
  queue.add(pod, instant(now));
  return pod;
}

function takeOut(queue: SchedulingQueue, present: Set<Pod>): void {
  const [first] = present;
  if (!first) return;
  present.delete(first);
  queue.remove(first);
}

function refuseNext(queue: SchedulingQueue, now: number): Pod | undefined {
  const queued = queue.pop();
  if (queued) queue.reject(queued, REFUSER, instant(now));
  return queued?.pod;
}

function deletion() {
  return { name: 'AssignedPodDelete', details: { pod: pod('gone', 0), upToPriority: Number.POSITIVE_INFINITY } } as const;
}

function popAll(queue: SchedulingQueue): QueuedPod[] {
  const all: QueuedPod[] = [];
  for (let queued = queue.pop(); queued; queued = queue.pop()) all.push(queued);
  return all;
}
