import { describe, expect, it } from 'vitest';
import type { Job, PerIndex } from '../../src/cluster/Workload.ts';
import { deletePod } from '../../src/controllers/deletePod.ts';
import { aJob, aNode, aPod } from '../support/builders.ts';
import { aControlPlane, type ControlPlane, type ControlPlaneOptions } from '../support/controlPlane.ts';

/** A Job of three indexes, each of which may fail once. */
function anIndexedJob(perIndex: Partial<PerIndex> = {}, more: Partial<Job> = {}): Job {
  return {
    ...aJob('sum', 3),
    backoffLimit: 2 ** 31 - 1,
    perIndex: { backoffLimit: 1, completed: [], failed: [], ...perIndex },
    ...more,
  };
}

function aPlane(job: Job, more: Partial<ControlPlaneOptions> = {}): ControlPlane {
  const plane = aControlPlane({ nodes: [aNode('n1')], exit: 2, workloads: [job], ...more });
  plane.at(2000, () => {});
  return plane;
}

function evict(plane: ControlPlane, second: number, name: string): void {
  plane.at(second, () => deletePod(plane.cluster, plane.pod(name), { now: plane.sim.now, cause: 'EvictionByEvictionAPI' }));
}

function failedOf({ cluster }: ControlPlane): readonly number[] | undefined {
  const job = cluster.workloads.get('Job/default/sum');
  return job?.kind === 'Job' ? job.perIndex?.failed : undefined;
}

describe('a Job with backoffLimitPerIndex', () => {
  it('keeps the object of an evicted pod until its successor is created, 10 s after its exit, even beside no Ready pod', () => {
    const plane = aPlane(anIndexedJob({}, { parallelism: 1 }));
    evict(plane, 100, 'sum-00001');
    plane.until(111);
    expect(plane.podNames()).toEqual(['sum-00001']);
    plane.until(112);
    expect(plane.podNames()).toEqual(['sum-00002']);
  });

  it('backs off each index by itself: two that fail together come back after 10 s, not 20 s', () => {
    const plane = aPlane(anIndexedJob());
    evict(plane, 100, 'sum-00001');
    evict(plane, 100, 'sum-00002');
    plane.until(111);
    expect(plane.podNames()).toEqual(['sum-00001', 'sum-00002', 'sum-00003']);
    plane.until(112);
    expect(plane.podNames()).toEqual(['sum-00003', 'sum-00004', 'sum-00005']);
  });

  it('gives an index up that fails more often than it may, and goes on with the others', () => {
    const plane = aPlane(anIndexedJob());
    evict(plane, 100, 'sum-00001');
    evict(plane, 200, 'sum-00004');
    plane.until(199);
    expect(failedOf(plane)).toEqual([]);
    plane.until(1000);
    expect(plane.podNames()).toEqual(['sum-00002', 'sum-00003']);
    expect(failedOf(plane)).toEqual([0]);
  });

  it('doubles the back-off of an index with each of its failures', () => {
    const plane = aPlane(anIndexedJob({ backoffLimit: 5 }));
    evict(plane, 100, 'sum-00001');
    evict(plane, 200, 'sum-00004');
    plane.until(221);
    expect(plane.podNames()).toEqual(['sum-00002', 'sum-00003', 'sum-00004']);
    plane.until(222);
    expect(plane.podNames()).toEqual(['sum-00002', 'sum-00003', 'sum-00005']);
  });

  it('fails as a whole when more indexes are given up than maxFailedIndexes', () => {
    const plane = aPlane(anIndexedJob({ backoffLimit: 0, maxFailedIndexes: 1 }));
    evict(plane, 100, 'sum-00001');
    plane.until(150);
    expect(plane.podNames()).toEqual(['sum-00002', 'sum-00003']);
    evict(plane, 200, 'sum-00002');
    plane.until(1000);
    expect(plane.podNames()).toEqual([]);
  });

  it('runs the next index in the place of one that is given up', () => {
    const plane = aPlane(anIndexedJob({ backoffLimit: 0 }, { parallelism: 1 }));
    evict(plane, 100, 'sum-00001');
    plane.until(100);
    expect(plane.podNames()).toEqual(['sum-00001', 'sum-00002']);
  });

  it('goes on from a dump: indexes that are over, and failures that annotations tell of', () => {
    const job = anIndexedJob({ completed: [{ first: 1, last: 1 }], failed: [2] }, { completions: 5, ended: { succeeded: 1, failed: 3 } });
    const owner = { apiVersion: 'batch/v1', kind: 'Job', name: 'sum' };
    const annotations = { 'batch.kubernetes.io/job-completion-index': '0', 'batch.kubernetes.io/job-index-failure-count': '1' };
    const { spec, labels } = job.template;
    const plane = aPlane(job, { pods: [aPod('sum-0-x', { owner, annotations, spec, labels, nodeName: 'n1' })] });
    plane.until(50);
    expect(plane.podNames()).toEqual(['sum-0-x', 'sum-00001', 'sum-00002']);
    evict(plane, 100, 'sum-0-x');
    plane.until(1000);
    expect(plane.podNames()).toEqual(['sum-00001', 'sum-00002']);
    expect(failedOf(plane)).toEqual([2, 0]);
  });

  it('counts no failure that its policy ignores, and gives an index up at once where the policy says so', () => {
    const ignoring = { podFailurePolicy: [{ action: 'Ignore', on: 'disruption' }], podReplacementPolicy: 'Failed' } as const;
    const plane = aPlane(anIndexedJob({ backoffLimit: 0 }, ignoring));
    evict(plane, 100, 'sum-00001');
    plane.until(112);
    expect(plane.podNames()).toEqual(['sum-00002', 'sum-00003', 'sum-00004']);

    const failing = { ...ignoring, podFailurePolicy: [{ action: 'FailIndex', on: 'disruption' }] } as const;
    const strict = aPlane(anIndexedJob({ backoffLimit: 9 }, failing));
    evict(strict, 100, 'sum-00001');
    strict.until(1000);
    expect(strict.podNames()).toEqual(['sum-00002', 'sum-00003']);
  });
});
