import { describe, expect, it } from 'vitest';
import { PodCourses } from '../../src/controllers/PodCourse.ts';
import { instant, seconds } from '../../src/units.ts';
import { aPod, podOutside } from '../support/builders.ts';

const podAt = (slot: number) => Object.assign(podOutside(aPod(`p${slot}`)), { slot });

describe('PodCourses', () => {
  it('gives a pod the same course until that is over', () => {
    const courses = new PodCourses();
    const pod = podAt(7);
    expect(courses.get(pod)).toBe(undefined);
    const course = courses.of(pod);
    expect([courses.of(pod), courses.get(pod), courses.get(podAt(3))]).toEqual([course, course, undefined]);
    courses.end(course);
    expect(courses.get(pod)).toBe(undefined);
  });

  it('reuses a course that is over', () => {
    const courses = new PodCourses();
    const first = courses.of(podAt(0));
    const untouched = { ...first };
    Object.assign(first, { since: instant(5), end: { phase: 'Failed', after: seconds(1) }, grace: seconds(2), own: seconds(3) });
    first.noticedAfter = seconds(4);
    courses.end(first);
    const other = podAt(1);
    expect({ ...courses.of(other) }).toEqual({ ...untouched, pod: other });
    expect(courses.of(podAt(2))).not.toBe(courses.of(other));
  });

  it('keeps the courses of as many pods as there are, each by the slot of its pod', () => {
    const courses = new PodCourses();
    const pods = [5, 1023, 1024, 5000].map(podAt);
    const begun = pods.map((pod) => courses.of(pod));
    expect(pods.map((pod) => courses.get(pod))).toEqual(begun);
    expect(begun.map(({ pod }) => pod)).toEqual(pods);
    for (const course of begun) courses.end(course);
    expect(pods.map((pod) => courses.get(pod))).toEqual(pods.map(() => undefined));
    const again = pods.map((pod) => courses.of(pod));
    expect(new Set(again)).toEqual(new Set(begun));
  });
});
