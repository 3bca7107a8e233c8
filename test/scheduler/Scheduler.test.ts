import { describe, expect, it } from 'vitest';
import { Cluster } from '../../src/cluster/Cluster.ts';
import type { Attempt } from '../../src/scheduler/Attempt.ts';
import { Scheduler } from '../../src/scheduler/Scheduler.ts';
import { Simulation } from '../../src/sim/Simulation.ts';
import { instant, NEVER } from '../../src/units.ts';
import { aNode, aPod, aPodSpec } from '../support/builders.ts';
import { anAffinity, aPodAffinityTerm } from '../support/placement.ts';

describe('the scheduler', () => {
  it('binds pods in the instant they appear, those of before in order of creation', () => {
    const cluster = new Cluster();
    cluster.addNode(aNode('n', { cpu: 1 }));
    cluster.addPod(aPod('late', { cpu: 1, createdAt: instant(-1) }));
    cluster.addPod(aPod('early', { cpu: 1, createdAt: instant(-5) }));
    const { sim, lines } = schedulerOf(cluster);
    sim.run(NEVER);
    expect(lines).toEqual(['0 early 1 UnschedulablePodAdd bound', '0 late 1 UnschedulablePodAdd unschedulable']);
  });

  it('tries a pod that did not fit again when another one goes', () => {
    const cluster = new Cluster();
    const node = cluster.addNode(aNode('n', { cpu: 1 }));
    const old = cluster.addPod(aPod('old', { cpu: 1, nodeName: 'n' }));
    const { sim, scheduler, lines } = schedulerOf(cluster);
    const young = cluster.addPod(aPod('young', { cpu: 1 }));
    at(sim, 700, () => cluster.removePod(old));
    sim.run(instant(600));
    expect(scheduler.lastMessage(young)).toContain('1 Insufficient cpu');
    sim.run(NEVER);
    expect(lines).toEqual(['0 young 1 UnschedulablePodAdd unschedulable', '700 young 2 AssignedPodDelete bound']);
    expect([young.nodeName, scheduler.pending.size]).toEqual([node.name, 0]);
  });

  it('tries a pod that names all nodes again when a taint changes', () => {
    const cluster = new Cluster();
    const node = cluster.addNode(aNode('n', { taints: [{ key: 'a', value: '', effect: 'NoSchedule' }] }));
    const { sim, lines } = schedulerOf(cluster);
    const named = { matchExpressions: [], matchFields: [{ key: 'metadata.name', operator: 'In' as const, values: ['n'] }] };
    const affinity = { ...aPodSpec().affinity, node: { required: [named], preferred: [] } };
    cluster.addPod(aPod('p', { spec: aPodSpec({ affinity }) }));
    at(sim, 2000, () => cluster.updateNode(node, { taints: [{ key: 'b', value: '', effect: 'NoSchedule' }] }));
    sim.run(instant(2000));
    expect(lines).toEqual(['0 p 1 UnschedulablePodAdd unschedulable', '2000 p 2 NodeUpdateNodeTaint unschedulable']);
  });

  it('nominates a pod of high priority, ends its victim, and binds it when the victim is gone', () => {
    const cluster = new Cluster();
    cluster.addNode(aNode('n', { cpu: 1 }));
    const low = cluster.addPod(aPod('low', { cpu: 1, nodeName: 'n' }));
    const { sim, scheduler, lines } = schedulerOf(cluster);
    const high = cluster.addPod(aPod('high', { spec: aPodSpec({ cpu: 1, priority: 10 }) }));
    at(sim, 2000, () => cluster.removePod(low));
    sim.run(instant(1000));
    expect([high.nominatedNodeName, low.termination?.cause, scheduler.preemptions]).toEqual(['n', 'PreemptionByScheduler', 1]);
    sim.run(NEVER);
    expect(lines).toEqual(['0 high 1 UnschedulablePodAdd unschedulable', '2000 high 2 AssignedPodDelete bound']);
  });

  it('ends a run although a pod waits that nothing can help any more', () => {
    const cluster = new Cluster();
    cluster.addNode(aNode('n', { cpu: 1 }));
    const { sim, scheduler, lines } = schedulerOf(cluster);
    cluster.addPod(aPod('huge', { cpu: 64 }));
    sim.run(NEVER);
    expect([sim.now, scheduler.pending.size, lines.length]).toEqual([0, 1, 1]);
  });

  it('goes on to the flush after five minutes when a change went by that no hint looks at', () => {
    const cluster = new Cluster();
    const labels = { app: 'web' };
    cluster.addNode(aNode('n', { labels: { zone: 'a' } }));
    const loner = cluster.addPod(
      aPod('loner', {
        nodeName: 'n',
        labels,
        spec: aPodSpec({ affinity: anAffinity({ podAnti: { required: [aPodAffinityTerm({ app: 'web' }, 'zone')] } }) }),
      }),
    );
    const { sim, lines } = schedulerOf(cluster);
    cluster.addPod(aPod('web', { labels }));
    at(sim, 1000, () => cluster.removePod(loner));
    sim.run(NEVER);
    expect(lines).toEqual(['0 web 1 UnschedulablePodAdd unschedulable', '330000 web 2 UnschedulableTimeout bound']);
  });

  it('tries again by a timer when there was no node at all', () => {
    const cluster = new Cluster();
    const { sim, lines } = schedulerOf(cluster);
    at(sim, 300, () => cluster.addPod(aPod('a')));
    at(sim, 400, () => cluster.addNode(aNode('n')));
    sim.run(NEVER);
    expect(lines).toEqual(['300 a 1 UnschedulablePodAdd error', '2000 a 2 BackoffComplete bound']);
  });

  it('leaves alone pods of other schedulers and pods that are being deleted', () => {
    const cluster = new Cluster();
    const { sim, scheduler, lines } = schedulerOf(cluster);
    cluster.addPod(aPod('other', { spec: aPodSpec({ schedulerName: 'mine' }) }));
    const gone = cluster.addPod(aPod('gone'));
    cluster.terminatePod(gone, { requestedAt: sim.now, gracePeriodSeconds: 0, cause: 'Delete' });
    sim.run(NEVER);
    expect([lines, scheduler.pending.size]).toEqual([[], 0]);
  });

  it('gives equal pods the same refusal, each in an attempt of its own', () => {
    const cluster = new Cluster();
    cluster.addNode(aNode('n', { cpu: 1 }));
    const { sim, scheduler, attempts } = schedulerOf(cluster);
    const spec = aPodSpec({ cpu: 8 });
    const pods = ['a', 'b', 'c'].map((name) => cluster.addPod(aPod(name, { spec, labels: { app: 'x' } })));
    sim.run(NEVER);
    expect(attempts.map(({ pod, number }) => `${pod.name}${number}`)).toEqual(['a1', 'b1', 'c1']);
    expect(new Set(pods.map((pod) => scheduler.lastMessage(pod))).size).toBe(1);
  });

  it('does not take the refusal of an equal pod once something has changed', () => {
    const cluster = new Cluster();
    const { sim, lines } = schedulerOf(cluster);
    cluster.addNode(aNode('n', { cpu: 1 }));
    const spec = aPodSpec({ cpu: 1 });
    for (const name of ['a', 'b', 'c']) cluster.addPod(aPod(name, { spec, labels: { app: 'x' } }));
    at(sim, 10, () => cluster.addNode(aNode('m', { cpu: 1 })));
    sim.run(instant(100));
    expect(lines.map((line) => line.replace(/ \d \w+ /, ' '))).toEqual([
      '0 a bound',
      '0 b unschedulable',
      '0 c unschedulable',
      '10 b bound',
      '10 c unschedulable',
    ]);
  });

  it('tells some listeners only of failed attempts, and counts all', () => {
    const cluster = new Cluster();
    cluster.addNode(aNode('n', { cpu: 1 }));
    const sim = new Simulation('test');
    const scheduler = new Scheduler({ sim, cluster, version: '1.34' });
    cluster.subscribe(scheduler);
    const failed: string[] = [];
    scheduler.onFailedAttempt(({ at, pod, number, decision }) => failed.push(`${at} ${pod.name} ${number} ${decision.kind}`));
    for (const name of ['a', 'b', 'c']) cluster.addPod(aPod(name, { cpu: 1 }));
    at(sim, 10, () => cluster.addNode(aNode('m', { cpu: 1 })));
    sim.run(instant(100));
    expect(failed).toEqual(['0 b 1 unschedulable', '0 c 1 unschedulable', '10 c 2 unschedulable']);
    expect(scheduler.decisions).toBe(5);
  });
});

function schedulerOf(cluster: Cluster) {
  const sim = new Simulation('test');
  const attempts: Attempt[] = [];
  const lines: string[] = [];
  const scheduler = new Scheduler({ sim, cluster, version: '1.34' });
  scheduler.onAttempt((attempt) => {
    attempts.push(attempt);
    lines.push(`${attempt.at} ${attempt.pod.name} ${attempt.number} ${attempt.wokenBy} ${attempt.decision.kind}`);
  });
  cluster.subscribe(scheduler);
  return { sim, scheduler, attempts, lines };
}

function at(sim: Simulation, time: number, fire: () => void): void {
  sim.schedule({ kind: 'test', entity: '', fire }, instant(time), 'Change');
}
