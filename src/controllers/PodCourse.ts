import type { Pod } from '../cluster/Pod.ts';
import { type EventId, NO_EVENT } from '../sim/EventQueue.ts';
import type { EventHandle } from '../sim/OneOffEvents.ts';
import { type Instant, NEVER } from '../units.ts';
import type { PodLife } from './podLife.ts';
import type { Ending } from './terminationTime.ts';

/** How far a kubelet is with one pod, and what it waits for. One thing at a time: the next one calls the last one off. */
export interface PodCourse {
  readonly pod: Pod;
  next: EventId;
  /** The volumes or images that it waits for. */
  waitsFor: EventHandle | undefined;
  /** How its containers end by themselves, once they run, and when. */
  end: PodLife['end'];
  endsAt: Instant;
  /** How it ends when it is deleted: drawn once. */
  exit: Required<Pick<Ending, 'own' | 'noticedAfter'>> | undefined;
}

/** The courses of the pods that kubelets have something to do with, by slot of the pod. */
export class PodCourses {
  private readonly bySlot: (PodCourse | undefined)[] = [];

  /** The course of `pod`, if there is one. */
  get(pod: Pod): PodCourse | undefined {
    const course = this.bySlot[pod.slot];
    return course?.pod === pod ? course : undefined;
  }

  /** The course of `pod`, begun if need be. */
  of(pod: Pod): PodCourse {
    const known = this.get(pod);
    if (known) return known;
    const course: PodCourse = { pod, next: NO_EVENT, waitsFor: undefined, end: 'Succeeded', endsAt: NEVER, exit: undefined };
    this.bySlot[pod.slot] = course;
    return course;
  }

  drop(pod: Pod): void {
    this.bySlot[pod.slot] = undefined;
  }
}
