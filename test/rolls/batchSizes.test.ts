import { describe, expect, it } from 'vitest';
import { batchSizes } from '../../src/rolls/batchSizes.ts';
import type { Pacing } from '../../src/rolls/RollPlan.ts';
import { minutes } from '../../src/units.ts';

describe('batchSizes', () => {
  const fourfold: Pacing = { kind: 'ramp', factor: 4 };
  const twofold: Pacing = { kind: 'ramp', first: 1, factor: 2 };
  it.each<[string, Pacing, number, number, readonly number[]]>([
    ['of a barrier are equal, but for the last', { kind: 'barrier' }, 3, 10, [3, 3, 3, 1]],
    ['of a CCE upgrade of 100 nodes grow fourfold up to 20', fourfold, 20, 100, [1, 4, 16, 20, 20, 20, 19]],
    ['of an ACK upgrade of 100 nodes double up to 10', twofold, 10, 100, [1, 2, 4, 8, 10, 10, 10, 10, 10, 10, 10, 10, 5]],
    ['have a cap of their own', { ...twofold, cap: 3 }, 10, 12, [1, 2, 3, 3, 3]],
    ['are never above maxUnavailable', { ...twofold, first: 5, cap: 8 }, 4, 9, [4, 4, 1]],
    ['grow anew after a pause', { ...twofold, pause: 'first', resumeAfter: minutes(5) }, 10, 9, [1, 1, 2, 4, 1]],
    ['never grow when the roll pauses after each', { ...twofold, pause: 'every', resumeAfter: minutes(5) }, 10, 3, [1, 1, 1]],
    ['are none without nodes', fourfold, 20, 0, []],
  ])('%s', (_, pacing, maxUnavailable, nodes, sizes) => {
    expect(batchSizes({ pacing, maxUnavailable }, nodes)).toEqual(sizes);
  });
});
