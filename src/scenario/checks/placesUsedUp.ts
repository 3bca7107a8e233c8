import { PlaceHolders } from '../../rolls/PlaceHolders.ts';
import type { Check } from './Check.ts';

/** Nodes that use up places of `maxUnavailable` before the roll begins: it starts as many fewer at once, or none at all. */
export const placesUsedUp: Check = ({ scenario: { roll, cluster, disturbances } }) => {
  const holders = new PlaceHolders(roll, cluster.nodes);
  const held = holders.among(cluster.nodes);
  if (held.length === 0) return [];
  const free = Math.max(0, roll.maxUnavailable - held.length);
  return [
    {
      code: 'PLACES_USED_UP',
      severity: free > 0 || disturbances.length > 0 ? 'warning' : 'error',
      object: `Roll/${roll.preset}`,
      message: `${holders.describe(held)}, which leaves ${free} of maxUnavailable ${roll.maxUnavailable} for the roll`,
      hint: `bring them back or take them out of the pool first, or give maxUnavailable above ${held.length}`,
    },
  ];
};
