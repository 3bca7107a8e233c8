import { describe, expect, it } from 'vitest';
import { NEVER, seconds } from '../../src/units.ts';
import { aContainer, aNode, aPod, aPodSpec } from '../support/builders.ts';
import { aControlPlane, type ControlPlane } from '../support/controlPlane.ts';

const node = aNode('n1');

describe('Kubelet with containers that fail', () => {
  it('starts them again at once, and then after 10 s, doubling up to 300 s', () => {
    const plane = aControlPlane({ nodes: [node], pods: [aPod('a')], ready: 1, timing: { crash: () => seconds(2) } });
    expect(readyTimes(plane, 1500)).toEqual([1, 3, 15, 37, 79, 161, 323, 625, 927, 1229]);
  });

  it('starts over with the first wait after more than 10 minutes without a failure', () => {
    const lives = [2, 2, 2, 700, 2, 2];
    const plane = aControlPlane({
      nodes: [node],
      pods: [aPod('a')],
      ready: 1,
      timing: { crash: () => seconds(lives.shift() ?? Number.POSITIVE_INFINITY) },
    });
    expect(readyTimes(plane, 3000)).toEqual([1, 3, 15, 37, 737, 749, 771]);
  });

  it('is not Ready while it waits, and stays Running', () => {
    const plane = aControlPlane({ nodes: [node], pods: [aPod('a')], ready: 1, timing: { crash: () => seconds(2) } });
    plane.until(10);
    expect(plane.pod('a')).toMatchObject({ phase: 'Running', ready: false });
  });

  it('fails a pod that is never restarted', () => {
    const spec = aPodSpec({ restartPolicy: 'Never' });
    const plane = aControlPlane({ nodes: [node], pods: [aPod('a', { spec })], ready: 1, timing: { crash: () => seconds(2) } });
    plane.until(2);
    expect(plane.pod('a')).toMatchObject({ phase: 'Failed', ready: false });
  });

  it('forgets the failures with the machine', () => {
    const plane = aControlPlane({ nodes: [node], pods: [aPod('a')], ready: 1, timing: { crash: () => seconds(2) } });
    const [machine] = plane.cluster.nodes.values();
    if (!machine) throw new Error('no node');
    plane.at(40, () => plane.kubelet.stop(machine));
    plane.at(50, () => plane.kubelet.start(machine));
    expect(readyTimes(plane, 65)).toEqual([1, 3, 15, 37, 51, 53, 65]);
  });
});

describe('Kubelet with containers that answer later', () => {
  const probe = { initialDelaySeconds: 0, periodSeconds: 10, timeoutSeconds: 1, successThreshold: 1, failureThreshold: 3 };
  const answering = { readyIs: () => 'answering' as const };

  it('makes the pod Ready at the first probe after that', () => {
    const spec = aPodSpec({ containers: [aContainer({ readinessProbe: probe })] });
    const plane = aControlPlane({ nodes: [node], pods: [aPod('a', { spec })], ready: 20, timing: answering });
    const [ready = 0] = readyTimes(plane, 100);
    expect(ready).toBeGreaterThanOrEqual(20);
    expect(ready).toBeLessThan(30);
  });

  it('kills a slow container by its liveness probe and starts it again and again, unless a startup probe spares it', () => {
    const slow = aContainer({ readinessProbe: probe, livenessProbe: probe });
    const spared = aContainer({ ...slow, startupProbe: { ...probe, failureThreshold: 30 } });
    const pods = [aPod('killed', { spec: aPodSpec({ containers: [slow] }) }), aPod('spared', { spec: aPodSpec({ containers: [spared] }) })];
    const plane = aControlPlane({ nodes: [node], pods, ready: 60, timing: answering });
    plane.until(1000);
    expect([plane.pod('killed').ready, plane.pod('spared').ready]).toEqual([false, true]);
  });

  it('ignores probes when the time to become Ready is given', () => {
    const spec = aPodSpec({ containers: [aContainer({ readinessProbe: { ...probe, initialDelaySeconds: 100 } })] });
    expect(readyTimes(aControlPlane({ nodes: [node], pods: [aPod('a', { spec })], ready: 20 }), 100)).toEqual([20]);
  });
});

describe('Kubelet with readiness gates', () => {
  const spec = aPodSpec({ readinessGates: ['target-health.elbv2.k8s.aws/web'] });

  it('waits for the gates of a new pod', () => {
    const plane = aControlPlane({ nodes: [node], pods: [aPod('a', { spec })], ready: 5, timing: { gates: () => seconds(30) } });
    expect(readyTimes(plane, 100)).toEqual([35]);
  });

  it('never makes a pod Ready whose gates stay closed', () => {
    const plane = aControlPlane({ nodes: [node], pods: [aPod('a', { spec })], ready: 5, timing: { gates: () => NEVER } });
    expect(readyTimes(plane, 10_000)).toEqual([]);
  });

  it('does not wait again when the same pod starts once more', () => {
    const crash = [40];
    const timing = { gates: () => seconds(30), crash: () => seconds(crash.shift() ?? Number.POSITIVE_INFINITY) };
    const plane = aControlPlane({ nodes: [node], pods: [aPod('a', { spec })], ready: 5, timing });
    expect(readyTimes(plane, 100)).toEqual([35, 45]);
  });

  it('does not wait for those of a pod that was Ready from the start', () => {
    const pods = [aPod('a', { spec, nodeName: 'n1', phase: 'Running', ready: true })];
    const plane = aControlPlane({ nodes: [node], pods, ready: 5, timing: { gates: () => seconds(30) } });
    const [machine] = plane.cluster.nodes.values();
    if (!machine) throw new Error('no node');
    plane.at(10, () => plane.kubelet.stop(machine));
    plane.at(20, () => plane.kubelet.start(machine));
    expect(readyTimes(plane, 100)).toEqual([25]);
  });
});

/** The seconds in which the only pod becomes Ready. */
function readyTimes(plane: ControlPlane, until: number): number[] {
  const times: number[] = [];
  plane.cluster.subscribe((change) => {
    if (change.kind === 'podReadyChanged' && change.pod.ready) times.push(plane.sim.now / 1000);
  });
  plane.until(until);
  return times;
}
