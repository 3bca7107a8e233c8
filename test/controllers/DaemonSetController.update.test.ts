import { describe, expect, it } from 'vitest';
import type { DaemonSet } from '../../src/cluster/Workload.ts';
import { deletePod } from '../../src/controllers/deletePod.ts';
import { aDaemonSet, aNode, aTemplate } from '../support/builders.ts';
import { aControlPlane, type ControlPlane } from '../support/controlPlane.ts';

const nodes = ['n1', 'n2', 'n3'].map((name) => aNode(name));
const surge = { type: 'RollingUpdate', maxUnavailable: 0, maxSurge: 1 } as const;

describe('a rolling update of a DaemonSet', () => {
  it('replaces one pod at a time when nothing else is said', () => {
    expect(steps(aPlane({}), 400)).toEqual([
      ['deleted', 100],
      ['created', 110],
      ['deleted', 135],
      ['created', 145],
      ['deleted', 170],
      ['created', 180],
    ]);
  });

  it('rounds a percentage of unavailable pods up', () => {
    const half = { type: 'RollingUpdate', maxUnavailable: '50%', maxSurge: 0 } as const;
    const deleted = steps(aPlane({ updateStrategy: half }), 400).filter(([what]) => what === 'deleted');
    expect(deleted.map(([, at]) => at)).toEqual([100, 100, 135]);
  });

  it('makes the new pod first with surge, and deletes the old one when the new one is available', () => {
    expect(steps(aPlane({ updateStrategy: surge }), 400)).toEqual([
      ['created', 100],
      ['deleted', 125],
      ['created', 125],
      ['deleted', 150],
      ['created', 150],
      ['deleted', 175],
    ]);
  });

  it('waits for the user with OnDelete', () => {
    expect(steps(aPlane({ updateStrategy: { type: 'OnDelete' } }), 400)).toEqual([]);
  });

  it('replaces old pods that are not available at once', () => {
    const plane = aPlane({});
    plane.at(99, () => plane.cluster.markPodUnready(plane.pod('agent-00002'), plane.sim.now));
    const deleted = names(plane, 101);
    expect(deleted).toEqual(['agent-00002']);
  });
});

describe('a DaemonSet with surge', () => {
  it('replaces a pod as soon as it is being deleted', () => {
    const plane = aControlPlane({ nodes: [aNode('n1')], workloads: [{ ...aDaemonSet('agent'), updateStrategy: surge }] });
    plane.at(100, () => deletePod(plane.cluster, plane.pod('agent-00001'), { now: plane.sim.now, cause: 'Delete' }));
    plane.until(100);
    expect(plane.podNames()).toEqual(['agent-00001', 'agent-00002']);
  });
});

describe('failed pods of a DaemonSet', () => {
  it('are deleted at once, and then after 1 s, doubling', () => {
    const plane = aControlPlane({ nodes: [aNode('n1')], workloads: [aDaemonSet('agent', { restartPolicy: 'Always' })], ready: 1000 });
    const gone: number[] = [];
    plane.cluster.subscribe((told) => {
      if (told.kind === 'podRemoved') gone.push(plane.sim.now / 1000);
      if (told.kind === 'podRunning' && told.pod.phase === 'Running')
        plane.at(plane.sim.now / 1000, () => plane.cluster.setPodPhase(told.pod, 'Failed'));
    });
    plane.until(20);
    expect(gone).toEqual([0, 1, 3, 7, 15]);
  });
});

/** Three pods whose template changes at 100 s. */
function aPlane(change: Partial<DaemonSet>): ControlPlane {
  const daemonSet = { ...aDaemonSet('agent'), ...change };
  const plane = aControlPlane({ nodes, workloads: [daemonSet] });
  plane.at(100, () => plane.cluster.updateWorkload({ ...daemonSet, template: aTemplate('agent', { image: 'registry.local/app:2' }) }));
  return plane;
}

/** What happens from 100 s on, with its second. */
function steps(plane: ControlPlane, until: number): [string, number][] {
  const log: [string, number][] = [];
  plane.until(99);
  plane.cluster.subscribe((told) => {
    if (told.kind === 'podTerminating') log.push(['deleted', plane.sim.now / 1000]);
    if (told.kind === 'podAdded') log.push(['created', plane.sim.now / 1000]);
  });
  plane.until(until);
  return log;
}

function names(plane: ControlPlane, until: number): string[] {
  const log: string[] = [];
  plane.cluster.subscribe((told) => {
    if (told.kind === 'podTerminating') log.push(told.pod.name);
  });
  plane.until(until);
  return log;
}
