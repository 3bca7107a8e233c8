import type { MaintenancePlan, Opening } from '../rolls/MaintenancePlan.ts';
import type { NodeReset } from '../rolls/NodeReset.ts';
import type { RollFacts } from '../rolls/RollFacts.ts';
import { nextOpening } from '../scenario/openingsOf.ts';
import type { Scenario } from '../scenario/Scenario.ts';
import { type Duration, type Instant, ZERO } from '../units.ts';
import { rollEnd } from './rollEnd.ts';

/** How a roll made use of its maintenance windows. */
export interface MaintenanceOutcome {
  readonly plan: MaintenancePlan;
  /** The windows that opened before the roll was over, and how many nodes started from each of them on. */
  readonly openings: readonly (Opening & { readonly started: number })[];
  /** The window for which nodes still wait when the run ends, beyond its horizon; undefined: none do, or no window opens within a year. */
  readonly next: Opening | undefined;
  /** Time between the start of the first node and the end of the roll in which no window was open and no node under way. */
  readonly suspended: Duration;
}

/** Sums up the windows of a roll; undefined for one without any. */
export function maintenanceOutcome(
  { roll: { maintenance: plan }, start, horizon }: Scenario,
  { resets, isWindowClosed }: RollFacts,
  openings: readonly Opening[] = [],
): MaintenanceOutcome | undefined {
  if (!plan) return undefined;
  const end = rollEnd(resets);
  const opened = openings.filter(({ opensAt }) => opensAt <= end);
  const turns = resets.flatMap((reset) => turnOf(reset) ?? []);
  const next = isWindowClosed ? nextOpening(plan, start, horizon) : undefined;
  const suspended = plan.onClose === 'runOn' ? ZERO : suspendedTime(opened, resets);
  return { plan, openings: opened.map((opening, index) => ({ ...opening, started: startedIn(opened, index, turns) })), next, suspended };
}

/** When the turn of a node came; undefined for one that was left out. */
function turnOf({ outcome, startedAt, cordonedAt }: NodeReset): Instant | undefined {
  return outcome === 'notStarted' ? undefined : (startedAt ?? cordonedAt);
}

function startedIn(opened: readonly Opening[], index: number, turns: readonly Instant[]): number {
  const [from, to] = [opened[index]?.opensAt ?? 0, opened[index + 1]?.opensAt ?? Number.POSITIVE_INFINITY];
  return turns.filter((turn) => turn >= from && turn < to).length;
}

/** The gaps between windows, each from the end of the last node that had started before it. */
function suspendedTime(opened: readonly Opening[], resets: readonly NodeReset[]): Duration {
  let sum = 0;
  for (const [index, { opensAt }] of opened.entries()) {
    const before = opened[index - 1];
    const ends = resets.filter((reset) => (turnOf(reset) ?? opensAt) < opensAt).map(({ endedAt }) => endedAt);
    if (before && ends.length > 0) sum += Math.max(0, opensAt - Math.max(before.closesAt, ...ends));
  }
  return sum as Duration;
}
