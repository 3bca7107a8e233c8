import { timeout, type Wait } from '../sim/Process.ts';
import { between } from '../units.ts';
import { openingAt } from './MaintenancePlan.ts';
import type { RollContext } from './RollContext.ts';
import type { RollPlan } from './RollPlan.ts';

/** Whether nodes may start now: a maintenance window is open, or the roll has begun in one and runs on. */
export function mayStart({ openings, sim }: RollContext, { maintenance }: Pick<RollPlan, 'maintenance'>): boolean {
  if (!openings) return true;
  if (maintenance?.onClose === 'runOn') return openings.length > 0;
  const opening = openingAt(openings, sim.now);
  return opening !== undefined && opening.opensAt <= sim.now;
}

/** Waits for the next maintenance window, for the first of `others`, or for the closing of the run; no wait if one is open or none follows. */
export function untilOpening({ openings = [], sim, closing }: RollContext, ...others: readonly Wait[]): readonly Wait[] {
  const opening = openingAt(openings, sim.now);
  if (!opening || opening.opensAt <= sim.now) return [];
  return closing.orUntil(timeout(between(sim.now, opening.opensAt)), ...others);
}
