import type { Duration } from '../units.ts';

/** How long something takes: a constant or a random duration. Plain data: can be sent to a worker thread. */
export type Distribution = Shape & {
  /** Probability in [0, 1] that it never happens at all; absent means 0. */
  readonly never?: number;
};

type Shape =
  | { readonly kind: 'constant'; readonly value: Duration }
  | { readonly kind: 'uniform'; readonly min: Duration; readonly max: Duration }
  | { readonly kind: 'triangular'; readonly min: Duration; readonly mode: Duration; readonly max: Duration }
  | { readonly kind: 'exponential'; readonly mean: Duration }
  | { readonly kind: 'logNormal'; readonly median: Duration; readonly p95: Duration }
  | { readonly kind: 'gamma'; readonly shape: number; readonly mean: Duration }
  | { readonly kind: 'weibull'; readonly shape: number; readonly scale: Duration }
  | { readonly kind: 'empirical'; readonly values: readonly Duration[] }
  | { readonly kind: 'mixture'; readonly parts: readonly { readonly weight: number; readonly of: Distribution }[] };
