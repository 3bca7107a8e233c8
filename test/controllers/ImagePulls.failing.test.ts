import { describe, expect, it } from 'vitest';
import type { FailingImage } from '../../src/controllers/ImagePulls.ts';
import { instant } from '../../src/units.ts';
import { aContainer, aNode, aPod, aPodSpec } from '../support/builders.ts';
import { aControlPlane } from '../support/controlPlane.ts';

const MB = 1_000_000;

describe('ImagePulls with images that fail', () => {
  it('tries again after 10 s, 20 s, 40 s …, and pulls at the first try after the failure', () => {
    expect(runningAt({ failing: { image: 'registry.local/app:1', until: instant(71_000) } })).toBe(150 + 10);
    expect(runningAt({ failing: { image: 'registry.local/app:1', until: instant(70_000) } })).toBe(70 + 10);
  });

  it('waits for ever when the failure does', () => {
    expect(runningAt({ failing: { image: 'registry.local/app:1' } })).toBeUndefined();
  });

  it('applies to all images whose names begin so', () => {
    expect(runningAt({ failing: { image: 'registry.local/*' } })).toBeUndefined();
    expect(runningAt({ failing: { image: 'registry.example/*' } })).toBe(10);
  });

  it('asks the registry for an image that is on the node only with the pull policy Always', () => {
    const failing = { image: 'registry.local/app:1' };
    expect(runningAt({ failing, isOnNode: true })).toBe(0);
    expect(runningAt({ failing, isOnNode: true, imagePullPolicy: 'Always' })).toBeUndefined();
  });

  it('forgets a pod that is deleted while it waits', () => {
    const plane = planeOf({ failing: { image: 'registry.local/app:1', until: instant(1000_000) } });
    plane.at(15, () =>
      plane.cluster.terminatePod(plane.pod('a'), { requestedAt: instant(15_000), gracePeriodSeconds: 30, cause: 'Delete' }),
    );
    plane.until(15);
    expect(plane.podNames()).toEqual([]);
    plane.until(2000);
    expect(plane.podNames()).toEqual([]);
  });
});

interface Case {
  readonly failing: FailingImage;
  readonly isOnNode?: boolean;
  readonly imagePullPolicy?: 'Always' | 'IfNotPresent';
}

function planeOf({ failing, isOnNode = false, imagePullPolicy = 'IfNotPresent' }: Case) {
  const held = isOnNode ? [{ names: ['registry.local/app:1'], sizeBytes: 100 * MB }] : [];
  return aControlPlane({
    nodes: [aNode('n1', { images: held })],
    pods: [aPod('a', { spec: aPodSpec({ containers: [aContainer({ imagePullPolicy })] }) })],
    images: { sizeBytes: 100 * MB, nodeRate: 10 * MB, registryRate: 1000 * MB, failing: [failing] },
  });
}

/** The second in which the pod becomes Running; undefined when it does not within 2000 s. */
function runningAt(given: Case): number | undefined {
  const plane = planeOf(given);
  let at: number | undefined;
  plane.cluster.subscribe((change) => {
    if (change.kind === 'podRunning') at = plane.sim.now / 1000;
  });
  plane.until(2000);
  return at;
}
