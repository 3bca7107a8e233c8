import { describe, expect, it } from 'vitest';
import type { ClusterObjects } from '../../src/cluster/ClusterObjects.ts';
import { clusterOf } from '../../src/cluster/clusterOf.ts';
import type { PodDescription } from '../../src/cluster/Pod.ts';
import { SchedulerState } from '../../src/scheduler/SchedulerState.ts';
import { scheduleOne } from '../../src/scheduler/scheduleOne.ts';
import { instant } from '../../src/units.ts';
import { aBudget, aNode, aPod, aPodSpec } from '../support/builders.ts';
import { NO_OBJECTS } from '../support/noObjects.ts';

const important = aPodSpec({ cpu: 3, priority: 100 });
const nodes = [aNode('a', { cpu: 4 }), aNode('b', { cpu: 4 })];

describe('preemption', () => {
  it('nominates the node where victims of the lowest priority go, and says nothing of it in the message', () => {
    const decision = decide({ nodes, pods: [small('a', 10, 3), small('b', 5, 3)] }, { spec: important });
    expect(decision).toMatchObject({ nominated: 'b', message: '0/2 nodes are available: 2 Insufficient cpu.', clearsNomination: false });
    expect(victimsOf(decision)).toEqual(['b-5']);
  });

  it('rather takes a victim that a budget allows to go', () => {
    const pods = [small('a', 5, 3), { ...small('b', 5, 3), labels: { app: 'guarded' } }];
    const budgets = [aBudget('guarded', { maxUnavailable: 0 })];
    expect(victimsOf(decide({ nodes, pods, budgets }, { spec: important }))).toEqual(['a-5']);
  });

  it('takes a victim against its budget when there is no other', () => {
    const pods = [{ ...small('a', 5, 3), labels: { app: 'guarded' } }];
    const budgets = [aBudget('guarded', { maxUnavailable: 0 })];
    expect(victimsOf(decide({ nodes: nodes.slice(0, 1), pods, budgets }, { spec: important }))).toEqual(['a-5']);
  });

  it('does not tell pods apart that started in the same second', () => {
    const at = (name: string, start: number): PodDescription => ({ ...small('a', 5, 1), name, createdAt: instant(start) });
    const pods = [at('first', 1400), at('second', 1200)];
    expect(victimsOf(decide({ nodes: nodes.slice(0, 1), pods }, { spec: aPodSpec({ cpu: 3, priority: 100 }) }))).toEqual(['second']);
  });

  it('spares the pod that has run longest among equals', () => {
    const at = (name: string, start: number): PodDescription => ({ ...small('a', 5, 1), name, createdAt: instant(start * 1000) });
    const pods = [at('young', 3), at('old', 1), at('middle', 2)];
    expect(victimsOf(decide({ nodes: nodes.slice(0, 1), pods }, { spec: aPodSpec({ cpu: 2, priority: 100 }) }))).toEqual(['young']);
  });

  it('spares among equals the pod that its kubelet saw first, not the one created first', () => {
    const at = (name: string, startDelaySeconds: number): PodDescription => ({ ...small('a', 5, 1), name, startDelaySeconds });
    const pods = [at('late', 20), at('early', -5), at('middle', 10)];
    expect(victimsOf(decide({ nodes: nodes.slice(0, 1), pods }, { spec: aPodSpec({ cpu: 2, priority: 100 }) }))).toEqual(['late']);
  });

  it('waits while a victim on the nominated node terminates, and keeps the nomination', () => {
    const termination = { requestedAt: instant(0), gracePeriodSeconds: 30, cause: 'PreemptionByScheduler' as const };
    const pods = [{ ...small('a', 5, 3), termination }];
    const decision = decide({ nodes: nodes.slice(0, 1), pods }, { spec: important, nominatedNodeName: 'a' });
    expect(decision).toMatchObject({
      nominated: undefined,
      clearsNomination: false,
      message:
        '0/1 nodes are available: 1 Insufficient cpu. no new claims to deallocate, preemption: not eligible due to a terminating pod on the nominated node.',
    });
  });

  it('gives up a nomination when it finds no candidate', () => {
    const decision = decide({ nodes, pods: [small('a', 100, 3), small('b', 100, 3)] }, { spec: important, nominatedNodeName: 'a' });
    expect(decision).toMatchObject({ kind: 'unschedulable', nominated: undefined, clearsNomination: true });
  });
});

describe('a nominated pod', () => {
  it('takes its node without scoring when it fits there', () => {
    const decision = decide({ nodes }, { spec: important, nominatedNodeName: 'b' });
    expect(decision).toMatchObject({ kind: 'bound', node: 'b', feasible: ['b'], scores: undefined });
  });

  it.each([
    ['keeps its room from a pod of the same priority', 100, 'a'],
    ['does not keep its room from a pod of higher priority', 101, 'b'],
  ])('%s', (_name, priority, node) => {
    // Without the nominated pod the empty node b would be the better choice.
    const waiting = aPod('nominated', { spec: important, nominatedNodeName: 'b' });
    expect(decide({ nodes, pods: [small('a', 200, 1), waiting] }, { spec: aPodSpec({ cpu: 2, priority }) })).toMatchObject({ node });
  });
});

function small(nodeName: string, priority: number, cpu: number): PodDescription {
  return aPod(`${nodeName}-${priority}`, { nodeName, spec: aPodSpec({ cpu, priority }) });
}

function decide(objects: Partial<ClusterObjects>, pending: Partial<PodDescription>) {
  const cluster = clusterOf({ ...NO_OBJECTS, ...objects });
  const pod = cluster.addPod(aPod('pending', pending));
  return scheduleOne(new SchedulerState(cluster, { version: '1.34' }), pod);
}

function victimsOf(decision: ReturnType<typeof scheduleOne>): readonly string[] {
  return decision.kind === 'unschedulable' ? decision.victims.map(({ name }) => name) : [];
}
