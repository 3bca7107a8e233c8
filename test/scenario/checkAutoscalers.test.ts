import { describe, expect, it } from 'vitest';
import { readScenario } from '../support/scenarioText.ts';

const shop = 'requests: {cpu: 500m}, autoscale: {min: 2, max: 10, utilization: 60}';
const clusterOf = (fields: string, objects: readonly string[] = []) => `
    nodePools: [{name: workers, nodes: 3, allocatable: {cpu: 4, memory: 16Gi}}]
    workloads: [{name: shop, replicas: 2, ${fields}}]
    objects: [${objects.join(', ')}]`;
const cluster = (...objects: readonly string[]) => clusterOf(shop, objects);
const demand = '[{match: {name: shop}, curve: {values: [1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1]}, perReplica: 1}]';
const autoscaler = (name: string, spec: string) =>
  `{apiVersion: autoscaling/v2, kind: HorizontalPodAutoscaler, metadata: {name: ${name}}, spec: ${spec}}`;

describe('autoscalers of a scenario', () => {
  it('come from the short form of a workload', () => {
    expect(readScenario({ cluster: cluster() }).cluster.autoscalers).toMatchObject([
      { name: 'shop', target: { kind: 'Deployment', name: 'shop' }, minReplicas: 2, maxReplicas: 10, cpu: { percent: 60 } },
    ]);
  });

  it('are not modelled without demand', () => {
    expect(readScenario({ cluster: cluster() }).notModelled).toEqual([
      { what: 'HorizontalPodAutoscaler without demand for its workload: replica counts stay as they are (1)', direction: 'pessimistic' },
    ]);
    expect(readScenario({ cluster: cluster(), demand }).notModelled).toEqual([]);
  });

  it('are warned of when their workload is not there, and named when they go by other metrics', () => {
    const lost = autoscaler('lost', '{scaleTargetRef: {kind: Deployment, name: gone}, maxReplicas: 3}');
    const byMemory = autoscaler(
      'by-memory',
      '{scaleTargetRef: {kind: Deployment, name: shop}, maxReplicas: 3, metrics: [{type: Resource, resource: {name: memory, target: {averageUtilization: 70}}}, {type: Pods}]}',
    );
    const { warnings, notModelled } = readScenario({ cluster: clusterOf('requests: {cpu: 500m}', [lost, byMemory]), demand });
    expect(warnings).toMatchObject([{ code: 'AUTOSCALER_WITHOUT_TARGET', object: 'HorizontalPodAutoscaler/default/lost' }]);
    expect(notModelled).toMatchObject([
      { what: 'HorizontalPodAutoscaler without demand for its workload: replica counts stay as they are (1)' },
      { what: 'HorizontalPodAutoscaler metrics other than CPU: Pods, Resource memory (1)' },
    ]);
  });

  it('are warned of when one workload has several', () => {
    const other = autoscaler('other', '{scaleTargetRef: {kind: Deployment, name: shop}, maxReplicas: 3}');
    const { warnings } = readScenario({ cluster: cluster(other), demand });
    expect(warnings.map(({ code, object }) => `${code} ${object}`)).toEqual([
      'AUTOSCALER_NOT_ALONE HorizontalPodAutoscaler/default/shop',
      'AUTOSCALER_NOT_ALONE HorizontalPodAutoscaler/default/other',
    ]);
  });

  it.each([
    [
      'a target that leaves no room',
      'requests: {cpu: 500m}, autoscale: {min: 2, max: 10, utilization: 91}',
      'lower the target to 90% or less',
    ],
    ['pods without a CPU request', 'requests: {memory: 1Gi}, autoscale: {min: 2, max: 10}', 'give resources.requests.cpu'],
  ])('are warned of when they can never add a replica: %s', (_, fields, hint) => {
    const { warnings } = readScenario({ cluster: clusterOf(fields), demand });
    expect(warnings).toMatchObject([{ code: 'AUTOSCALER_NEVER_ADDS', hint: expect.stringContaining(hint) }]);
    expect(readScenario({ cluster: clusterOf(fields) }).warnings).toEqual([]);
  });

  it.each([
    [600, 0],
    [455, 1],
  ])('with a request of %im and an average value of 500m are warned of %i times', (request, times) => {
    const byValue = autoscaler(
      'shop',
      '{scaleTargetRef: {kind: Deployment, name: shop}, maxReplicas: 3, metrics: [{type: Resource, resource: {name: cpu, target: {averageValue: 500m}}}]}',
    );
    const { warnings } = readScenario({ cluster: clusterOf(`requests: {cpu: ${request}m}`, [byValue]), demand });
    expect(warnings).toHaveLength(times);
  });

  it('may have room by a tolerance of their own from 1.35 on', () => {
    const exact = autoscaler(
      'shop',
      '{scaleTargetRef: {kind: Deployment, name: shop}, maxReplicas: 3, targetCPUUtilizationPercentage: 95, behavior: {scaleUp: {tolerance: 0}}}',
    );
    const warningsIn = (kubernetesVersion: string) =>
      readScenario({ cluster: clusterOf('requests: {cpu: 500m}', [exact]), demand, kubernetesVersion }).warnings;
    expect(warningsIn('"1.34"')).toHaveLength(1);
    expect(warningsIn('"1.35"')).toEqual([]);
  });
});
