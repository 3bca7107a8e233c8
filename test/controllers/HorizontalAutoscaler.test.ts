import { describe, expect, it } from 'vitest';
import { clusterOf } from '../../src/cluster/clusterOf.ts';
import { DEFAULT_SCALING, type HorizontalPodAutoscaler } from '../../src/cluster/HorizontalPodAutoscaler.ts';
import type { KubernetesVersion } from '../../src/cluster/KubernetesVersion.ts';
import type { PodDescription } from '../../src/cluster/Pod.ts';
import { HorizontalAutoscaler } from '../../src/controllers/HorizontalAutoscaler.ts';
import { Simulation } from '../../src/sim/Simulation.ts';
import { instant, START } from '../../src/units.ts';
import { aContainer, aDeployment, aNode, anAutoscaler, aPod, aReplicaSet } from '../support/builders.ts';
import { NO_OBJECTS } from '../support/noObjects.ts';

interface Case {
  readonly replicas: number;
  /** As many pods as replicas, all Ready on n1 unless told otherwise. */
  readonly pods?: readonly Partial<PodDescription>[];
  readonly load: (second: number) => number | undefined;
  readonly autoscaler?: Partial<HorizontalPodAutoscaler>;
  readonly others?: readonly HorizontalPodAutoscaler[];
  readonly version?: KubernetesVersion;
  readonly seconds: number;
}

/** Lets an autoscaler work over pods that nobody else touches. @returns second and replicas of every change. */
function scalingsOf({ replicas, pods, load, autoscaler = {}, others = [], version = '1.34', seconds }: Case): [number, number][] {
  const owner = { apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'web-1' };
  const replicaSet = { ...aReplicaSet('web-1', replicas), owner: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' } };
  const given = pods ?? Array.from({ length: replicas }, () => ({}));
  const cluster = clusterOf({
    ...NO_OBJECTS,
    nodes: [aNode('n1'), aNode('silent', { ready: 'Unknown' })],
    workloads: [aDeployment('web', replicas), replicaSet],
    pods: given.map((pod, index) => aPod(`web-${index}`, { cpu: 1, nodeName: 'n1', owner, ...pod })),
    autoscalers: [anAutoscaler('web', autoscaler), ...others],
  });
  const sim = new Simulation('1');
  const controller = new HorizontalAutoscaler({ sim, cluster, version, loadOf: () => load(sim.now / 1000) });
  const scalings: [number, number][] = [];
  cluster.subscribe(controller);
  cluster.subscribe((change) => {
    if (change.kind === 'workloadUpdated' && 'replicas' in change.workload) scalings.push([sim.now / 1000, change.workload.replicas]);
  });
  sim.schedule({ kind: 'end', entity: '', fire: () => {} }, instant(seconds * 1000), 'Observe');
  sim.run(instant(seconds * 1000));
  return scalings;
}

describe('an autoscaler', () => {
  it('looks every 15 seconds and scales up by the use of the pods', () => {
    expect(scalingsOf({ replicas: 4, load: (second) => (second < 40 ? 2.4 : 3.6), seconds: 50 })).toEqual([[45, 6]]);
  });

  it('leaves a workload alone whose load is not known', () => {
    expect(scalingsOf({ replicas: 4, load: () => undefined, seconds: 60 })).toEqual([]);
  });

  it('brings replicas between the bounds at once, without asking for the use', () => {
    expect(scalingsOf({ replicas: 14, pods: [], load: () => 9, seconds: 15 })).toEqual([[15, 10]]);
    expect(scalingsOf({ replicas: 1, pods: [], load: () => 9, seconds: 15 })).toEqual([[15, 2]]);
  });

  it('scales down only when nothing more was recommended for 300 seconds', () => {
    const load = (second: number) => (second < 100 ? 3.6 : 1.2);
    expect(scalingsOf({ replicas: 6, load, seconds: 500 })).toEqual([[390, 2]]);
  });

  it('ignores terminating pods and counts pending ones as idle', () => {
    const termination = { requestedAt: START, gracePeriodSeconds: 30, cause: 'EvictionByEvictionAPI' } as const;
    const pods = [{}, {}, {}, {}, { termination }, { nodeName: undefined, phase: 'Pending', ready: false } as const];
    expect(scalingsOf({ replicas: 5, pods, load: () => 3, seconds: 15 })).toEqual([]);
    expect(scalingsOf({ replicas: 4, pods: pods.slice(0, 5), load: () => 3, seconds: 15 })).toEqual([[15, 5]]);
  });

  it('takes pods as idle that have been Ready for less time than a measurement covers', () => {
    const pods = [{}, {}, { createdAt: instant(5000) }, { createdAt: instant(5000) }];
    expect(scalingsOf({ replicas: 4, pods, load: () => 3.6, seconds: 30 })).toEqual([[30, 6]]);
  });

  it('takes pods of silent nodes as busy before it scales down, and as idle before it scales up', () => {
    const pods = [{}, {}, { nodeName: 'silent', ready: false }, { nodeName: 'gone', ready: false }];
    expect(scalingsOf({ replicas: 4, pods, load: () => 0.5, seconds: 400 })).toEqual([]);
    expect(scalingsOf({ replicas: 4, pods, load: () => 1.6, seconds: 15 })).toEqual([]);
    expect(scalingsOf({ replicas: 4, pods: pods.slice(0, 2), load: () => 0.5, seconds: 400 })).toEqual([[315, 2]]);
  });

  it('heeds a tolerance of its own from 1.35 on', () => {
    const behavior = { ...DEFAULT_SCALING, scaleUp: { ...DEFAULT_SCALING.scaleUp, tolerance: 0.05 } };
    const one = { replicas: 4, load: () => 2.56, autoscaler: { behavior }, seconds: 15 };
    expect(scalingsOf({ ...one, version: '1.34' })).toEqual([]);
    expect(scalingsOf({ ...one, version: '1.35' })).toEqual([[15, 5]]);
  });

  it('reads no metrics of a workload that it does not have alone, and keeps it between its bounds', () => {
    const other = { ...anAutoscaler('web', { minReplicas: 5 }), name: 'other' };
    expect(scalingsOf({ replicas: 4, load: () => 4, others: [other], seconds: 60 })).toEqual([[15, 5]]);
    expect(scalingsOf({ replicas: 4, load: () => 4, seconds: 15 })).toEqual([[15, 7]]);
  });

  // Upstream: GetResourceReplicas sums the requests and the use of the one container; a pod without it has no metrics.
  it('goes by one container if told to, whose use is the same share of its request as that of its pod', () => {
    const containers = [aContainer({ name: 'app', requests: { cpu: 500 } }), aContainer({ name: 'proxy', requests: { cpu: 1500 } })];
    const pods = Array.from({ length: 4 }, () => ({ spec: { ...aPod('x').spec, containers } }));
    const scaled = (container: string) =>
      scalingsOf({
        replicas: 4,
        pods,
        load: () => 4,
        autoscaler: { cpu: { kind: 'averageValue', milliCpu: 400, container } },
        seconds: 15,
      });
    expect(scaled('app')).toEqual([[15, 5]]);
    expect(scaled('proxy')).toEqual([[15, 8]]);
    expect(scaled('gone')).toEqual([]);
  });

  it('does nothing for pods that request no CPU', () => {
    const pods = Array.from({ length: 4 }, () => ({ spec: aPod('x').spec }));
    expect(scalingsOf({ replicas: 4, pods, load: () => 4, seconds: 60 })).toEqual([]);
  });
});
