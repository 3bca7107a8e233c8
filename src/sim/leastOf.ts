import { type Duration, ZERO } from '../units.ts';
import type { Distribution } from './Distribution.ts';

/** The shortest time that `distribution` can give when it happens at all; no draw is below it. ZERO where there is no bound. */
export function leastOf(distribution: Distribution): Duration {
  switch (distribution.kind) {
    case 'constant':
      return distribution.value;
    case 'uniform':
    case 'triangular':
      return distribution.min;
    case 'empirical':
      return Math.min(...distribution.values) as Duration;
    case 'mixture':
      return Math.min(...distribution.parts.filter(({ weight }) => weight > 0).map(({ of }) => leastOf(of))) as Duration;
    default:
      return ZERO;
  }
}
