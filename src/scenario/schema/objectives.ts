import { z } from 'zod';
import { closed, refuse } from './closed.ts';
import { duration } from './duration.ts';
import { workloadMatch } from './match.ts';

const count = z.number().min(0);

/** The goals of a workload: for how long at a time it may be in that state. */
const workloadGoals = {
  maxOutage: duration.meta({ description: 'Longest single time without any ready replica, for each workload' }),
  maxDegraded: duration.meta({ description: 'Longest single time with fewer ready replicas than desired, for each workload' }),
  maxBelowFloor: duration.meta({
    description: 'Longest single time with fewer ready pods than the disruption budget (or spec.quorums) wants, for each workload',
  }),
};

/** Every goal that an objective can name, by its name. */
const goals = {
  ...workloadGoals,
  maxDuration: duration,
  endBefore: z.string().meta({ description: 'A time with its zone, such as 2026-11-24T05:00:00[Europe/Berlin]' }),
  maxPendingPodSeconds: count,
  maxPeakPending: count,
  maxNeverScheduled: count,
  maxForcedKills: count,
  maxUnservedRequests: count,
  minHeadroom: z.record(z.string(), z.string().regex(/^\d+(\.\d+)?%$/, 'expected a percentage such as 10%')),
};

const goalNames = Object.keys(goals);

/** One entry of `spec.objectives`: exactly one goal, for `workloads` (`all` or a match) where it is about workloads. */
export const objective = closed({
  name: z.exactOptional(z.string().min(1)),
  probability: z.exactOptional(z.number().gt(0).max(1)),
  workloads: z.exactOptional(z.union([z.literal('all'), workloadMatch])),
  maxOutage: z.exactOptional(goals.maxOutage),
  maxDegraded: z.exactOptional(goals.maxDegraded),
  maxBelowFloor: z.exactOptional(goals.maxBelowFloor),
  maxDuration: z.exactOptional(goals.maxDuration),
  endBefore: z.exactOptional(goals.endBefore),
  maxPendingPodSeconds: z.exactOptional(goals.maxPendingPodSeconds),
  maxPeakPending: z.exactOptional(goals.maxPeakPending),
  maxNeverScheduled: z.exactOptional(goals.maxNeverScheduled),
  maxForcedKills: z.exactOptional(goals.maxForcedKills),
  maxUnservedRequests: z.exactOptional(goals.maxUnservedRequests),
  minHeadroom: z.exactOptional(goals.minHeadroom),
}).superRefine((given, context) => {
  const named = Object.keys(given).filter((key) => goalNames.includes(key));
  if (named.length !== 1) refuse(context, 'not exactly one goal', `give exactly one of ${goalNames.join(', ')}`);
  const isAboutWorkloads = named.some((name) => name in workloadGoals);
  if (given.workloads !== undefined && !isAboutWorkloads)
    refuse(context, 'this goal is about the roll, not about workloads', 'leave workloads out', ['workloads']);
});

/** One entry of `spec.objectives` as checked. */
export type GivenObjective = z.output<typeof objective>;
