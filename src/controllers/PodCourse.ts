import type { Node } from '../cluster/Node.ts';
import type { Pod } from '../cluster/Pod.ts';
import { type EventId, NO_EVENT } from '../sim/EventQueue.ts';
import type { EventHandle } from '../sim/OneOffEvents.ts';
import { type Duration, type Instant, START, ZERO } from '../units.ts';
import type { ContainerLife } from './drawLife.ts';
import type { Ending } from './terminationTime.ts';

/** How far a kubelet is with one pod, and what it waits for. It waits for one thing at a time: the next wait calls off the last. */
export interface PodCourse extends ContainerLife, Ending {
  pod: Pod;
  next: EventId;
  /** The volumes or images that it waits for. */
  waitsFor: EventHandle | undefined;
  /** The node that it is bound to, where that is known from the binding. */
  boundTo: Node | undefined;
  /** Since when its containers run: what becomes of them counts from here. */
  since: Instant;
  grace: Duration;
  /** Drawn once, when the deletion is noticed. */
  own: Duration;
  /** undefined before the deletion is noticed. */
  noticedAfter: Duration | undefined;
}

/**
 * The courses of the pods that a kubelet is working on, by slot of the pod. Finished courses are reused: only few pods of a cluster need
 * one at the same time, so these stay in the cache.
 */
export class PodCourses {
  private bySlot = new Array<PodCourse | undefined>(FIRST_ROOM).fill(undefined);
  private readonly over: PodCourse[] = [];

  /** The course of `pod`, begun if need be. */
  of(pod: Pod): PodCourse {
    return this.bySlot[pod.slot] ?? this.begin(pod);
  }

  /** The course of `pod`, if it was begun and is not over. */
  get(pod: Pod): PodCourse | undefined {
    return this.bySlot[pod.slot];
  }

  /**
   * Ends a course that no longer waits for anything, at the latest when its pod goes. The pod begins another course if there is more to do.
   */
  end(course: PodCourse): void {
    this.bySlot[course.pod.slot] = undefined;
    this.over[this.over.length] = course;
  }

  private begin(pod: Pod): PodCourse {
    const over = this.over.pop();
    const course = over === undefined ? newCourse(pod) : beginAnew(over, pod);
    if (pod.slot >= this.bySlot.length) this.enlarge(2 * pod.slot);
    this.bySlot[pod.slot] = course;
    return course;
  }

  private enlarge(room: number): void {
    this.bySlot = this.bySlot.concat(new Array<undefined>(room - this.bySlot.length).fill(undefined));
  }
}

/** Room at the start; it at least doubles when it is full. */
const FIRST_ROOM = 1024;

function newCourse(pod: Pod): PodCourse {
  return {
    pod,
    next: NO_EVENT,
    waitsFor: undefined,
    boundTo: undefined,
    end: undefined,
    since: START,
    noticedAfter: undefined,
    own: ZERO,
    grace: ZERO,
  };
}

function beginAnew(course: PodCourse, pod: Pod): PodCourse {
  course.pod = pod;
  course.boundTo = undefined;
  course.end = undefined;
  course.since = START;
  course.noticedAfter = undefined;
  course.own = ZERO;
  course.grace = ZERO;
  return course;
}
