import { describe, expect, it } from 'vitest';
import { steadyReplicas } from '../../src/controllers/steadyReplicas.ts';
import { anAutoscaler } from '../support/builders.ts';

/** At 60 %, between 2 and 10 replicas, with a tolerance of 10 %. */
function rest(current: number, load: number, request = 500) {
  return steadyReplicas(anAutoscaler('web'), { current, load, request, tolerance: { up: 0.1, down: 0.1 } });
}

describe('the replicas at which an autoscaler comes to rest', () => {
  it.each([
    ['where the use is at the target', 5, 3, 5],
    ['above what the load alone asks for, when that is close enough', 8, 4.4, 8],
    ['up from a use that is capped at the request', 1, 3, 5],
    ['down to what the load asks for', 10, 1.3, 3],
    ['at the floor without load', 6, 0, 2],
    ['at the ceiling', 3, 40, 10],
  ])('is %s', (_, current, load, expected) => {
    expect(rest(current, load)).toBe(expected);
  });

  it('is inside the bounds even when the use is not known', () => {
    expect(rest(14, 3, 0)).toBe(10);
    expect(rest(7, 3, 0)).toBe(7);
  });
});
