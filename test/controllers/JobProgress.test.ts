import { describe, expect, it } from 'vitest';
import { JobProgress } from '../../src/controllers/JobProgress.ts';
import { START } from '../../src/units.ts';
import { aPod, podOutside } from '../support/builders.ts';

const pods = (phases: readonly ('Succeeded' | 'Failed' | 'Running')[]) =>
  phases.map((phase, index) => Object.assign(podOutside(aPod(`sum-${index}`, { phase })), { createdAs: index }));

describe('JobProgress', () => {
  it.each([
    ['the pods where the status is behind', ['Succeeded', 'Succeeded', 'Failed'], { succeeded: 1, failed: 0 }, [2, 1]],
    ['the status where pods are gone', ['Succeeded'], { succeeded: 4, failed: 3 }, [4, 3]],
    ['the pods where there is no status', ['Succeeded', 'Running'], undefined, [1, 0]],
  ] as const)('begins with %s', (_name, phases, ended, expected) => {
    const progress = new JobProgress(pods(phases), ended ? { ended } : {});
    expect([progress.succeeded, progress.failed]).toEqual(expected);
    const [later] = pods(['Succeeded']);
    if (later) progress.noteEnd(Object.assign(later, { createdAs: 9 }), START);
    expect(progress.succeeded).toBe(expected[0] + 1);
  });

  it('counts no failed pods that the policy of the Job has ignored', () => {
    const podFailurePolicy = [{ action: 'Ignore' as const, on: 'disruption' as const }];
    const given = pods(['Failed', 'Failed']);
    expect(new JobProgress(given, { ended: { succeeded: 0, failed: 1 }, podFailurePolicy }).failed).toBe(1);
    expect(new JobProgress(given, { podFailurePolicy }).failed).toBe(2);
  });
});
