import { describe, expect, it } from 'vitest';
import { readScenario } from '../support/scenarioText.ts';

const autoscale = 'autoscale: {min: 2, max: 10, utilization: 60}';
const cluster = (...objects: readonly string[]) => `
    nodePools: [{name: workers, nodes: 3, allocatable: {cpu: 4, memory: 16Gi}}]
    workloads: [{name: shop, replicas: 2, requests: {cpu: 500m}, ${autoscale}}]
    objects: [${objects.join(', ')}]`;
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
    const { warnings, notModelled } = readScenario({ cluster: cluster(lost, byMemory), demand });
    expect(warnings).toMatchObject([{ code: 'AUTOSCALER_WITHOUT_TARGET', object: 'HorizontalPodAutoscaler/default/lost' }]);
    expect(notModelled).toMatchObject([
      { what: 'HorizontalPodAutoscaler without demand for its workload: replica counts stay as they are (1)' },
      { what: 'HorizontalPodAutoscaler metrics other than CPU: Pods, Resource memory (1)' },
    ]);
  });
});
