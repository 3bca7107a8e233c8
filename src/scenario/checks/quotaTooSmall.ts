import type { Check } from './Check.ts';

/** A roll that has to make a node before the first one may go, and whose quota lets it make none. */
export const quotaTooSmall: Check = ({ scenario: { roll, disturbances } }) => {
  const { surge, nodes, maxUnavailable } = roll;
  if (surge?.quota === undefined || surge.quota > nodes.length || maxUnavailable > 0) return [];
  return [
    {
      code: 'QUOTA_TOO_SMALL',
      severity: disturbances.length === 0 ? 'error' : 'warning',
      object: `Roll/${roll.preset}`,
      message: `new nodes come first, and a quota of ${surge.quota} leaves no room for one beside the ${nodes.length} that there are`,
      hint: 'raise the quota (roll.quota), or let nodes go before new ones come (roll.maxUnavailable)',
    },
  ];
};
