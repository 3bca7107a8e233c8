import type { ZoneCount } from './ZoneCounts.ts';

/** `normal`: a node every 10 s; `slow`: one every 100 s; `stopped`: none. */
export type TaintingRate = 'normal' | 'slow' | 'stopped';

/**
 * How fast nodes of each zone may get NoExecute taints, by how many of the zone are not Ready.
 *
 * A zone with more than two nodes and at least 55 % down is slow, or stopped when it has at most 50 nodes; when no zone has a Ready node
 * everything is stopped.
 * @see kubernetes/kubernetes pkg/controller/nodelifecycle/node_lifecycle_controller.go (ComputeZoneState, handleDisruption)
 */
export function taintingRates(zones: ReadonlyMap<string, ZoneCount>): ReadonlyMap<string, TaintingRate> {
  const isAllDown = [...zones.values()].every(({ total, down }) => down === total);
  return new Map([...zones].map(([name, { total, down }]) => [name, isAllDown ? 'stopped' : rateOf(total, down)]));
}

function rateOf(total: number, down: number): TaintingRate {
  if (down === total || down <= 2 || down / total < 0.55) return 'normal';
  return total > 50 ? 'slow' : 'stopped';
}
