import { describe, expect, it } from 'vitest';
import { DEFAULT_SCALING } from '../../../src/cluster/HorizontalPodAutoscaler.ts';
import { readObjects } from '../../../src/scenario/kubernetes/readObjects.ts';
import { parseText } from '../../../src/scenario/parseText.ts';

function read(apiVersion: string, spec: string) {
  const text = `{apiVersion: ${apiVersion}, kind: HorizontalPodAutoscaler, metadata: {name: web, namespace: shop}, spec: ${spec}}`;
  const { objects, faults } = readObjects(parseText(text, 'hpa.yaml').documents, { start: 0, kubernetesVersion: '1.34' });
  return { autoscaler: objects.autoscalers[0], faults };
}

const target = 'scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}';

describe('reading a HorizontalPodAutoscaler', () => {
  it('fills in what the API server does', () => {
    expect(read('autoscaling/v2', `{${target}, maxReplicas: 5}`).autoscaler).toEqual({
      namespace: 'shop',
      name: 'web',
      target: { kind: 'Deployment', name: 'web' },
      minReplicas: 1,
      maxReplicas: 5,
      cpu: { kind: 'utilization', percent: 80 },
      otherMetrics: [],
      behavior: undefined,
    });
  });

  it('takes the percentage of version 1', () => {
    const { autoscaler } = read('autoscaling/v1', `{${target}, minReplicas: 3, maxReplicas: 5, targetCPUUtilizationPercentage: 45}`);
    expect(autoscaler).toMatchObject({ minReplicas: 3, cpu: { kind: 'utilization', percent: 45 } });
  });

  it('takes an average value of one container, and names the other metrics', () => {
    const { autoscaler } = read(
      'autoscaling/v2',
      `{${target}, maxReplicas: 5, metrics: [
        {type: Resource, resource: {name: memory, target: {type: Utilization, averageUtilization: 70}}},
        {type: ContainerResource, containerResource: {name: cpu, container: app, target: {type: AverageValue, averageValue: 250m}}},
        {type: External, external: {metric: {name: queue}, target: {type: Value, value: 30}}}]}`,
    );
    expect(autoscaler).toMatchObject({
      cpu: { kind: 'averageValue', milliCpu: 250, container: 'app' },
      otherMetrics: ['Resource memory', 'External'],
    });
  });

  it('takes the first of several metrics of CPU, and names the second', () => {
    const metric = (percent: number) =>
      `{type: Resource, resource: {name: cpu, target: {type: Utilization, averageUtilization: ${percent}}}}`;
    const { autoscaler } = read('autoscaling/v2', `{${target}, maxReplicas: 5, metrics: [${metric(50)}, ${metric(70)}]}`);
    expect(autoscaler).toMatchObject({ cpu: { kind: 'utilization', percent: 50 }, otherMetrics: ['a second of CPU'] });
  });

  it('keeps the defaults for what a behavior leaves out', () => {
    const { autoscaler } = read(
      'autoscaling/v2',
      `{${target}, maxReplicas: 5, behavior: {scaleUp: {tolerance: "0.05"}, scaleDown: {stabilizationWindowSeconds: 60,
        selectPolicy: Min, policies: [{type: Pods, value: 1, periodSeconds: 30}]}}}`,
    );
    expect(autoscaler?.behavior?.scaleUp).toEqual({ ...DEFAULT_SCALING.scaleUp, tolerance: 0.05 });
    expect(autoscaler?.behavior?.scaleDown).toEqual({
      stabilizationWindowSeconds: 60,
      selectPolicy: 'Min',
      policies: [{ type: 'Pods', value: 1, periodSeconds: 30 }],
      tolerance: undefined,
    });
  });

  it('refuses bounds that leave no number of replicas', () => {
    expect(read('autoscaling/v2', `{${target}, minReplicas: 5, maxReplicas: 2}`).faults).toMatchObject([{ path: 'spec.maxReplicas' }]);
    expect(read('autoscaling/v2', `{${target}, maxReplicas: 0}`).faults).toMatchObject([{ path: 'spec.maxReplicas' }]);
  });

  it('refuses one without a target', () => {
    expect(read('autoscaling/v2', '{maxReplicas: 5}').faults).toMatchObject([{ path: 'spec.scaleTargetRef' }]);
  });
});
