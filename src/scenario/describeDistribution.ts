import type { Distribution } from '../sim/Distribution.ts';
import { formatCount, formatDuration } from '../units.ts';

/** A distribution in words for the list of inputs: `8m`, `triangular 5m to 15m, mostly 8m`, `empirical, 40 values`. */
export function describeDistribution(distribution: Distribution): string {
  const never = distribution.never === undefined ? '' : `, never with probability ${distribution.never}`;
  return `${describeShape(distribution)}${never}`;
}

function describeShape(distribution: Distribution): string {
  switch (distribution.kind) {
    case 'constant':
      return formatDuration(distribution.value);
    case 'uniform':
      return `uniform ${formatDuration(distribution.min)} to ${formatDuration(distribution.max)}`;
    case 'triangular': {
      const [min, mode, max] = [distribution.min, distribution.mode, distribution.max].map(formatDuration);
      return `triangular ${min} to ${max}, mostly ${mode}`;
    }
    case 'exponential':
      return `exponential, mean ${formatDuration(distribution.mean)}`;
    case 'logNormal':
      return `logNormal, median ${formatDuration(distribution.median)}, p95 ${formatDuration(distribution.p95)}`;
    case 'gamma':
      return `gamma, shape ${distribution.shape}, mean ${formatDuration(distribution.mean)}`;
    case 'weibull':
      return `weibull, shape ${distribution.shape}, scale ${formatDuration(distribution.scale)}`;
    case 'empirical':
      return `empirical, ${formatCount(distribution.values.length)} values`;
    case 'mixture':
      return `mixture of ${distribution.parts.map(({ of }) => describeDistribution(of)).join('; ')}`;
  }
}
