import { describe, expect, it } from 'vitest';
import type { Container } from '../../src/cluster/PodSpec.ts';
import { stopHooksOf, terminationTime } from '../../src/controllers/terminationTime.ts';
import { seconds } from '../../src/units.ts';
import { aContainer, aPodSpec } from '../support/builders.ts';

describe('terminationTime', () => {
  it('is that of the slowest container', () => {
    expect(endsAfter({ containers: [hooked(3), hooked(12), hooked(0)], grace: 30, own: 5 })).toBe(17);
  });

  it('stops sidecars one after the other when the main containers have ended', () => {
    expect(endsAfter({ containers: [hooked(4)], sidecars: [hooked(0), hooked(0)], grace: 30, own: 5 })).toBe(19);
  });

  it('runs the hook of a sidecar while the main containers end', () => {
    expect(endsAfter({ containers: [hooked(0)], sidecars: [hooked(5)], grace: 30, own: 5 })).toBe(10);
  });

  it('leaves a sidecar 2 s when the main containers have used up the grace period', () => {
    expect(endsAfter({ containers: [hooked(0)], sidecars: [hooked(0)], grace: 30, own: 60 })).toBe(32);
  });

  it('leaves init containers out that have long ended', () => {
    const spec = aPodSpec({ initContainers: [hooked(20)] });
    expect(terminationTime(stopHooksOf(spec), { grace: seconds(30), own: seconds(5) })).toBe(5000);
  });
});

interface Case {
  readonly containers: readonly Container[];
  readonly sidecars?: readonly Container[];
  readonly grace: number;
  readonly own: number;
}

/** In seconds, as all numbers of the cases. */
function endsAfter({ containers, sidecars = [], grace, own }: Case): number {
  const initContainers = sidecars.map((sidecar) => ({ ...sidecar, restartPolicy: 'Always' as const }));
  return terminationTime(stopHooksOf(aPodSpec({ containers, initContainers })), { grace: seconds(grace), own: seconds(own) }) / 1000;
}

function hooked(preStopSeconds: number): Container {
  return aContainer({ preStopSeconds });
}
