import { describe, expect, it } from 'vitest';
import type { CpuTarget } from '../../src/cluster/HorizontalPodAutoscaler.ts';
import { proposeReplicas, utilizationOf } from '../../src/controllers/proposeReplicas.ts';

const TOLERANCE = { down: 0.1, up: 0.1 };
const SIXTY: CpuTarget = { kind: 'utilization', percent: 60 };
const using = (usage: number, count: number) => Array.from({ length: count }, () => ({ usage, request: 100 }));
const requesting = (count: number) => Array.from({ length: count }, () => 100);

describe('a proposal of replicas', () => {
  it('keeps what there is when missing pods, taken as fully busy, bring a low use back to the target', () => {
    expect(proposeReplicas(4, { ready: using(46, 3), unready: [], missing: requesting(1) }, SIXTY, TOLERANCE)).toBe(4);
  });

  it('takes missing pods as idle when the use is high', () => {
    expect(proposeReplicas(4, { ready: using(90, 2), unready: [], missing: requesting(1) }, SIXTY, TOLERANCE)).toBe(4);
    expect(proposeReplicas(4, { ready: using(180, 3), unready: [], missing: requesting(1) }, SIXTY, TOLERANCE)).toBe(9);
  });

  it('never turns round: a high use that idle pods push below the target changes nothing', () => {
    expect(proposeReplicas(10, { ready: using(75, 4), unready: requesting(6), missing: [] }, SIXTY, TOLERANCE)).toBe(10);
  });

  it('is not put off by shares of a load that are no exact numbers', () => {
    const usage = 0.29 * 100;
    expect(usage).toBeLessThan(29);
    expect(utilizationOf([{ usage, request: 100 }])).toBe(29);
  });

  it('compares whole thousandths of a CPU with an average value', () => {
    const target: CpuTarget = { kind: 'averageValue', milliCpu: 50 };
    expect(proposeReplicas(4, { ready: using(90, 4), unready: [], missing: [] }, target, TOLERANCE)).toBe(8);
    expect(proposeReplicas(4, { ready: using(54, 4), unready: [], missing: [] }, target, TOLERANCE)).toBe(4);
  });

  it('says nothing without a measured pod, or when a pod requests no CPU', () => {
    expect(proposeReplicas(3, { ready: [], unready: requesting(3), missing: [] }, SIXTY, TOLERANCE)).toBeUndefined();
    const free = [{ usage: 10, request: 0 }, ...using(90, 2)];
    expect(proposeReplicas(3, { ready: free, unready: [], missing: [] }, SIXTY, TOLERANCE)).toBeUndefined();
    const target: CpuTarget = { kind: 'averageValue', milliCpu: 50 };
    expect(proposeReplicas(3, { ready: free, unready: [], missing: [] }, target, TOLERANCE)).toBeUndefined();
  });
});
