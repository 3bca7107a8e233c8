import { describe, expect, it } from 'vitest';
import type { Deployment, ReplicaSet } from '../../src/cluster/Workload.ts';
import { NEVER, seconds } from '../../src/units.ts';
import { aDeployment, aNode, aPod, aReplicaSet, aTemplate } from '../support/builders.ts';
import { aControlPlane, type ControlPlane } from '../support/controlPlane.ts';

const nodes = [aNode('n1')];

describe('scaling in the middle of a roll-out', () => {
  it('keeps the proportion of the revisions, and goes on from there', () => {
    const plane = aStuckRollout(web(10));
    plane.at(50, () => plane.cluster.updateWorkload(web(15)));
    plane.until(40);
    expect(sizes(plane)).toEqual([8, 5]);
    plane.until(60);
    expect(sizes(plane)).toEqual([11, 7]);
    plane.at(70, () => plane.cluster.updateWorkload(web(5)));
    plane.until(80);
    expect(sizes(plane)).toEqual([3, 5]);
  });

  it('takes the size before from the ReplicaSets where they tell it', () => {
    const mark = { scaledFor: { desiredReplicas: 10, maxReplicas: 13 } };
    const revisions = [revision('web-a', 8, 1), revision('web-b', 5, 2)].map((one) => ({ ...one, ...mark }));
    const plane = aControlPlane({ nodes, workloads: [web(15), ...revisions], ready: 1000 });
    plane.until(0);
    expect(sizes(plane)).toEqual([11, 7]);
  });

  it('scales the old revision first when template and replicas change at once', () => {
    const strategy = { type: 'RollingUpdate', maxSurge: 3, maxUnavailable: 0 } as const;
    const plane = aControlPlane({ nodes, workloads: [{ ...web(2), strategy }] });
    plane.at(50, () => plane.cluster.updateWorkload({ ...web(4), strategy, template: aTemplate('web', { cpu: 0.1 }) }));
    plane.until(50);
    expect(sizes(plane)).toEqual([4, 3]);
  });
});

describe('a paused Deployment', () => {
  const held = { paused: true, template: aTemplate('web', { cpu: 0.1 }) };

  it('scales its old revision while a new template waits, and makes no revision for it', () => {
    const plane = aControlPlane({ nodes, workloads: [web(4)] });
    plane.at(50, () => plane.cluster.updateWorkload({ ...web(4), ...held }));
    plane.at(60, () => plane.cluster.updateWorkload({ ...web(6), ...held }));
    plane.until(100);
    expect(sizes(plane)).toEqual([6]);
    expect(plane.podNames()).toHaveLength(6);
  });

  it('keeps the proportion of its revisions when it is scaled', () => {
    const plane = aStuckRollout(web(10));
    plane.at(40, () => plane.cluster.updateWorkload({ ...web(10), paused: true }));
    plane.at(50, () => plane.cluster.updateWorkload({ ...web(15), paused: true }));
    plane.until(60);
    expect(sizes(plane)).toEqual([11, 7]);
  });

  it('rolls a template out that it had at the start, once it goes on', () => {
    const plane = aControlPlane({ nodes, workloads: [{ ...web(4), ...held }, revision('web-a', 4, 1)] });
    plane.at(50, () => plane.cluster.updateWorkload({ ...web(4), ...held, paused: false }));
    plane.until(40);
    expect(sizes(plane)).toEqual([4]);
    plane.until(200);
    expect(sizes(plane)).toEqual([0, 4]);
  });

  it('makes no pods before its first roll-out', () => {
    const plane = aControlPlane({ nodes, workloads: [{ ...web(4), paused: true }] });
    plane.until(40);
    expect(sizes(plane)).toEqual([]);
  });
});

/** A surge of three and two unavailable. */
function web(replicas: number): Deployment {
  return { ...aDeployment('web', replicas), strategy: { type: 'RollingUpdate', maxSurge: 3, maxUnavailable: 2 } };
}

/** Ten Ready pods of the revision `web-a` are being replaced by those of `web-b`, which never become Ready. */
function aStuckRollout(deployment: Deployment): ControlPlane {
  const owner = { apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'web-a' };
  const pods = Array.from({ length: 10 }, (_, index) => aPod(`web-a-${index}`, { labels: { app: 'web' }, owner, nodeName: 'n1' }));
  const ready = { ready: ({ owner: by }: { owner: { name: string } | undefined }) => (by?.name === 'web-b' ? NEVER : seconds(1)) };
  return aControlPlane({ nodes, pods, workloads: [deployment, revision('web-a', 10, 1), revision('web-b', 0, 2)], timing: ready });
}

function revision(name: string, replicas: number, number: number): ReplicaSet {
  const owner = { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' };
  return { ...aReplicaSet(name, replicas), owner, template: aTemplate('web'), revision: number };
}

function sizes({ cluster }: ControlPlane): number[] {
  return [...cluster.workloads.values()].flatMap((workload) => (workload.kind === 'ReplicaSet' ? [workload.replicas] : []));
}
