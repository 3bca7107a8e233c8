import { z } from 'zod';
import type { Taint, Toleration } from '../../cluster/Taint.ts';
import { epochOf } from './metadata.ts';

const effect = z.enum(['NoSchedule', 'PreferNoSchedule', 'NoExecute']);

/** One entry of a node's `spec.taints`. Equal taints of several nodes can share a list, unless it matters when they were added. */
export const taint = z
  .object({ key: z.string().min(1), value: z.string().nullish(), effect, timeAdded: z.string().nullish() })
  .transform((given): Taint => {
    const addedEpoch = given.effect === 'NoExecute' ? epochOf(given.timeAdded) : undefined;
    const read = { key: given.key, value: given.value ?? '', effect: given.effect };
    return addedEpoch === undefined ? read : { ...read, addedEpoch };
  });

/** One entry of a pod's `spec.tolerations`; the operator is Equal when it is absent, an empty effect means every effect. */
export const toleration = z
  .object({
    key: z.string().nullish(),
    operator: z.enum(['Equal', 'Exists', 'Gt', 'Lt', '']).nullish(),
    value: z.string().nullish(),
    effect: z.union([effect, z.literal('')]).nullish(),
    tolerationSeconds: z.number().int().nullish(),
  })
  .superRefine(({ key, operator }, context) => {
    if (!key && operator !== 'Exists') context.addIssue({ code: 'custom', message: 'a toleration without key needs operator Exists' });
  })
  .transform(
    (given): Toleration => ({
      key: given.key ?? '',
      operator: given.operator || 'Equal',
      value: given.value ?? '',
      ...(given.effect ? { effect: given.effect } : {}),
      ...(typeof given.tolerationSeconds === 'number' ? { tolerationSeconds: given.tolerationSeconds } : {}),
    }),
  );
