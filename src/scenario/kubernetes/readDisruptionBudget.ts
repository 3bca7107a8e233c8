import { z } from 'zod';
import type { DisruptionBudgetDescription, DisruptionBudgetStatus } from '../../cluster/DisruptionBudget.ts';
import { labelSelector } from './labelSelector.ts';
import { epochOf, metadata } from './metadata.ts';
import type { ReadContext } from './ReadContext.ts';
import { type ReadResult, readWith } from './readWith.ts';
import { intOrPercent } from './readWorkload.ts';

const count = z.number().int();

const status = z.object({
  observedGeneration: count.nullish(),
  expectedPods: count.nullish(),
  desiredHealthy: count.nullish(),
  currentHealthy: count.nullish(),
  disruptionsAllowed: count.nullish(),
  disruptedPods: z.record(z.string(), z.string()).nullish(),
  conditions: z
    .array(z.object({ type: z.string(), status: z.string(), reason: z.string().nullish(), message: z.string().nullish() }))
    .nullish(),
});

const schema = z.object({
  metadata,
  spec: z
    .object({
      selector: labelSelector.nullish(),
      maxUnavailable: intOrPercent.nullish(),
      minAvailable: intOrPercent.nullish(),
      unhealthyPodEvictionPolicy: z.enum(['IfHealthyBudget', 'AlwaysAllow']).nullish(),
    })
    .superRefine(({ maxUnavailable, minAvailable }, context) => {
      const isSet = (value: unknown) => value !== undefined && value !== null;
      if (isSet(maxUnavailable) && isSet(minAvailable))
        context.addIssue({ code: 'custom', message: 'maxUnavailable and minAvailable exclude each other', path: ['maxUnavailable'] });
    }),
  status: status.nullish(),
});

/** A budget whose times, in milliseconds since 1970, wait for the start of a run. */
export type BudgetDraft = Omit<DisruptionBudgetDescription, 'status'> & { readonly status: StatusDraft | undefined };

/** Of each pod that was evicted the time of its eviction, undefined when nothing tells it. */
type StatusDraft = Omit<DisruptionBudgetStatus, 'disruptedPods'> & { readonly disruptedPods: ReadonlyMap<string, number | undefined> };

/** Reads a PodDisruptionBudget of policy/v1. */
export function readDisruptionBudget(value: unknown, _context: ReadContext): ReadResult<BudgetDraft> {
  return readWith(schema, value, ({ metadata: { namespace, name, generation }, spec, status: found }) => ({
    namespace,
    name,
    selector: spec.selector ?? undefined,
    maxUnavailable: spec.maxUnavailable ?? undefined,
    minAvailable: spec.minAvailable ?? undefined,
    unhealthyPodEvictionPolicy: spec.unhealthyPodEvictionPolicy ?? 'IfHealthyBudget',
    generation: generation ?? 1,
    status: found ? readStatus(found) : undefined,
  }));
}

function readStatus(found: z.output<typeof status>): StatusDraft {
  const condition = found.conditions?.find(({ type }) => type === 'DisruptionAllowed');
  const disrupted = Object.entries(found.disruptedPods ?? {});
  return {
    observedGeneration: found.observedGeneration ?? 0,
    expectedPods: found.expectedPods ?? 0,
    desiredHealthy: found.desiredHealthy ?? 0,
    currentHealthy: found.currentHealthy ?? 0,
    disruptionsAllowed: found.disruptionsAllowed ?? 0,
    disruptedPods: new Map(disrupted.map(([name, at]) => [name, epochOf(at)])),
    condition: condition && {
      status: condition.status === 'True' ? 'True' : 'False',
      reason: condition.reason ?? '',
      message: condition.message ?? '',
    },
  };
}
