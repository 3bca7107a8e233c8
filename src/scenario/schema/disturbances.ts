import { z } from 'zod';
import { closed, refuse } from './closed.ts';
import { duration } from './duration.ts';

const KINDS = ['deleteNode', 'stopNode', 'cordonNode', 'uncordonNode', 'deletePod', 'scale'] as const;

/**
 * One entry of `spec.disturbances`: something that happens from outside, `at` this long after the start. Exactly one of `deleteNode`, `stopNode`
 * (its machine fails, and is back after `for` if that is given), `cordonNode`, `uncordonNode` (each with a node), `deletePod` (`namespace/name`)
 * and `scale` (a workload as `Kind/namespace/name`, or its name alone) with `replicas`.
 */
export const disturbance = closed({
  at: duration,
  deleteNode: z.exactOptional(z.string()),
  stopNode: z.exactOptional(z.string()).meta({ description: 'The machine of this node fails' }),
  for: z.exactOptional(duration).meta({ description: 'How long a stopped machine is away; for ever unless given' }),
  cordonNode: z.exactOptional(z.string()),
  uncordonNode: z.exactOptional(z.string()),
  deletePod: z.exactOptional(z.string().regex(/^[^/]+\/[^/]+$/, 'expected namespace/name')),
  scale: z.exactOptional(z.string()),
  replicas: z.exactOptional(z.int().min(0)),
}).superRefine((given, context) => {
  const kinds = KINDS.filter((kind) => given[kind] !== undefined);
  if (kinds.length !== 1) refuse(context, 'not exactly one thing happens', `give exactly one of ${KINDS.join(', ')}`);
  if ((given.scale === undefined) !== (given.replicas === undefined))
    refuse(context, 'scale and replicas belong together', 'give both or none');
  if (given.for !== undefined && given.stopNode === undefined)
    refuse(context, 'only a stopNode lasts for a while', 'leave it out', ['for']);
});

/** One entry of `spec.disturbances` as checked. */
export type GivenDisturbance = z.output<typeof disturbance>;
