import { z } from 'zod';
import { closed } from './closed.ts';
import { distribution } from './distribution.ts';
import { workloadMatch } from './match.ts';

/** One entry of `spec.quorums`: how many members of each workload that matches have to be Ready and in sync at once. */
export const quorum = closed({
  match: workloadMatch,
  quorum: z
    .int()
    .min(1)
    .meta({ description: 'With fewer replicas Ready and in sync the workload is below its floor, whatever its disruption budgets want' }),
  sync: z
    .exactOptional(distribution)
    .meta({ description: 'From Ready until a replica is in sync with the others, 0s unless given; those Ready at the start are in sync' }),
});

/** One entry of `spec.quorums` as checked. */
export type GivenQuorum = z.output<typeof quorum>;
