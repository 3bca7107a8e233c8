import { describe, expect, it } from 'vitest';
import { check } from '../../src/experiments/check.ts';
import { run } from '../../src/run/run.ts';
import { settledWorkloads } from '../../src/scenario/settledWorkloads.ts';
import { readScenario } from '../support/scenarioText.ts';

/** A workload with an autoscaler from 2 to 12 at 60 %, under a demand of so many fully busy replicas by hour of the day. */
function autoscaled({ replicas, load, start = '2026-01-05T01:00:00[UTC]', more = '' }: Given) {
  const web = `{name: web, replicas: ${replicas}, requests: {cpu: "1"}, autoscale: {min: 2, max: 12, utilization: 60}}`;
  const cluster = `{nodePools: [{name: workers, nodes: 4, allocatable: {cpu: 4, memory: 16Gi}}], workloads: [${web}, {name: other, replicas: 2}]${more}}`;
  const values = Array.from({ length: 24 }, (_, hour) => load(hour) * 10);
  const demand = `[{match: {name: web}, curve: {values: [${values.join(', ')}]}, perReplica: 10}]`;
  return readScenario({ cluster, start, demand, roll: '{preset: cce-sync, pool: workers, maxUnavailable: 1}' });
}

interface Given {
  readonly replicas: number;
  readonly load: (hour: number) => number;
  readonly start?: string;
  readonly more?: string;
}

const second =
  ', objects: [{apiVersion: autoscaling/v2, kind: HorizontalPodAutoscaler, metadata: {name: second}, spec: {scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}, minReplicas: 3, maxReplicas: 5, metrics: [{type: Resource, resource: {name: cpu, target: {type: Utilization, averageUtilization: 60}}}]}}]';

describe('settledWorkloads', () => {
  it.each<[string, Given, number]>([
    ['the minimum under no load', { replicas: 9, load: () => 0 }, 2],
    ['what the load needs', { replicas: 1, load: () => 3 }, 5],
    ['what it is where that is within a tenth', { replicas: 6, load: () => 3.3 }, 6],
    ['the maximum under a great load', { replicas: 2, load: () => 40 }, 12],
    ['what the hour of the start needs', { replicas: 2, load: (hour) => (hour === 13 ? 6 : 0), start: '2026-01-05T13:59:00[UTC]' }, 10],
    ['nothing for nothing', { replicas: 0, load: () => 6 }, 0],
    ['the bounds of two that dispute', { replicas: 12, load: () => 1, more: second }, 5],
  ])('are at %s, as in a run', (_, given, replicas) => {
    const scenario = autoscaled(given);
    expect(settledWorkloads(scenario)).toMatchObject([
      { name: 'web', replicas },
      { name: 'other', replicas: 2 },
    ]);
    expect(run(scenario, '1').workloads.find(({ name }) => name === 'web')?.desired ?? 0).toBe(replicas);
  });

  it('are as given without demand', () => {
    const scenario = { ...autoscaled({ replicas: 9, load: () => 0 }), demand: [] };
    expect(settledWorkloads(scenario)).toEqual(scenario.cluster.workloads);
  });

  it('are what checks go by', () => {
    const codes = (given: Given) => check(autoscaled(given)).map(({ code, object, message }) => `${code} ${object}: ${message}`);
    const unprotected = (pods: number) => `NO_BUDGET Deployment/default/web: no disruption budget: all ${pods} pods may be evicted at once`;
    expect(codes({ replicas: 1, load: () => 0 })).toContain(unprotected(2));
    expect(codes({ replicas: 1, load: () => 0 }).join()).not.toContain('SINGLE_REPLICA');
    expect(codes({ replicas: 20, load: () => 0 }).join()).not.toContain('CAPACITY_TOO_SMALL');
    expect(codes({ replicas: 2, load: () => 40 }).join()).not.toContain('CAPACITY_TOO_SMALL');
    const large = autoscaled({ replicas: 2, load: () => 40 });
    const full = { ...large, cluster: { ...large.cluster, nodes: large.cluster.nodes.slice(0, 3) } };
    expect(check(full).map(({ code, severity }) => `${severity} ${code}`)).toContain('warning CAPACITY_TOO_SMALL');
  });
});
