import { type Opening, openingAt } from '../rolls/MaintenancePlan.ts';
import { after, between, type Duration, NEVER, START } from '../units.ts';
import { openingsOf } from './openingsOf.ts';
import type { Scenario } from './Scenario.ts';

type Subject = Pick<Scenario, 'roll' | 'start' | 'horizon'>;

/** The maintenance windows of the roll that begin before the horizon; undefined: nodes may start at any time. */
export function runOpenings({ roll: { maintenance }, start, horizon }: Subject): Opening[] | undefined {
  return maintenance && openingsOf(maintenance, start, after(START, horizon));
}

/** How long the roll waits for its first window: not at all inside of one, NEVER where none opens before the horizon; undefined: it has none. */
export function waitForOpening(scenario: Subject): Duration | undefined {
  const openings = runOpenings(scenario);
  if (!openings) return undefined;
  const first = openingAt(openings, START);
  return first ? between(START, first.opensAt) : NEVER;
}
