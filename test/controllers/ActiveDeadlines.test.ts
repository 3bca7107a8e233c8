import { describe, expect, it } from 'vitest';
import { deletePod } from '../../src/controllers/deletePod.ts';
import { aJob, aNode, aPod, aTemplate } from '../support/builders.ts';
import { aControlPlane, type ControlPlane } from '../support/controlPlane.ts';

const nodes = [aNode('n1')];

/** A cluster of one node with the pod `once`, which may be active for a minute. */
function aPlane(more: Partial<Parameters<typeof aControlPlane>[0]> = {}): ControlPlane {
  const spec = { ...aTemplate('once').spec, activeDeadlineSeconds: 60 };
  const plane = aControlPlane({ nodes, exit: 10, pods: [aPod('once', { spec, nodeName: 'n1' })], ...more });
  plane.at(500, () => {});
  return plane;
}

describe('ActiveDeadlines', () => {
  it('fails a pod that takes too long when it has ended, and leaves its object', () => {
    const plane = aPlane();
    plane.until(69);
    expect(plane.pod('once')).toMatchObject({ phase: 'Running', isTerminating: false });
    plane.until(500);
    expect(plane.pod('once')).toMatchObject({ phase: 'Failed', ready: false, killedFor: 'deadline', isTerminating: false });
  });

  it('counts from when the kubelet saw the pod, before t = 0 as well', () => {
    const spec = { ...aTemplate('once').spec, activeDeadlineSeconds: 60 };
    const plane = aPlane({ pods: [{ ...aPod('once', { spec, nodeName: 'n1' }), createdAt: -100_000 as never, startDelaySeconds: 55 }] });
    plane.until(24);
    expect(plane.pod('once').phase).toBe('Running');
    plane.until(25);
    expect(plane.pod('once').phase).toBe('Failed');
  });

  it('leaves alone a pod that is being deleted, and one that is done', () => {
    const plane = aPlane({ exit: 25 });
    plane.at(50, () => deletePod(plane.cluster, plane.pod('once'), { now: plane.sim.now, cause: 'Delete' }));
    plane.until(74);
    expect(plane.pod('once').phase).toBe('Running');
    plane.until(75);
    expect(plane.podNames()).toEqual([]);
  });

  it('waits for a kubelet that is stopped', () => {
    const plane = aPlane();
    const node = plane.cluster.nodes.get('n1');
    plane.at(30, () => node && plane.kubelet.stop(node));
    plane.at(200, () => node && plane.kubelet.start(node));
    plane.until(199);
    expect(plane.pod('once').phase).toBe('Running');
    plane.until(210);
    expect(plane.pod('once').phase).toBe('Failed');
  });

  it('counts as a failure of its Job, which makes another pod after its back-off', () => {
    const job = aJob('sum', 1);
    const template = { ...job.template, spec: { ...job.template.spec, activeDeadlineSeconds: 60 } };
    const plane = aPlane({ pods: [], workloads: [{ ...job, template }], exit: 2 });
    plane.until(72);
    expect(plane.podNames()).toEqual(['sum-00001', 'sum-00002']);
    expect(plane.jobs.lostPods('Job/default/sum')).toBe(1);
  });

  it('has the exit code of a container that was told to end, and is no disruption', () => {
    const job = aJob('sum', 1);
    const template = { ...job.template, spec: { ...job.template.spec, activeDeadlineSeconds: 60 } };
    const rules = [
      { action: 'Ignore', on: 'disruption' },
      { action: 'FailJob', on: 'exitCode', operator: 'In', codes: [143] },
    ] as const;
    const plane = aPlane({ pods: [], workloads: [{ ...job, template, podReplacementPolicy: 'Failed', podFailurePolicy: rules }] });
    plane.until(400);
    expect(plane.podNames()).toEqual(['sum-00001']);
  });
});
