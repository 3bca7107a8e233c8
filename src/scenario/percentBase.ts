import type { NodeDescription } from '../cluster/Node.ts';
import type { MaxUnavailableRule } from '../rolls/Preset.ts';
import type { GivenNodePool } from './schema/cluster.ts';

/** The cluster that a percentage is taken in. */
interface Whole {
  readonly nodes: readonly NodeDescription[];
  /** Those that the scenario models. */
  readonly nodePools: readonly GivenNodePool[];
}

/**
 * How many nodes a percentage of `rule` is taken of. A system that rolls whole pools counts also those nodes that the scenario leaves out; a node
 * whose pool is not known counts alone. A pool that scales itself has no number of replicas, so a percentage of these is one of nothing.
 */
export function percentBase(
  { percentOf }: MaxUnavailableRule,
  selected: readonly NodeDescription[],
  { nodes: all, nodePools }: Whole,
): number {
  if (percentOf === 'selected') return selected.length;
  if (percentOf === 'cluster') return all.length;
  const unset = percentOf === 'replicas' ? nodePools.flatMap(({ name, autoscaled }) => (autoscaled ? [name] : [])) : [];
  const pools = new Set(selected.map(({ pool }) => pool).filter((pool) => pool === undefined || !unset.includes(pool)));
  const inPools = all.filter(({ pool }) => pool !== undefined && pools.has(pool));
  return inPools.length + selected.filter(({ pool }) => pool === undefined).length;
}
