import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { Action, EvictionTrace } from './EvictionTrace.ts';
import { EvictionWorld } from './EvictionWorld.ts';

const EVICTED = { cause: 'EvictionByEvictionAPI' };

describe('EvictionWorld', () => {
  it('shows no grace period of a Job pod that has ended and waits for its back-off', () => {
    const [first, second] = statesAfter('job3-mu1', [{ type: 'evict' }, { type: 'podsExit' }]);
    expect(first).toMatchObject({ phase: 'Running', termination: { gracePeriodSeconds: 30, ...EVICTED } });
    expect(second).toMatchObject({ phase: 'Failed', termination: { gracePeriodSeconds: 0, ...EVICTED } });
  });

  it('keeps such a pod when it is evicted again, also at once', () => {
    const steps: Action[] = [{ type: 'podsExit' }, { type: 'evict' }, { type: 'evict', deleteOptions: { gracePeriodSeconds: 0 } }];
    const [, ...later] = statesAfter('job3-mu1', [{ type: 'delete' }, ...steps]);
    expect(later.map((pod) => pod?.termination)).toMatchObject([{ cause: 'Delete' }, EVICTED, EVICTED]);
    expect(later.map((pod) => pod?.termination?.gracePeriodSeconds)).toEqual([0, 0, 0]);
  });

  it('keeps a failed Job pod that is evicted up to the end of the back-off, without a grace period', () => {
    const [, evicted, gone] = statesAfter('job3-mu1', [{ type: 'finish' }, { type: 'evict' }, { type: 'wait', seconds: 12 }]);
    expect(evicted).toMatchObject({ phase: 'Failed', termination: { gracePeriodSeconds: 0, ...EVICTED } });
    expect(gone).toBeUndefined();
  });

  it('keeps a Job pod that is evicted at once, for its Job has to count it', () => {
    const [evicted, gone] = statesAfter('job3-mu1', [
      { type: 'evict', deleteOptions: { gracePeriodSeconds: 0 } },
      { type: 'wait', seconds: 12 },
    ]);
    expect(evicted).toMatchObject({ phase: 'Running', termination: { gracePeriodSeconds: 0, ...EVICTED } });
    expect(gone).toBeUndefined();
  });

  it('deletes a pod as the step says', () => {
    const [deleted] = statesAfter('plain-delete', [{ type: 'delete', deleteOptions: { gracePeriodSeconds: 5 } }]);
    expect(deleted?.termination).toMatchObject({ gracePeriodSeconds: 5, cause: 'Delete' });
    expect(statesAfter('plain-delete', [{ type: 'delete', deleteOptions: { gracePeriodSeconds: 0 } }])).toEqual([undefined]);
    const [first] = statesAfter('plain-delete', [{ type: 'deleteObject', object: 'Pod/default/web-f8777b779-2twlz' }]);
    expect(first?.termination).toMatchObject({ gracePeriodSeconds: 30, cause: 'Delete' });
  });

  it('takes no dry run from an empty list', () => {
    const [evicted] = statesAfter('plain-delete', [{ type: 'evict', deleteOptions: { dryRun: [] } }]);
    expect(evicted?.termination).toMatchObject(EVICTED);
  });

  it('takes a resource version for the right one when the recording says so', () => {
    const deleteOptions = { preconditions: { resourceVersion: '9414' } };
    const note = 'the resourceVersion is the right one';
    const [refused, evicted] = statesAfter('pending-unscheduled', [
      { type: 'evict', deleteOptions },
      { type: 'evict', deleteOptions, note },
    ]);
    expect([refused?.phase, evicted]).toEqual(['Pending', undefined]);
  });

  it('leaves a terminating pod that has finished to its kubelet', () => {
    const steps: Action[] = [{ type: 'delete' }, { type: 'finish' }, { type: 'evict' }, { type: 'podsExit' }];
    const [, , evicted, gone] = statesAfter('plain-delete', steps);
    expect(evicted).toMatchObject({ phase: 'Failed', termination: { gracePeriodSeconds: 30, ...EVICTED } });
    expect(gone).toBeUndefined();
  });
});

describe('a patch', () => {
  it('changes a pod that was created meanwhile, which the recording calls by another name', () => {
    const trace = read('dep3-mu1');
    const world = new EvictionWorld({ ...trace, steps: [] });
    const [first] = trace.before.pods;
    const owner = first?.owner ?? '';
    const later = { name: 'default/web-later', owner, node: null, phase: 'Pending', ready: false } as const;
    const podsAfter = [...trace.before.pods, later];
    const perform = (action: Action) => world.perform({ action, budgetsAfter: {}, podsAfter });
    perform({ type: 'evict', pod: first?.name ?? '' });
    const replacement = world.pairs.podOf(later.name);
    expect(replacement?.owner).toMatchObject({ kind: 'ReplicaSet' });
    perform({ type: 'patch', object: `Pod/${later.name}`, patch: { metadata: { labels: { app: 'debug' } } } });
    expect(replacement?.labels).toMatchObject({ app: 'debug', 'pod-template-hash': expect.any(String) });
    expect(replacement?.owner).toBeUndefined();
  });
});

/** What the first pod of a recording is after each of some other steps; undefined when it is gone. Budgets of Jobs, which fail, are left out. */
function statesAfter(recording: string, actions: readonly Action[]) {
  const trace = read(recording);
  const hasJob = trace.objects.some(({ kind }) => kind === 'Job');
  const objects = hasJob ? trace.objects.filter(({ kind }) => kind !== 'PodDisruptionBudget') : trace.objects;
  const world = new EvictionWorld({ ...trace, objects, steps: [] });
  const [first] = trace.before.pods;
  const name = first?.name ?? '';
  const pod = world.pairs.podOf(name);
  return actions.map((action) => {
    world.perform({ action: { ...action, pod: name }, budgetsAfter: {}, podsAfter: trace.before.pods });
    return pod?.exists ? { phase: pod.phase, termination: pod.termination } : undefined;
  });
}

function read(recording: string): EvictionTrace {
  const file = new URL(`../traces/evictions/${recording}.json.gz`, import.meta.url);
  return JSON.parse(gunzipSync(readFileSync(file)).toString());
}
