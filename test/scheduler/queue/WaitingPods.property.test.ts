import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareActive, QueuedPod } from '../../../src/scheduler/queue/QueuedPod.ts';
import { WaitingPods } from '../../../src/scheduler/queue/WaitingPods.ts';
import { LivePods } from './LivePods.ts';

const pods = new LivePods();

/** Mostly arrivals of one priority, so that the line grows beside the heap. */
const steps = fc.array(
  fc.oneof(
    { weight: 5, arbitrary: fc.constantFrom(0, 0, 0, 0, 0, -1, 1).map((priority) => ({ verb: 'push' as const, priority })) },
    { weight: 3, arbitrary: fc.constant({ verb: 'pop' as const }) },
    { weight: 1, arbitrary: fc.nat(20).map((which) => ({ verb: 'leave' as const, which })) },
  ),
  { maxLength: 200 },
);

describe('WaitingPods', () => {
  it('gives the first of all that are there, as a sorted list does', () => {
    fc.assert(
      fc.property(steps, (list) => {
        const waiting = new WaitingPods('active', compareActive);
        let there: QueuedPod[] = [];
        for (const [index, step] of list.entries()) {
          if (step.verb === 'push') there.push(arrive(waiting, step.priority, index));
          else there.sort(compareActive);
          if (step.verb === 'leave') leave(there[step.which]);
          if (step.verb === 'pop') expect([waiting.peek(), waiting.pop()]).toEqual([there[0], there[0]]);
          there = there.filter(({ place }) => place === 'active');
        }
      }),
    );
  });

  it('keeps the order of a line that is never empty', () => {
    const waiting = new WaitingPods('active', compareActive);
    for (let index = 0; index < 2000; index += 1) arrive(waiting, 0, index);
    for (let index = 2000; index < 6000; index += 1) {
      arrive(waiting, 0, index);
      expect(waiting.pop()?.sequence).toBe(index - 2000);
    }
  });
});

function arrive(waiting: WaitingPods, priority: number, sequence: number): QueuedPod {
  const queued = Object.assign(new QueuedPod(pods.make('p', { priority })), { sequence });
  waiting.push(queued);
  return queued;
}

function leave(queued: QueuedPod | undefined): void {
  if (queued) queued.place = 'nowhere';
}
