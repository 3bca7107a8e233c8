import { describe, expect, it } from 'vitest';
import type { Job, PodFailureRule } from '../../src/cluster/Workload.ts';
import { deletePod } from '../../src/controllers/deletePod.ts';
import { evict } from '../../src/controllers/evict.ts';
import { aJob, aNode } from '../support/builders.ts';
import { aControlPlane, type ControlPlane } from '../support/controlPlane.ts';

const onDisruption = (action: PodFailureRule['action']): PodFailureRule => ({ action, on: 'disruption' });

describe('a Job with a pod failure policy', () => {
  it('fails with a limit of 0 when a pod is evicted', () => {
    const plane = aPlane({ podFailurePolicy: [onDisruption('Count')] });
    expect(runningAt(plane, 200)).toEqual([]);
    expect(plane.jobs.lostPods('Job/default/sum')).toBe(1);
  });

  it('goes on after a disruption that is ignored, after the back-off all the same', () => {
    const plane = aPlane({ podFailurePolicy: [onDisruption('Ignore')] });
    expect(runningAt(plane, 111)).toEqual([]);
    expect(runningAt(plane, 112)).toEqual(['sum-00002']);
    expect(plane.jobs.lostPods('Job/default/sum')).toBe(0);
  });

  it('counts a pod that someone deletes, which is no disruption', () => {
    expect(runningAt(aPlane({ podFailurePolicy: [onDisruption('Ignore')] }, 'Delete'), 200)).toEqual([]);
  });

  it('counts a deleted pod as disrupted that is evicted as well', () => {
    const plane = aPlane({ podFailurePolicy: [onDisruption('Ignore')] }, 'Delete');
    plane.at(101, () => evict(plane.cluster, plane.pod('sum-00001'), { now: plane.sim.now }));
    expect(runningAt(plane, 112)).toEqual(['sum-00002']);
  });

  it('counts a pod as disrupted whose node is gone, once the pod garbage collector has failed it', () => {
    const job: Job = { ...aJob('sum', 1), podReplacementPolicy: 'Failed', podFailurePolicy: [onDisruption('Ignore')] };
    const plane = aControlPlane({ nodes: [aNode('n1')], workloads: [job] });
    plane.at(100, () => {
      const node = plane.cluster.nodes.get('n1');
      if (node) plane.cluster.removeNode(node);
    });
    plane.until(140);
    expect(plane.podNames()).toEqual([]);
    expect(plane.jobs.lostPods('Job/default/sum')).toBe(0);
  });

  it('fails as a whole with FailJob, whatever its limit', () => {
    const plane = aPlane({ parallelism: 2, completions: 2, backoffLimit: 6, podFailurePolicy: [onDisruption('FailJob')] });
    expect(runningAt(plane, 200)).toEqual([]);
  });

  it('gives up the index with FailIndex and finishes the others', () => {
    const plane = aPlane({ parallelism: 2, completions: 2, backoffLimit: 6, podFailurePolicy: [onDisruption('FailIndex')] });
    expect(runningAt(plane, 200)).toEqual(['sum-00002']);
  });

  it('takes the first rule that holds: a terminated pod ends with 143', () => {
    const rules: PodFailureRule[] = [{ action: 'Ignore', on: 'exitCode', operator: 'In', codes: [143] }, onDisruption('FailJob')];
    expect(runningAt(aPlane({ podFailurePolicy: rules }), 112)).toEqual(['sum-00002']);
    const others: PodFailureRule[] = [{ action: 'Ignore', on: 'exitCode', operator: 'NotIn', codes: [143] }, onDisruption('FailJob')];
    expect(runningAt(aPlane({ podFailurePolicy: others }), 112)).toEqual([]);
  });
});

/** A Job whose first pod is evicted at 100 s and ends 2 s later. */
function aPlane(change: Partial<Job>, cause: 'EvictionByEvictionAPI' | 'Delete' = 'EvictionByEvictionAPI'): ControlPlane {
  const job: Job = { ...aJob('sum', 1), backoffLimit: 0, podReplacementPolicy: 'Failed', ...change };
  const plane = aControlPlane({ nodes: [aNode('n1')], exit: 2, workloads: [job] });
  plane.at(100, () => deletePod(plane.cluster, plane.pod('sum-00001'), { now: plane.sim.now, cause }));
  return plane;
}

function runningAt(plane: ControlPlane, second: number): string[] {
  plane.until(second);
  return [...plane.cluster.pods.values()].filter(({ isFinished, isTerminating }) => !isFinished && !isTerminating).map(({ name }) => name);
}
