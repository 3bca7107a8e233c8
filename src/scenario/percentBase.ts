import type { NodeDescription } from '../cluster/Node.ts';
import type { MaxUnavailableRule } from '../rolls/Preset.ts';

/**
 * How many nodes a percentage of `rule` is taken of. A system that rolls whole pools counts also those nodes that the scenario leaves out; a node
 * whose pool is not known counts alone.
 */
export function percentBase(
  { percentOf }: MaxUnavailableRule,
  selected: readonly NodeDescription[],
  all: readonly NodeDescription[],
): number {
  if (percentOf === 'selected') return selected.length;
  if (percentOf === 'cluster') return all.length;
  const pools = new Set(selected.map(({ pool }) => pool));
  const inPools = all.filter(({ pool }) => pool !== undefined && pools.has(pool));
  return inPools.length + selected.filter(({ pool }) => pool === undefined).length;
}
