import { z } from 'zod';
import { closed, refuse } from './closed.ts';
import { duration } from './duration.ts';

/**
 * One entry of `spec.disturbances`: something that happens from outside, `at` this long after the start. Exactly one of `deleteNode`
 * (a node), `deletePod` (`namespace/name`) and `scale` (a workload as `Kind/namespace/name`, or its name alone) with `replicas`.
 */
export const disturbance = closed({
  at: duration,
  deleteNode: z.exactOptional(z.string()),
  deletePod: z.exactOptional(z.string().regex(/^[^/]+\/[^/]+$/, 'expected namespace/name')),
  scale: z.exactOptional(z.string()),
  replicas: z.exactOptional(z.int().min(0)),
}).superRefine((given, context) => {
  const kinds = [given.deleteNode, given.deletePod, given.scale].filter((kind) => kind !== undefined);
  if (kinds.length !== 1) refuse(context, 'not exactly one thing happens', 'give exactly one of deleteNode, deletePod, scale');
  if ((given.scale === undefined) !== (given.replicas === undefined))
    refuse(context, 'scale and replicas belong together', 'give both or none');
});

/** One entry of `spec.disturbances` as checked. */
export type GivenDisturbance = z.output<typeof disturbance>;
