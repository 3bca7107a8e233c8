import { describe, expect, it } from 'vitest';
import { DEFAULT_SCALING } from '../../src/cluster/HorizontalPodAutoscaler.ts';
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

  it.each([
    ['down', { scaleDown: { ...DEFAULT_SCALING.scaleDown, selectPolicy: 'Disabled' as const } }, 8, 1.3, 8],
    ['up', { scaleUp: { ...DEFAULT_SCALING.scaleUp, policies: [] } }, 3, 40, 3],
    [
      'out of its bounds either, but into them',
      { scaleDown: { ...DEFAULT_SCALING.scaleDown, selectPolicy: 'Disabled' as const } },
      14,
      1.3,
      10,
    ],
  ])('is not further %s when its behavior allows nothing there', (_, change, current, load, expected) => {
    const autoscaler = { ...anAutoscaler('web'), behavior: { ...DEFAULT_SCALING, ...change } };
    expect(steadyReplicas(autoscaler, { current, load, request: 500, tolerance: { up: 0.1, down: 0.1 } })).toBe(expected);
  });

  it('is inside the bounds even when the use is not known', () => {
    expect(rest(14, 3, 0)).toBe(10);
    expect(rest(7, 3, 0)).toBe(7);
  });
});
