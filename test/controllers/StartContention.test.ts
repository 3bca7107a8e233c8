import { describe, expect, it } from 'vitest';
import { deletePod } from '../../src/controllers/deletePod.ts';
import type { KubeletTiming } from '../../src/controllers/KubeletTiming.ts';
import { seconds } from '../../src/units.ts';
import { aContainer, aNode, aPod, aPodSpec } from '../support/builders.ts';
import { aControlPlane, type ControlPlane } from '../support/controlPlane.ts';

const node = aNode('n1', { cpu: 4 });
const pods = (count: number) => Array.from({ length: count }, (_, index) => aPod(`p${index + 1}`));

describe('StartContention', () => {
  it('lets starts take their own time while the CPU of the node suffices for all', () => {
    const plane = aControlPlane({ nodes: [node], pods: pods(2), ready: 10, startCpu: 2 });
    expect(readyTimes(plane)).toEqual({ p1: 10, p2: 10 });
  });

  // Six starts of 2 CPU on 4 CPU: each gets a third of what it uses.
  it('stretches starts by what they use together over what there is', () => {
    const plane = aControlPlane({ nodes: [node], pods: pods(6), ready: 10, startCpu: 2 });
    expect(new Set(Object.values(readyTimes(plane)))).toEqual(new Set([30]));
  });

  // One CPU for each: 5 s of work are done at 10 s when the second is gone, and the other 10 s of the first go alone.
  it('lets the others go faster when one is done or gone', () => {
    const works: Record<string, number> = { p1: 15, p2: 5 };
    const timing = { ready: ({ name }: { name: string }) => seconds(works[name] ?? 0) };
    const small = aNode('n1', { cpu: 2 });
    expect(readyTimes(aControlPlane({ nodes: [small], pods: pods(2), timing, startCpu: 2 }))).toEqual({ p1: 20, p2: 10 });
    const plane = aControlPlane({ nodes: [small], pods: pods(2), ready: 15, exit: 1, startCpu: 2 });
    plane.at(10, () => deletePod(plane.cluster, plane.pod('p2'), { now: plane.sim.now, cause: 'EvictionByEvictionAPI' }));
    expect(readyTimes(plane)).toEqual({ p1: 20 });
  });

  it('keeps nodes apart', () => {
    const elsewhere = aPod('p2', { nodeName: 'n2', phase: 'Pending', ready: false });
    const plane = aControlPlane({
      nodes: [aNode('n1', { cpu: 2 }), aNode('n2', { cpu: 2 })],
      pods: [aPod('p1'), elsewhere],
      ready: 10,
      startCpu: 2,
    });
    expect(readyTimes(plane)).toEqual({ p1: 10, p2: 10 });
  });

  it('starts over after the machine was away', () => {
    const plane = aControlPlane({ nodes: [node], pods: pods(4), ready: 10, startCpu: 2 });
    const [machine] = plane.cluster.nodes.values();
    if (!machine) throw new Error('no node');
    plane.at(15, () => plane.kubelet.stop(machine));
    plane.at(40, () => plane.kubelet.start(machine));
    expect(new Set(Object.values(readyTimes(plane)))).toEqual(new Set([60]));
  });

  it('does not slow pods down that are never Ready, nor others by them', () => {
    const timing = { ready: ({ name }: { name: string }) => seconds(name === 'p1' ? Number.POSITIVE_INFINITY : 10) };
    expect(readyTimes(aControlPlane({ nodes: [aNode('n1', { cpu: 2 })], pods: pods(2), timing, startCpu: 2 }))).toEqual({ p2: 10 });
  });
});

describe('StartContention with probes', () => {
  const probe = { initialDelaySeconds: 0, periodSeconds: 10, timeoutSeconds: 1, successThreshold: 1, failureThreshold: 3 };
  const answering: Partial<KubeletTiming> = { readyIs: () => 'answering' };
  const probed = (count: number) =>
    pods(count).map((pod) => ({ ...pod, spec: aPodSpec({ containers: [aContainer({ startupProbe: probe })] }) }));

  // The third tick falls between 20 and 30 s: 15 s of work come before, 60 s do not.
  it('lets a startup probe kill what the others slow down, and only that', () => {
    const alone = aControlPlane({ nodes: [node], pods: probed(1), ready: 15, timing: answering, startCpu: 4 });
    const [ready = 0] = Object.values(readyTimes(alone));
    expect(ready).toBeGreaterThanOrEqual(15);
    expect(ready).toBeLessThan(25);
    const together = aControlPlane({ nodes: [node], pods: probed(4), ready: 15, timing: answering, startCpu: 4 });
    let failures = 0;
    together.cluster.subscribe((change) => {
      if (change.kind === 'eventRecorded' && change.reason === 'BackOff') failures += 1;
    });
    together.until(300);
    expect(failures).toBeGreaterThan(0);
  });

  it('makes a pod without a readiness probe Ready at once, and leaves it so when it answers before its liveness probe gives up', () => {
    const live = pods(2).map((pod) => ({ ...pod, spec: aPodSpec({ containers: [aContainer({ livenessProbe: probe })] }) }));
    const plane = aControlPlane({ nodes: [node], pods: live, ready: 9, timing: answering, startCpu: 4 });
    expect(readyTimes(plane)).toEqual({ p1: 0, p2: 0 });
    plane.until(1000);
    expect([plane.pod('p1').ready, plane.pod('p2').ready]).toEqual([true, true]);
  });
});

/** When each pod became Ready last, in seconds, within an hour. */
function readyTimes(plane: ControlPlane): Record<string, number> {
  const times: Record<string, number> = {};
  plane.cluster.subscribe((change) => {
    if (change.kind === 'podReadyChanged' && change.pod.ready) times[change.pod.name] = plane.sim.now / 1000;
  });
  plane.until(3600);
  return times;
}
