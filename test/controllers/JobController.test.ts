import { describe, expect, it } from 'vitest';
import { deletePod } from '../../src/controllers/deletePod.ts';
import { aJob, aNode } from '../support/builders.ts';
import { aControlPlane, type ControlPlane } from '../support/controlPlane.ts';

const nodes = ['n1', 'n2'].map((name) => aNode(name));

describe('JobController', () => {
  it('replaces an evicted pod 10 s after its exit; beside another Ready pod its object stays as long', () => {
    const plane = aControlPlane({ nodes, exit: 2, workloads: [aJob('sum', 2)] });
    plane.at(100, () => evict(plane, 'sum-00001'));
    plane.until(111);
    expect(plane.podNames()).toEqual(['sum-00001', 'sum-00002']);
    expect(plane.pod('sum-00001').phase).toBe('Failed');
    plane.until(112);
    expect(plane.podNames()).toEqual(['sum-00002', 'sum-00003']);
  });

  it('counts the back-off from the whole second of the wall clock in which the pod ended', () => {
    const plane = aControlPlane({ nodes, exit: 2, workloads: [aJob('sum', 2)] });
    plane.at(100.7, () => evict(plane, 'sum-00001'));
    plane.until(111.9);
    expect(plane.podNames()).toEqual(['sum-00001', 'sum-00002']);
    plane.until(112);
    expect(plane.podNames()).toEqual(['sum-00002', 'sum-00003']);
  });

  it('lets the only Ready pod of a Job go when it has ended', () => {
    const plane = aControlPlane({ nodes, exit: 2, workloads: [aJob('sum', 1)] });
    plane.at(100, () => evict(plane, 'sum-00001'));
    plane.until(102);
    expect(plane.podNames()).toEqual([]);
  });

  it('replaces it 10 s after the eviction, for it counted as failed at once', () => {
    const plane = aControlPlane({ nodes, exit: 8, workloads: [aJob('sum', 1)] });
    plane.at(100, () => evict(plane, 'sum-00001'));
    plane.until(110);
    expect(plane.podNames()).toEqual(['sum-00002']);
    expect(plane.jobs.lostPods('Job/default/sum')).toBe(1);
  });

  it('removes it at once when it is deleted again without a grace period', () => {
    const plane = aControlPlane({ nodes, exit: 8, workloads: [aJob('sum', 1)] });
    plane.at(100, () => evict(plane, 'sum-00001'));
    plane.at(103, () => deletePod(plane.cluster, plane.pod('sum-00001'), { now: plane.sim.now, gracePeriodSeconds: 0, cause: 'Delete' }));
    plane.until(103);
    expect(plane.podNames()).toEqual([]);
  });

  it.each(['Failed', 'TerminatingOrFailed'] as const)(
    'counts a deleted pod that no node ever ran, with policy %s',
    (podReplacementPolicy) => {
      const plane = aControlPlane({ workloads: [{ ...aJob('sum', 1), podReplacementPolicy }] });
      plane.at(100, () => evict(plane, 'sum-00001'));
      plane.until(109);
      expect(plane.podNames()).toEqual([]);
      plane.until(110);
      expect(plane.podNames()).toEqual(['sum-00002']);
      expect(plane.jobs.lostPods('Job/default/sum')).toBe(1);
    },
  );

  it('doubles the back-off with every failure: 20 s for two that go together', () => {
    const plane = aControlPlane({ nodes, exit: 1, workloads: [aJob('sum', 3)] });
    plane.at(100, () => evict(plane, 'sum-00001'));
    plane.at(100, () => evict(plane, 'sum-00002'));
    plane.until(120);
    expect(plane.podNames()).toEqual(['sum-00001', 'sum-00002', 'sum-00003']);
    plane.until(121);
    expect(plane.podNames()).toEqual(['sum-00003', 'sum-00004', 'sum-00005']);
  });

  it('counts from the deletion when the exit takes longer than the back-off', () => {
    const plane = aControlPlane({ nodes, exit: 25, workloads: [aJob('sum', 1)] });
    plane.at(100, () => evict(plane, 'sum-00001'));
    plane.until(110);
    expect(plane.podNames()).toEqual(['sum-00001', 'sum-00002']);
  });

  it('waits for the exit with policy Failed, also of a pod that is deleted at once', () => {
    const plane = aControlPlane({ nodes, exit: 25, workloads: [{ ...aJob('sum', 1), podReplacementPolicy: 'Failed' }] });
    plane.at(100, () => deletePod(plane.cluster, plane.pod('sum-00001'), { now: plane.sim.now, gracePeriodSeconds: 0, cause: 'Delete' }));
    plane.until(101);
    expect(plane.podNames()).toEqual(['sum-00001']);
    plane.until(102);
    expect(plane.podNames()).toEqual([]);
  });

  it('waits for the exit with policy Failed', () => {
    const plane = aControlPlane({ nodes, exit: 25, workloads: [{ ...aJob('sum', 1), podReplacementPolicy: 'Failed' }] });
    plane.at(100, () => evict(plane, 'sum-00001'));
    plane.until(134);
    expect(plane.podNames()).toEqual([]);
    plane.until(135);
    expect(plane.podNames()).toEqual(['sum-00002']);
  });

  it('ends when more pods have failed than backoffLimit allows', () => {
    const plane = aControlPlane({ nodes, exit: 2, workloads: [{ ...aJob('sum', 2), backoffLimit: 0 }] });
    plane.at(100, () => evict(plane, 'sum-00001'));
    plane.until(1000);
    expect(plane.podNames()).toEqual([]);
  });

  it('ends when its deadline is over, and makes no new pods', () => {
    const plane = aControlPlane({ nodes, exit: 2, workloads: [{ ...aJob('sum', 2), activeDeadlineSeconds: 60 }] });
    plane.at(80, () => {});
    plane.until(59);
    expect(plane.podNames()).toEqual(['sum-00001', 'sum-00002']);
    plane.until(62);
    expect(plane.podNames()).toEqual([]);
    plane.until(1000);
    expect(plane.podNames()).toEqual([]);
    expect(plane.cluster.workloads.get('Job/default/sum')).toMatchObject({ parallelism: 0, deadlineExceededAt: 60_000 });
  });

  it('counts its deadline from its start, before t = 0 as well', () => {
    const plane = aControlPlane({ nodes, exit: 2, workloads: [{ ...aJob('sum', 1), activeDeadlineSeconds: 60, startedEpoch: -50_000 }] });
    plane.at(80, () => {});
    plane.until(12);
    expect(plane.podNames()).toEqual([]);
  });

  it('has no deadline any more when it is done', () => {
    const plane = aControlPlane({ nodes, complete: 30, workloads: [{ ...aJob('sum', 1), activeDeadlineSeconds: 60 }] });
    plane.at(80, () => {});
    plane.until(80);
    expect(plane.cluster.workloads.get('Job/default/sum')).toMatchObject({ parallelism: 1 });
  });

  it('creates no more pods than completions are open', () => {
    const plane = aControlPlane({ nodes, workloads: [{ ...aJob('sum', 2), completions: 3 }] });
    plane.at(100, () => plane.cluster.setPodPhase(plane.pod('sum-00001'), 'Succeeded'));
    plane.at(100, () => plane.cluster.setPodPhase(plane.pod('sum-00002'), 'Succeeded'));
    plane.until(200);
    expect(plane.podNames()).toEqual(['sum-00001', 'sum-00002', 'sum-00003']);
  });

  it('deletes pods that are too many when it is to run fewer, first those that are not Ready, then the youngest', () => {
    const plane = aControlPlane({ nodes, ready: 5, exit: 60, workloads: [aJob('sum', 4)] });
    plane.at(100, () => plane.cluster.markPodUnready(plane.pod('sum-00002'), plane.sim.now));
    plane.at(101, () => plane.cluster.markPodUnready(plane.pod('sum-00001'), plane.sim.now));
    plane.at(102, () => plane.cluster.markPodReady(plane.pod('sum-00001'), plane.sim.now));
    plane.at(103, () => plane.cluster.updateWorkload(aJob('sum', 2)));
    plane.until(110);
    const going = [...plane.cluster.pods.values()].filter(({ isTerminating }) => isTerminating);
    expect(going.map(({ name, termination }) => [name, termination?.cause])).toEqual([
      ['sum-00001', 'Delete'],
      ['sum-00002', 'Delete'],
    ]);
  });

  it('leaves the pods of a Job without completions alone that has had its success', () => {
    const queue = (parallelism: number) => ({ ...aJob('sum', parallelism), completions: undefined });
    const plane = aControlPlane({ nodes, workloads: [queue(3)] });
    plane.at(100, () => plane.cluster.setPodPhase(plane.pod('sum-00001'), 'Succeeded'));
    plane.at(101, () => plane.cluster.updateWorkload(queue(1)));
    plane.until(110);
    expect([...plane.cluster.pods.values()].some(({ isTerminating }) => isTerminating)).toBe(false);
  });

  it('restarts the back-off after a success', () => {
    const plane = aControlPlane({ nodes, exit: 2, workloads: [{ ...aJob('sum', 2), completions: 9 }] });
    plane.at(100, () => evict(plane, 'sum-00001'));
    plane.at(200, () => plane.cluster.setPodPhase(plane.pod('sum-00002'), 'Succeeded'));
    plane.at(300, () => evict(plane, 'sum-00003'));
    plane.until(312);
    expect(plane.pod('sum-00005').createdAt).toBe(312_000);
  });

  it('ends with pods that complete by themselves', () => {
    const plane = aControlPlane({ nodes, ready: 5, complete: 60, workloads: [{ ...aJob('sum', 2), completions: 3 }] });
    plane.until(59);
    expect(plane.pod('sum-00001')).toMatchObject({ phase: 'Running', ready: true });
    plane.until(60);
    expect(plane.podNames()).toEqual(['sum-00001', 'sum-00002', 'sum-00003']);
    plane.until(1000);
    expect([...plane.cluster.pods.values()].map(({ phase }) => phase)).toEqual(['Succeeded', 'Succeeded', 'Succeeded']);
  });

  it('counts the pods that were lost', () => {
    const plane = aControlPlane({ nodes, exit: 2, workloads: [aJob('sum', 2)] });
    plane.at(100, () => evict(plane, 'sum-00001'));
    plane.until(150);
    expect(plane.jobs.lostPods('Job/default/sum')).toBe(1);
  });
});

function evict(plane: ControlPlane, name: string): void {
  deletePod(plane.cluster, plane.pod(name), { now: plane.sim.now, cause: 'EvictionByEvictionAPI' });
}
