import type { Opening } from '../../rolls/MaintenancePlan.ts';
import { type Duration, formatDuration } from '../../units.ts';
import { runOpenings } from '../runOpenings.ts';
import type { Finding, Scenario } from '../Scenario.ts';
import type { Check } from './Check.ts';
import { leastAway } from './leastAway.ts';

/**
 * Maintenance windows that cannot do what they are for: none opens before the horizon, not all nodes can start in those that do, or even the
 * shortest reset outlasts one.
 *
 * Assumes that every reset is as short as it can be, that drains take no time, and that all places are taken all the time.
 */
export const maintenanceTooShort: Check = ({ scenario }) => {
  const openings = runOpenings(scenario);
  if (!openings) return [];
  if (openings.length === 0) return [NEVER_OPENS];
  const least = shortestAway(scenario);
  return [...notEnough(openings, least, scenario), ...outlasted(openings, least)];
};

const NEVER_OPENS: Finding = {
  code: 'MAINTENANCE_NEVER_OPENS',
  severity: 'error',
  object: 'Cluster',
  message: 'no maintenance window opens before the horizon, so no node is ever reset',
  hint: 'give the run a later horizon, or correct days, start and exclusions of roll.maintenance',
};

/** The nodes that are rolled and that nobody deletes. */
function rolledNodes({ roll, cluster, disturbances }: Scenario) {
  const deleted = new Set(disturbances.flatMap((each) => (each.kind === 'deleteNode' ? [each.node] : [])));
  const rolled = new Set(roll.nodes.filter((name) => !deleted.has(name)));
  return cluster.nodes.filter(({ name }) => rolled.has(name));
}

/** Of all nodes the least time from the start of one to its end. */
function shortestAway(scenario: Scenario): Duration {
  return Math.min(...rolledNodes(scenario).map((node) => leastAway(node, scenario))) as Duration;
}

function notEnough(openings: readonly Opening[], least: Duration, scenario: Scenario): Finding[] {
  const { maintenance, maxUnavailable } = scenario.roll;
  const nodes = rolledNodes(scenario).length;
  const starts = openings.reduce((sum, opening) => sum + maxUnavailable * Math.ceil(lengthOf(opening) / least), 0);
  if (maintenance?.onClose === 'runOn' || least === 0 || starts >= nodes) return [];
  const windows = openings.length === 1 ? 'the only maintenance window' : `the ${openings.length} maintenance windows`;
  return [
    {
      code: 'MAINTENANCE_NOT_ENOUGH',
      severity: 'error',
      object: 'Cluster',
      message: `at most ${starts} of ${nodes} nodes can start in ${windows} before the horizon, for each takes at least ${formatDuration(least)}`,
      hint: 'give the run a later horizon, longer windows (roll.maintenance), or raise maxUnavailable',
    },
  ];
}

function outlasted(openings: readonly Opening[], least: Duration): Finding[] {
  const shortest = Math.min(...openings.map(lengthOf)) as Duration;
  if (least <= shortest) return [];
  return [
    {
      code: 'MAINTENANCE_OUTLASTED',
      severity: 'warning',
      object: 'Cluster',
      message: `a maintenance window is open for ${formatDuration(shortest)}, and every node takes at least ${formatDuration(least)}: it is away after the close`,
      hint: 'make the windows of roll.maintenance longer than one reset',
    },
  ];
}

function lengthOf({ opensAt, closesAt }: Opening): Duration {
  return (closesAt - opensAt) as Duration;
}
