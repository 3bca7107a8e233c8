import { describe, expect, it } from 'vitest';
import { Cluster } from '../../src/cluster/Cluster.ts';
import type { PodDescription, Termination } from '../../src/cluster/Pod.ts';
import { deletePod } from '../../src/controllers/deletePod.ts';
import { instant, START } from '../../src/units.ts';
import { aPod, aPodSpec } from '../support/builders.ts';

describe('deletePod', () => {
  it.each([
    ['was never bound', {}],
    ['has failed', { nodeName: 'n1', phase: 'Failed' }],
    ['has succeeded', { nodeName: 'n1', phase: 'Succeeded' }],
  ] as const)('removes a pod at once that %s', (_why, options) => {
    expect(deleted(options, [{ at: 0 }])).toBeUndefined();
  });

  it('removes a running pod at once when asked for a grace period of 0, also while it terminates', () => {
    expect(deleted({ nodeName: 'n1' }, [{ at: 0, grace: 0 }])).toBeUndefined();
    expect(deleted({ nodeName: 'n1' }, [{ at: 0 }, { at: 5, grace: 0 }])).toBeUndefined();
  });

  it('gives a running pod the grace period of its spec unless told otherwise', () => {
    const spec = aPodSpec({ terminationGracePeriodSeconds: 45 });
    expect(deleted({ nodeName: 'n1', spec }, [{ at: 3 }])).toMatchObject({ requestedAt: 3000, gracePeriodSeconds: 45 });
    expect(deleted({ nodeName: 'n1', spec }, [{ at: 3, grace: 10 }])).toMatchObject({ gracePeriodSeconds: 10 });
    expect(deleted({ nodeName: 'n1', spec }, [{ at: 3, grace: -5 }])).toMatchObject({ gracePeriodSeconds: 1 });
  });

  it('shortens a running termination, counted from the first request', () => {
    expect(deleted({ nodeName: 'n1' }, [{ at: 0 }, { at: 5, grace: 10 }])).toMatchObject({ requestedAt: 0, gracePeriodSeconds: 10 });
  });

  it('ends a termination now when the shortened grace period is over already', () => {
    expect(deleted({ nodeName: 'n1' }, [{ at: 0 }, { at: 15, grace: 10 }])).toMatchObject({ requestedAt: 14_000, gracePeriodSeconds: 1 });
  });

  it('changes nothing when a second request is longer or names no grace period', () => {
    expect(deleted({ nodeName: 'n1' }, [{ at: 0, grace: 20 }, { at: 5, grace: 40 }, { at: 25 }])).toMatchObject({
      requestedAt: 0,
      gracePeriodSeconds: 20,
    });
  });

  it.each([
    ['an eviction', 'EvictionByEvictionAPI'],
    ['a deletion for a taint', 'DeletionByTaintManager'],
  ] as const)('gives a terminating pod the cause of %s, whatever else that changes', (_what, cause) => {
    const again = (grace?: number) => deleted({ nodeName: 'n1' }, [{ at: 0 }, { at: 5, grace, cause }]);
    expect(again()).toEqual({ requestedAt: START, gracePeriodSeconds: 30, cause });
    expect(again(60)).toEqual({ requestedAt: START, gracePeriodSeconds: 30, cause });
    expect(again(10)).toEqual({ requestedAt: START, gracePeriodSeconds: 10, cause });
  });

  it('keeps the cause of an evicted pod that someone deletes', () => {
    const cause = 'EvictionByEvictionAPI';
    expect(deleted({ nodeName: 'n1' }, [{ at: 0, cause }, { at: 5 }])).toMatchObject({ gracePeriodSeconds: 30, cause });
    expect(
      deleted({ nodeName: 'n1' }, [
        { at: 0, cause },
        { at: 5, grace: 10 },
      ]),
    ).toMatchObject({ gracePeriodSeconds: 10, cause });
  });
});

interface Request {
  readonly at: number;
  readonly grace?: number | undefined;
  readonly cause?: Termination['cause'];
}

function deleted(options: Partial<PodDescription>, requests: readonly Request[]) {
  const cluster = new Cluster();
  const pod = cluster.addPod(aPod('web', { createdAt: START, ...options }));
  for (const { at, grace, cause = 'Delete' } of requests) {
    deletePod(cluster, pod, { now: instant(at * 1000), gracePeriodSeconds: grace, cause });
  }
  return cluster.pods.get(pod.key)?.termination;
}
