import { z } from 'zod';
import { closed } from './closed.ts';
import { workloadMatch } from './match.ts';

const rate = z.number().min(0);

/**
 * One entry of `spec.demand`: requests per second by hour. `values` has 168 of them (index 0 is Monday 00:00 in the zone of `start`),
 * or 24 that repeat every day; `file` is CSV with the header `hourOfWeek,requestsPerSecond` and 168 rows.
 */
export const demand = closed({
  match: z.exactOptional(workloadMatch),
  curve: closed({ file: z.exactOptional(z.string()), values: z.exactOptional(z.array(rate)) })
    .refine(({ file, values }) => (file === undefined) !== (values === undefined), 'give exactly one of file, values')
    .refine(({ values }) => values === undefined || [24, 168].includes(values.length), 'values must be 24 or 168 numbers'),
  perReplica: z
    .number()
    .positive()
    .meta({ description: 'Requests per second that one Ready replica serves, using all of its CPU request: autoscalers go by that' }),
});

/** One entry of `spec.demand` as checked. */
export type GivenDemand = z.output<typeof demand>;
