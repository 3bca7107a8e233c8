import type { Pod } from '../cluster/Pod.ts';
import { type EventId, NO_EVENT } from '../sim/EventQueue.ts';
import type { EventHandle } from '../sim/OneOffEvents.ts';
import { type Duration, type Instant, START, ZERO } from '../units.ts';
import type { PodLife } from './drawLife.ts';
import type { Ending } from './terminationTime.ts';

/** How far a kubelet is with one pod, and what it waits for. One thing at a time: the next one calls the last one off. */
export interface PodCourse extends PodLife, Ending {
  pod: Pod;
  next: EventId;
  /** The volumes or images that it waits for. */
  waitsFor: EventHandle | undefined;
  /** Since when its containers run: what becomes of them counts from here. */
  since: Instant;
  grace: Duration;
  /** Drawn once, when the deletion is noticed. */
  own: Duration;
  /** undefined before the deletion is noticed. */
  noticedAfter: Duration | undefined;
}

/** The courses of pods, by slot of the pod; the course of a pod that is gone is used again for the next one in its slot. */
export class PodCourses {
  private readonly bySlot: PodCourse[] = [];

  /** The course of `pod`, begun if need be. */
  of(pod: Pod): PodCourse {
    const course = this.bySlot[pod.slot];
    if (course?.pod === pod) return course;
    if (course) beginCourse(course, pod);
    return course ?? this.make(pod);
  }

  /** The course of `pod`, if it was begun. */
  get(pod: Pod): PodCourse | undefined {
    const course = this.bySlot[pod.slot];
    return course?.pod === pod ? course : undefined;
  }

  private make(pod: Pod): PodCourse {
    const course: PodCourse = {
      pod,
      next: NO_EVENT,
      waitsFor: undefined,
      since: START,
      end: undefined,
      grace: ZERO,
      own: ZERO,
      noticedAfter: undefined,
    };
    this.bySlot[pod.slot] = course;
    return course;
  }
}

/** Lets `course` be that of `pod` from the beginning; it must wait for nothing. */
export function beginCourse(course: PodCourse, pod: Pod): void {
  course.pod = pod;
  course.since = START;
  course.end = undefined;
  course.grace = ZERO;
  course.own = ZERO;
  course.noticedAfter = undefined;
}
