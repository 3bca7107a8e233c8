import { z } from 'zod';
import {
  type CpuTarget,
  DEFAULT_SCALING,
  type HorizontalPodAutoscaler,
  type ScalingBehavior,
  type ScalingRules,
} from '../../cluster/HorizontalPodAutoscaler.ts';
import { parseMilliCpu, parseQuantity } from '../../units.ts';
import { metadata } from './metadata.ts';
import type { ReadContext } from './ReadContext.ts';
import { type ReadResult, readWith } from './readWith.ts';

const count = z.number().int().nonnegative();
const amount = z.union([z.string(), z.number()]);

const target = z.object({ averageUtilization: count.nullish(), averageValue: amount.nullish() });

const resourceMetric = z.object({ name: z.string(), target });

const metric = z.object({
  type: z.string(),
  resource: resourceMetric.nullish(),
  containerResource: resourceMetric.extend({ container: z.string() }).nullish(),
});

const rules = z.object({
  stabilizationWindowSeconds: count.nullish(),
  selectPolicy: z.enum(['Max', 'Min', 'Disabled']).nullish(),
  policies: z.array(z.object({ type: z.enum(['Pods', 'Percent']), value: count, periodSeconds: count })).nullish(),
  tolerance: amount.nullish(),
});

const behavior = z.object({ scaleUp: rules.nullish(), scaleDown: rules.nullish() });

const schema = z.object({
  metadata,
  spec: z
    .object({
      scaleTargetRef: z.object({ kind: z.string(), name: z.string() }),
      minReplicas: count.nullish(),
      maxReplicas: count,
      metrics: z.array(metric).nullish(),
      targetCPUUtilizationPercentage: count.min(1).nullish(),
      behavior: behavior.nullish(),
    })
    .refine(({ minReplicas, maxReplicas }) => (minReplicas ?? 1) <= maxReplicas, {
      path: ['maxReplicas'],
      message: 'must not be less than minReplicas',
    }),
});

/** What an autoscaler without metrics keeps the CPU use at. */
const DEFAULT_PERCENT = 80;

/**
 * Reads a HorizontalPodAutoscaler of autoscaling/v2 or v1 (whose annotations with further metrics are left out). Of several CPU metrics
 * the first counts.
 * @see kubernetes/kubernetes pkg/apis/autoscaling/v2/defaults.go
 */
export function readHorizontalPodAutoscaler(value: unknown, _context: ReadContext): ReadResult<HorizontalPodAutoscaler> {
  return readWith(schema, value, ({ metadata: { namespace, name }, spec }) => {
    const metrics = (spec.metrics ?? []).map((given) => ({ label: labelOf(given), cpu: cpuTarget(given) }));
    const used = metrics.find(({ cpu }) => cpu !== undefined);
    const byDefault: CpuTarget = { kind: 'utilization', percent: spec.targetCPUUtilizationPercentage ?? DEFAULT_PERCENT };
    return {
      namespace,
      name,
      target: { kind: spec.scaleTargetRef.kind, name: spec.scaleTargetRef.name },
      minReplicas: spec.minReplicas ?? 1,
      maxReplicas: spec.maxReplicas,
      cpu: metrics.length === 0 ? byDefault : used?.cpu,
      otherMetrics: metrics.filter((each) => each !== used).map(({ label, cpu }) => (cpu === undefined ? label : 'a second of CPU')),
      behavior: spec.behavior ? behaviorOf(spec.behavior) : undefined,
    };
  });
}

type GivenMetric = z.output<typeof metric>;

function cpuTarget({ resource, containerResource }: GivenMetric): CpuTarget | undefined {
  const { name, target: wanted } = resource ?? containerResource ?? { name: '', target: {} };
  if (name !== 'cpu') return undefined;
  const scope = !resource && containerResource ? { container: containerResource.container } : {};
  if (wanted.averageUtilization) return { ...scope, kind: 'utilization', percent: wanted.averageUtilization };
  const milliCpu = parseMilliCpu(String(wanted.averageValue ?? ''));
  return milliCpu ? { ...scope, kind: 'averageValue', milliCpu } : undefined;
}

function labelOf({ type, resource, containerResource }: GivenMetric): string {
  const name = resource?.name ?? containerResource?.name;
  return name === undefined ? type : `${type} ${name}`;
}

function behaviorOf({ scaleUp, scaleDown }: z.output<typeof behavior>): ScalingBehavior {
  return { scaleUp: withDefaults(scaleUp, DEFAULT_SCALING.scaleUp), scaleDown: withDefaults(scaleDown, DEFAULT_SCALING.scaleDown) };
}

function withDefaults(given: z.output<typeof rules> | null | undefined, byDefault: ScalingRules): ScalingRules {
  const thousandths = parseQuantity(String(given?.tolerance ?? ''), 1000);
  return {
    stabilizationWindowSeconds: given?.stabilizationWindowSeconds ?? byDefault.stabilizationWindowSeconds,
    selectPolicy: given?.selectPolicy ?? byDefault.selectPolicy,
    policies: given?.policies ?? byDefault.policies,
    tolerance: thousandths === undefined ? undefined : thousandths / 1000,
  };
}
