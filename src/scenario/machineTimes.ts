import type { RollPlan } from '../rolls/RollPlan.ts';
import { formatDuration, minutes } from '../units.ts';
import type { Reading } from './Reading.ts';
import type { Timing } from './Scenario.ts';

/** How long the deletion of a machine takes where nothing is said. */
const DEFAULT_DELETION = minutes(1);

/**
 * Completes the times of machines for a roll that makes new ones, and notes what was not given: a new machine takes as long as a reset, and its
 * deletion a minute.
 */
export function machineTimes(reading: Reading, timing: Timing, { surge }: RollPlan): Timing {
  if (!surge) return timing;
  const { nodes } = timing;
  if (nodes.some(({ boot }) => boot === undefined)) reading.input('timing.nodes[].boot', 'default', 'as long as a reset');
  if (nodes.some(({ deletion }) => deletion === undefined))
    reading.input('timing.nodes[].deletion', 'default', formatDuration(DEFAULT_DELETION));
  const deletion = { kind: 'constant', value: DEFAULT_DELETION } as const;
  return { ...timing, nodes: nodes.map((entry) => ({ deletion, ...entry })) };
}
