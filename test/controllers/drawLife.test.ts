import { describe, expect, it } from 'vitest';
import { type ContainerLife, drawLife } from '../../src/controllers/drawLife.ts';
import type { KubeletTiming } from '../../src/controllers/KubeletTiming.ts';
import { NEVER, seconds, ZERO } from '../../src/units.ts';
import { aPod, aPodSpec, podOutside } from '../support/builders.ts';

const timing: KubeletTiming = { ready: () => seconds(20), exit: () => ZERO, crash: () => seconds(50), images: undefined };
const start = { waitsForGates: () => false, probeOffset: () => ZERO };

function aLife(): ContainerLife {
  return { pod: podOutside(aPod('a')), end: { phase: 'Succeeded', after: seconds(1) } };
}

describe('drawLife', () => {
  it('draws how the containers end by themselves', () => {
    const life = aLife();
    expect(drawLife(life, timing, start)).toBe(20_000);
    expect(life.end).toEqual({ phase: 'Failed', after: 50_000 });
  });

  it('draws no end for a pod that is known to run on', () => {
    const life = aLife();
    expect(drawLife(life, { ...timing, runsOn: () => true }, start)).toBe(20_000);
    expect(life.end).toBe(undefined);
  });

  it.each([
    ['Always', undefined],
    ['OnFailure', { phase: 'Succeeded', after: 9000 }],
    ['Never', { phase: 'Succeeded', after: 9000 }],
  ] as const)('lets a pod of restart policy %s end as %o', (restartPolicy, end) => {
    const life: ContainerLife = { pod: podOutside(aPod('a', { spec: aPodSpec({ restartPolicy }) })), end: undefined };
    drawLife(life, { ...timing, crash: () => NEVER, complete: () => seconds(9) }, start);
    expect(life.end).toEqual(end);
  });

  it('lets readiness gates come after the containers, whether the pod runs on or not', () => {
    const gated = { ...start, waitsForGates: () => true };
    const gates = () => seconds(5);
    const times = [true, false].map((known) => drawLife(aLife(), { ...timing, gates, runsOn: () => known }, gated));
    expect(times).toEqual([25_000, 25_000]);
  });
});
