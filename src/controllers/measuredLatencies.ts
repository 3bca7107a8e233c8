import type { RandomStream } from '../sim/RandomStream.ts';
import { type Duration, milliseconds } from '../units.ts';
import type { Reaction } from './Latency.ts';

/** What was seen of one latency, in milliseconds. */
interface Quantiles {
  readonly min: number;
  readonly median: number;
  readonly p95: number;
  readonly max: number;
}

/** Deletion timestamp of a pod of a Deployment to the creation of its replacement: 1801 times. */
const REPLACEMENT: Quantiles = { min: 0, median: 29, p95: 147, max: 641 };

/**
 * Latencies of Kubernetes 1.34.4 on an idle two-core machine with a client limit of 2000 calls per second. The default limit of 20 slows
 * controllers further when many pods are replaced at once, which is not modelled.
 */
const MEASURED: Readonly<Record<Reaction, Quantiles>> = {
  replicaSet: REPLACEMENT,
  // Deletion timestamp to replacement of a plain ReplicaSet, 8 times: the nearest to one controller that answers one change.
  deployment: { min: 1, median: 11, p95: 16, max: 16 },
  // Object gone to same name created, 200 times; the upper part waited for lower ordinals, which is modelled, so that of replacements stands in.
  statefulSet: { ...REPLACEMENT, median: 11 },
  // Never seen without waiting for the node.
  daemonSet: { ...REPLACEMENT, median: 11 },
  // Pod Ready to budget status, 852 times.
  budgetStatus: { min: 0, median: 7, p95: 166, max: 334 },
  // 466 times.
  cordonTaint: { min: 0, median: 11, p95: 39, max: 236 },
  // 431 times.
  uncordonTaint: { min: 0, median: 11, p95: 40, max: 158 },
};

/** Draws one measured latency of `reaction` with one number of `stream`: linear between what was seen. */
export function measuredLatency(reaction: Reaction, stream: RandomStream): Duration {
  return milliseconds(quantile(MEASURED[reaction], stream.next()));
}

function quantile({ min, median, p95, max }: Quantiles, share: number): number {
  if (share < 0.5) return min + (median - min) * (share / 0.5);
  if (share < 0.95) return median + (p95 - median) * ((share - 0.5) / 0.45);
  return p95 + (max - p95) * ((share - 0.95) / 0.05);
}
