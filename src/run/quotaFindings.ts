import type { Finding } from '../scenario/Scenario.ts';
import { counted } from './counted.ts';
import type { Remains } from './Remains.ts';

/** A roll that does not get on because it may make no node beyond its quota, and may let none go before. */
export function quotaFindings({ ending, facts: { resets }, scenario: { roll } }: Remains): Finding[] {
  const quota = roll.surge?.quota;
  if (quota === undefined || ending !== 'stuck') return [];
  const there = resets.filter(({ outcome }) => outcome !== 'replaced' && outcome !== 'deleted').length;
  if (there < quota || !resets.some(({ outcome }) => outcome === 'notStarted')) return [];
  return [
    {
      code: 'NO_QUOTA_FOR_SURGE',
      severity: 'error',
      object: `Roll/${roll.preset}`,
      message: `no surge node can be made: there are ${counted(there, 'node')}, as many as the quota of ${quota} allows, and with maxUnavailable ${roll.maxUnavailable} no other may go first`,
      hint: 'raise the quota (roll.quota), or let nodes go before new ones come (roll.maxUnavailable)',
    },
  ];
}
