/**
 * Generators for property tests of a cluster with fast-check: what may be different from one roll to the next. A property that fails is
 * shrunk to the fewest and smallest differences, and printed as the command that shows them.
 */
export { type AnyDisturbance, anyDisturbances, type DisturbanceLimits } from './anyDisturbances.ts';
export { type AnyWorkload, anyWorkloads, type WorkloadLimits } from './anyWorkloads.ts';
export { type Settings, type Variation, variationsOf } from './variationsOf.ts';
